import type { Span } from '../../json/span.ts';
import type { PolicyContext } from '../cloudformation/context.ts';
import type { ItemList, PolicyDocument, PolicyKind, PolicyOwner, Statement } from '../model.ts';
import { itemSpanOf, spanOf, type ValueNode } from './nodes.ts';
import type { Sizes } from './sizes.ts';

/**
 * A policy in a tree of values.
 *
 * A class, and not an object literal with a getter: V8 gives each object that a getter is put on a hidden class of its own,
 * which keeps the getter's closure, and with it the file's whole tree, alive until the next full garbage collection.
 */
export class TreePolicy implements PolicyDocument {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly address?: string;
  readonly heading: Span;
  readonly statements: readonly Statement[];
  readonly list?: ItemList;
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner;
  readonly quota: number;
  readonly #countSize: () => number;
  readonly #isBare: boolean;
  #size: number | undefined;

  /**
   * @param node the policy, or the list of statements that stands for one
   * @param value what holds the statements
   */
  constructor(
    node: ValueNode,
    value: ValueNode,
    pointer: string,
    statements: readonly Statement[],
    { kind, owner, quota, address }: PolicyContext,
    sizes: Sizes,
  ) {
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.pointer = pointer;
    this.heading = spanOf(value.parent?.type === 'property' ? (value.parent.children?.[0] ?? value) : value);
    this.statements = statements;
    if (value.type === 'array') this.list = { ...spanOf(value), items: (value.children ?? []).map(itemSpanOf) };
    this.kind = kind;
    if (owner) this.owner = owner;
    if (address !== undefined) this.address = address;
    this.quota = quota;
    this.#countSize = sizes.of(node);
    this.#isBare = node === value;
  }

  /** Counted when it is first asked for. */
  get size(): number {
    this.#size ??= this.#countSize() + (this.#isBare ? AROUND_LIST : 0);
    return this.#size;
  }
}

/** What is put around a list of statements to make a policy of it. */
const AROUND_LIST = '{"Version":"2012-10-17","Statement":}'.length;
