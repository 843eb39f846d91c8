import { keyOf, propertyNode, type ValueNode } from '../values/nodes.ts';
import { namesIn } from './policyNames.ts';
import { Texts, textOf } from './texts.ts';
import { isUnseen } from './unseen.ts';

/** Where a file refers to resources and to policies by their names, and what of it nobody can see. */
export interface Mentions {
  readonly texts: Texts;
  /** What brings in something that does not stand in the file; absent where nothing does. */
  readonly unseen: ValueNode | undefined;
  /** Where this logical id is referred to. */
  ofId(logicalId: string): readonly ValueNode[];
  /** Where a policy of this name is. */
  ofName(name: string): readonly ValueNode[];
}

/** By the root of a file's tree. */
const known = new WeakMap<ValueNode, Mentions>();

/** All that is mentioned in the file of a node. Each file is looked through once. */
export function mentionsBeside(node: ValueNode): Mentions {
  let root = node;
  while (root.parent) root = root.parent;
  let mentions = known.get(root);
  if (!mentions) {
    mentions = new MentionReader(root);
    known.set(root, mentions);
  }
  return mentions;
}

class MentionReader implements Mentions {
  readonly texts: Texts;
  unseen: ValueNode | undefined;
  readonly #ids = new Map<string, ValueNode[]>();
  readonly #names = new Map<string, ValueNode[]>();
  /** References of which loops or functions make several: what the logical id begins and ends with. */
  readonly #made: { readonly start: string; readonly end: string; readonly node: ValueNode }[] = [];

  constructor(root: ValueNode) {
    this.texts = new Texts(propertyNode(root, 'Parameters'));
    this.#read(root);
  }

  ofId(logicalId: string): readonly ValueNode[] {
    const made = this.#made.filter(({ start, end }) => logicalId.startsWith(start) && logicalId.endsWith(end));
    return [...(this.#ids.get(logicalId) ?? []), ...made.map(({ node }) => node)];
  }

  ofName(name: string): readonly ValueNode[] {
    return this.#names.get(name.toLowerCase()) ?? [];
  }

  #read(node: ValueNode): void {
    if (!this.unseen && isUnseen(node)) this.unseen = node;
    if (textOf(node) !== undefined) this.#addNames(node);
    if (node.type === 'property') this.#readProperty(node);
    // Keys refer to nothing.
    for (const child of (node.type === 'property' ? node.children?.slice(1) : node.children) ?? []) this.#read(child);
  }

  #readProperty(property: ValueNode): void {
    const [key, value] = property.children ?? [];
    if (!value) return;
    switch (key?.value) {
      case 'Ref':
      case 'Fn::GetAtt':
        this.#addReference(value);
        break;
      case 'Fn::Sub':
        for (const [, id = ''] of firstText(value).matchAll(/\$\{([^.}]+)/g)) this.#addId(id.trim(), value);
        break;
      case 'Fn::Join':
        break;
      default:
        return;
    }
    if (property.parent) this.#addNames(property.parent);
  }

  #addReference(value: ValueNode): void {
    const text = firstText(value);
    if (text) this.#addId(text.split('.')[0] ?? '', value);
    // A function says to what it refers: that may be anything.
    else if (value.type === 'object') this.#made.push({ start: '', end: '', node: value });
  }

  #addId(id: string, node: ValueNode): void {
    const hole = /[$&]\{/.exec(id);
    if (hole) this.#made.push({ start: id.slice(0, hole.index), end: /\}([^}]*)$/.exec(id)?.[1] ?? '', node });
    else add(this.#ids, id, node);
  }

  #addNames(value: ValueNode): void {
    const isName = keyOf(value) === 'Name' && isPolicyReference(value);
    for (const text of this.texts.of(value))
      for (const name of isName ? [text] : namesIn(text)) add(this.#names, name.toLowerCase(), value);
  }
}

/** Whether a name is that of a policy which Identity Center attaches in each account, or has for a boundary there. */
function isPolicyReference(name: ValueNode): boolean {
  const reference = name.parent?.parent;
  const key = reference && (keyOf(reference) ?? (reference.parent && keyOf(reference.parent)));
  return key === 'CustomerManagedPolicyReferences' || key === 'CustomerManagedPolicyReference';
}

/** A string, or the first one of a list. */
function firstText(value: ValueNode): string {
  const text = value.type === 'array' ? value.children?.[0] : value;
  return (text && textOf(text)) ?? '';
}

function add(map: Map<string, ValueNode[]>, key: string, node: ValueNode): void {
  const nodes = map.get(key);
  if (!nodes) map.set(key, [node]);
  else if (nodes.at(-1) !== node) nodes.push(node);
}
