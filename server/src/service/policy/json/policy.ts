import type { Span } from '../../json/span.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { ItemList, PolicyDocument, PolicyKind, PolicyOwner, Statement } from '../model.ts';
import { contextOf } from './context.ts';
import { properties, spanOf } from './nodes.ts';
import { jsonSize } from './size.ts';

/**
 * A policy in a JSON text.
 *
 * A class, and not an object literal with a getter: V8 gives each object that a getter is put on a hidden class of its own,
 * which keeps the getter's closure, and with it the file's whole tree, alive until the next full garbage collection.
 */
export class JsonPolicy implements PolicyDocument {
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
  readonly #text: string;
  #size: number | undefined;

  /** @param list the value of the policy's `Statement` */
  constructor(node: JsonNode, pointer: string, text: string, statements: readonly Statement[], list: JsonNode) {
    const { kind, owner, quota, address } = contextOf(node);
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.pointer = pointer;
    this.heading = spanOf(properties(node, 'Statement')[0]?.children?.[0] ?? node);
    this.statements = statements;
    if (list.type === 'array') this.list = { ...spanOf(list), items: (list.children ?? []).map(spanOf) };
    this.kind = kind;
    if (owner) this.owner = owner;
    if (address !== undefined) this.address = address;
    this.quota = quota;
    this.#text = text;
  }

  /** Counted when it is first asked for. */
  get size(): number {
    this.#size ??= jsonSize(this.#text.slice(this.start, this.end));
    return this.#size;
  }
}
