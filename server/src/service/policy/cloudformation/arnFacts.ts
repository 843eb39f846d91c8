import type { ComputedText } from '../../whose/computedText.ts';
import { literalOf } from '../../whose/computedText.ts';
import type { Edge, FileFacts, ManagedName, NamedUse, Taker } from '../../whose/facts.ts';
import { propertyNode, type ValueNode } from '../values/nodes.ts';
import { ArnPlaces, mappingAddress } from './arnPlaces.ts';
import { callAddress, isCall } from './calls.ts';
import { joined, keyOfText } from './computedTexts.ts';
import type { FileTree } from './fileTree.ts';
import { madeUp } from './holderFacts.ts';
import { inTurn, loopWith } from './loops.ts';
import { policiesIn } from './policyArns.ts';
import { isPolicyReferenceName } from './policyReferences.ts';
import type { Resource } from './resources.ts';

/** Where managed policies are meant, by references, by their ARNs and names, and by those who attach AWS's own. */
export type ArnFacts = Pick<FileFacts, 'edges' | 'managedNames' | 'namedUses' | 'awsManaged'>;

/** All places of a file in which managed policies are meant. */
export function arnFactsOf(tree: FileTree): ArnFacts {
  return new ArnReader(tree).facts;
}

class ArnReader {
  readonly #tree: FileTree;
  readonly #places: ArnPlaces;
  readonly #managed: readonly Resource[];
  readonly #ids: ReadonlySet<string>;
  readonly #edges = new Map<string, Edge>();
  readonly #namedUses = new Map<string, NamedUse>();
  readonly #awsManaged = new Map<string, FileFacts['awsManaged'][number]>();
  readonly #managedNames: ManagedName[] = [];
  /** The addresses of managed policies by names that are put together: what is put together the same way is the same. */
  readonly #computedNames = new Map<string, string[]>();
  /** References of which something else makes the name, by what this begins and ends with. */
  readonly #patterns = new Map<string, { readonly start: string; readonly end: string }>();

  constructor(tree: FileTree) {
    this.#tree = tree;
    this.#places = new ArnPlaces(tree);
    this.#managed = [...tree.resources.all].filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
    this.#ids = new Set(this.#managed.map(({ id }) => id));
    for (const policy of this.#managed) this.#nameOf(policy);
    for (const { ids, node } of tree.references) for (const id of ids) this.#reference(id, node);
    for (const node of tree.texts) this.#text(node);
    for (const value of tree.imports) this.#import(value);
    for (const value of tree.lookups) this.#lookup(value);
    for (const { start, end } of this.#patterns.values()) this.#followPattern(start, end);
  }

  get facts(): ArnFacts {
    return {
      edges: [...this.#edges.values()],
      managedNames: this.#managedNames,
      namedUses: [...this.#namedUses.values()],
      awsManaged: [...this.#awsManaged.values()],
    };
  }

  #nameOf(policy: Resource): void {
    const { id, properties, loop } = policy;
    const value = properties?.type === 'object' ? propertyNode(properties, 'ManagedPolicyName') : undefined;
    const texts = value ? this.#tree.said.of(value) : [];
    if (texts.length === 0) this.#managedNames.push({ address: id, name: madeUp(policy, id) });
    for (const text of texts) {
      const turns = loop?.values ? loop.values.map((key) => withKey(text, key)) : [text];
      for (const name of turns) this.#managedNames.push({ address: id, name: { text: name } });
      if (isTold(text) && literalOf(text) === undefined) addTo(this.#computedNames, keyOfText(text), id);
    }
  }

  #reference(id: string, node: ValueNode): void {
    const addresses = this.#addressesOf(id, node);
    for (const address of addresses) this.#edge(address, node);
    if (addresses.length > 0) return;
    const hole = /[$&]\{/.exec(id);
    if (!hole || this.#managed.length === 0) return;
    const isTold = this.#patterns.size < MAX_PATTERNS;
    const start = isTold ? id.slice(0, hole.index) : '';
    const end = isTold ? endOf(id) : '';
    const made = patternAddress(start, end);
    this.#patterns.set(made, { start, end });
    for (const to of this.#places.takersAt(node)) this.#add({ of: made, gives: 'same', to });
  }

  /** The addresses that a reference leads on from: of managed policies, parameters and outputs of nested stacks. */
  #addressesOf(id: string, node: ValueNode): string[] {
    const { resources } = this.#tree;
    const [logicalId = '', ...attribute] = id.split('.');
    const loops = [...id.matchAll(/[$&]\{([^}]{0,256})\}/g)].map(([, name = '']) => name);
    const loop = loops.length > 0 ? loopWith(loops[0] ?? '', this.#tree.loopAround(node)) : undefined;
    if (loop?.values && !resources.withId(logicalId))
      return loop.values.flatMap((value) => this.#addressesOf(inTurn(id, loop, value), node));
    const found = resources.named(logicalId)?.resource;
    if (!found) {
      // A policy whose id is repeated is each of them.
      if (resources.has(logicalId)) return this.#ids.has(logicalId) ? [logicalId] : [];
      return this.#mayCarry(logicalId) ? [logicalId] : [];
    }
    if (found.type === 'AWS::IAM::ManagedPolicy') return [found.id];
    const isOutput = isCall(found.type) && attribute[0] === 'Outputs';
    return isOutput ? [`${callAddress(found.id)}.${attribute.slice(1).join('.')}`] : [];
  }

  /** Whether a parameter may be given the ARN of a policy. */
  #mayCarry(name: string): boolean {
    const parameter = this.#tree.parameter(name);
    if (parameter?.type !== 'object') return false;
    const type = propertyNode(parameter, 'Type')?.value;
    if (typeof type === 'string' && !/String|CommaDelimitedList/.test(type)) return false;
    const allowed = propertyNode(parameter, 'AllowedValues');
    return (
      !allowed?.children || allowed.children.some(({ value }) => typeof value === 'string' && value.includes('policy'))
    );
  }

  #edge(of: string, node: ValueNode): void {
    const gives = this.#tree.resources.has(of) || this.#tree.answers.has(of) ? 'arn' : 'same';
    for (const to of this.#places.takersAt(node)) this.#add({ of, gives, to });
  }

  #add(edge: Edge): void {
    this.#edges.set(JSON.stringify(edge), edge);
  }

  #text(node: ValueNode): void {
    if (isPolicyReferenceName(node)) {
      for (const name of this.#tree.possible.of(node)) this.#use({ name }, node);
      return;
    }
    if (typeof node.value === 'string' && this.#tree.answers.has(node.value)) this.#edge(node.value, node);
    for (const text of this.#tree.possible.of(node)) {
      const managed = awsManagedIn(text);
      const holder = managed === undefined ? undefined : this.#places.holderAt(node);
      if (managed !== undefined && holder)
        this.#awsManaged.set(JSON.stringify([holder, managed]), { holder, policy: managed });
      for (const meant of policiesIn(text)) this.#use(meant, node);
    }
  }

  #use(meant: Omit<NamedUse, 'to'>, node: ValueNode): void {
    // A name of which nothing is told is nobody's.
    if (meant.name.every((part) => typeof part !== 'string' && part.ref === undefined)) return;
    for (const to of this.#places.takersAt(node)) {
      this.#known(meant, to);
      for (const of of this.#computedNames.get(keyOfText(meant.name)) ?? []) this.#add({ of, gives: 'arn', to });
    }
  }

  #known(meant: Omit<NamedUse, 'to'>, to: Taker): void {
    this.#namedUses.set(JSON.stringify([meant, to]), { ...meant, to });
  }

  #import(value: ValueNode): void {
    for (const name of this.#tree.possible.of(value))
      for (const to of this.#places.takersAt(value)) this.#known({ name, isExport: true }, to);
  }

  #lookup(value: ValueNode): void {
    const [name] = value.children ?? [];
    const of = mappingAddress(typeof name?.value === 'string' ? name.value : '');
    for (const to of this.#places.takersAt(value)) this.#add({ of, gives: 'same', to });
  }

  #followPattern(start: string, end: string): void {
    const to: Taker = { takes: 'any', by: { kind: 'address', address: patternAddress(start, end) } };
    for (const { id } of this.#managed)
      if (id.startsWith(start) && id.endsWith(end)) this.#add({ of: id, gives: 'arn', to });
  }
}

/** So many references with names that something else makes are told apart; further ones may be to any policy. */
const MAX_PATTERNS = 64;

/** What stands behind the last hole of a logical id, without an attribute. */
function endOf(id: string): string {
  const close = id.lastIndexOf('}');
  return close < 0 ? '' : (id.slice(close + 1).split('.')[0] ?? '');
}

function patternAddress(start: string, end: string): string {
  return `a reference to ${start}…${end}`;
}

/** An ARN of one of AWS's own policies, or its end: the partition is often put in when the template is deployed. */
const AWS_MANAGED = /:iam::aws:policy\/([\w+=,.@/-]+)$/;

function awsManagedIn(text: ComputedText): string | undefined {
  const last = text.at(-1);
  return typeof last === 'string' ? AWS_MANAGED.exec(last)?.[1] : undefined;
}

function withKey(text: ComputedText, key: string): ComputedText {
  return joined(text.map((part) => (typeof part !== 'string' && part.ref === 'each.key' ? key : part)));
}

/** Whether each hole of a text has a name, so that the same text says the same. */
function isTold(text: ComputedText): boolean {
  return text.every((part) => typeof part === 'string' || part.ref !== undefined);
}

function addTo(map: Map<string, string[]>, key: string, item: string): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
