import { keyOf, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { answersIn } from './accountDetails.ts';
import { ComputedTexts } from './computedTexts.ts';
import { isInclusion, isPolicyPlace } from './includes.ts';
import { type Loop, loopOf } from './loops.ts';
import { namedPrincipal } from './namedPrincipals.ts';
import { isPolicyReferenceName } from './policyReferences.ts';
import { Resources, resourceType } from './resources.ts';
import { isServerlessService } from './serverlessFiles.ts';
import { ServerlessRoles } from './serverlessRoles.ts';
import { ServerlessVariables } from './serverlessVariables.ts';
import { isUnseen } from './unseen.ts';

/** Something that refers to others by their logical ids. */
export interface Reference {
  /** What it refers to, in order: `App`, `Child.Outputs.Arn`; with a hole `${…}` where something else makes the name. */
  readonly ids: readonly string[];
  readonly node: ValueNode;
}

/** What one walk through a file's trees finds, for all that its facts are made of. */
export class FileTree {
  readonly roots: readonly ValueNode[];
  /** The objects that are templates, by their `Resources`. */
  readonly templates: ValueNode[] = [];
  /** The roots that are services of the Serverless Framework. */
  readonly services: readonly ValueNode[];
  readonly resources = new Resources();
  readonly references: Reference[] = [];
  /** What imports exports of other stacks, by the values that name these. */
  readonly imports: ValueNode[] = [];
  /** What looks into mappings, by the lists that say where. */
  readonly lookups: ValueNode[] = [];
  /** Texts, and functions that make some, in which managed policies may be named. */
  readonly texts: ValueNode[] = [];
  /** The objects in which AWS tells of a role, user or group. */
  readonly principals: ValueNode[] = [];
  /** The ARNs of managed policies whose documents stand in an answer of AWS. */
  readonly answers: ReadonlySet<string>;
  /** What stands for the content of other files. */
  readonly inclusions: ValueNode[] = [];
  /** What stands, where a policy or its statements are wanted, for something that stands under another key of the file. */
  readonly selfReferences: ValueNode[] = [];
  /** What brings in something that does not stand in the file; absent where nothing does. */
  unseen: ValueNode | undefined;
  /** Each text as it is, whatever is put in. */
  readonly said: ComputedTexts;
  /** Each text also as it is by default. */
  readonly possible: ComputedTexts;
  readonly variables: ServerlessVariables | undefined;
  /** The roles that the Serverless Framework makes of the file. */
  readonly serverless: ServerlessRoles | undefined;
  readonly #loops = new Map<ValueNode, Loop>();

  constructor(roots: readonly ValueNode[]) {
    this.roots = roots;
    this.services = roots.filter(isServerlessService);
    const [service] = this.services;
    this.variables = service && new ServerlessVariables(service);
    this.said = new ComputedTexts(this, false);
    this.possible = new ComputedTexts(this, true);
    this.answers = answersIn(roots);
    for (const root of roots) this.#read(root, undefined, false);
    this.serverless = service && new ServerlessRoles(service, this);
  }

  /** A parameter of a template, by its name. */
  parameter(name: string): ValueNode | undefined {
    return this.#inSection('Parameters', name);
  }

  mapping(name: string): ValueNode | undefined {
    return this.#inSection('Mappings', name);
  }

  loopAround(node: ValueNode): Loop | undefined {
    if (this.#loops.size === 0) return undefined;
    for (let at: ValueNode | undefined = node; at; at = at.parent) {
      const loop = this.#loops.get(at);
      if (loop) return loop;
    }
    return undefined;
  }

  #inSection(section: string, name: string): ValueNode | undefined {
    for (const template of this.templates) {
      const all = propertyNode(template, section);
      const found = all?.type === 'object' ? propertyNode(all, name) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #read(node: ValueNode, loop: Loop | undefined, isInResource: boolean): void {
    if (!this.unseen && isUnseen(node)) this.unseen = node;
    if (node.type === 'property') {
      const own = loopOf(node, loop);
      if (own) this.#loops.set(node, own);
      this.#readProperty(node);
      const value = node.children?.[1];
      // Keys refer to nothing.
      if (value) this.#read(value, own ?? loop, isInResource);
      return;
    }
    const isResource = node.type === 'object' && this.#readObject(node, loop, isInResource);
    if ((textOf(node)?.includes('policy') && !isSubstituted(node)) || isPolicyReferenceName(node))
      this.texts.push(node);
    if (isInclusion(node)) this.inclusions.push(node);
    if (typeof node.value === 'string' && node.value.startsWith('${self:') && isPolicyPlace(node))
      this.selfReferences.push(node);
    for (const child of node.children ?? []) this.#read(child, loop, isInResource || isResource);
  }

  /** Tells whether it is a resource. */
  #readObject(node: ValueNode, loop: Loop | undefined, isInResource: boolean): boolean {
    if (!isInResource && propertyNode(node, 'Resources')?.type === 'object') this.templates.push(node);
    const type = resourceType(node);
    if (type !== undefined && stringProperty(node, 'Type') === type && !isInResource)
      this.resources.add(node, type, loop);
    if (type === undefined && !isInResource && namedPrincipal(node)) this.principals.push(node);
    return type !== undefined;
  }

  #readProperty(property: ValueNode): void {
    const [key, value] = property.children ?? [];
    const { parent } = property;
    if (!value || !parent) return;
    switch (key?.value) {
      case 'Ref':
      case 'Fn::GetAtt': {
        const id = idOf(value);
        if (id !== undefined) this.references.push({ ids: [id], node: parent });
        break;
      }
      case 'Fn::Sub': {
        const template = textOf(value.type === 'array' ? value.children?.[0] : value) ?? '';
        const ids = [...template.matchAll(/\$\{([^}]{0,256})/g)].map(([, id = '']) => id.trim());
        if (ids.length > 0) this.references.push({ ids: [...new Set(ids)], node: parent });
        this.texts.push(parent);
        break;
      }
      case 'Fn::Join':
        this.texts.push(parent);
        break;
      case 'Fn::ImportValue':
        this.imports.push(value);
        break;
      case 'Fn::FindInMap':
        this.lookups.push(value);
    }
  }
}

/** What a reference is to: `Child.Outputs.Arn` for `["Child", "Outputs.Arn"]`; a hole where a function says it; `undefined` for what is no reference. */
function idOf(value: ValueNode): string | undefined {
  const parts = value.type === 'array' ? (value.children ?? []) : [value];
  if (parts.some((part) => part.type !== 'object' && textOf(part) === undefined)) return undefined;
  return parts.map((part) => textOf(part) ?? '${}').join('.') || undefined;
}

/** Whether a text is what `Fn::Sub` puts something into. */
function isSubstituted(text: ValueNode): boolean {
  const list = text.parent?.type === 'array' && text.parent.children?.[0] === text ? text.parent : text;
  return keyOf(list) === 'Fn::Sub';
}

function textOf(node: ValueNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}
