import type { Span } from '../../json/span.ts';
import type { Entry, ItemList, Statement } from '../model.ts';
import { readEntries } from './entries.ts';
import { hasProperty, isMerged, pointerTo, properties, spanOf, stringProperty, type ValueNode } from './nodes.ts';
import type { Sizes } from './sizes.ts';

/**
 * Reads a statement; `undefined` when it is half typed, or repeats a key, or stands partly elsewhere, so that nobody can say
 * what it means.
 * @param mustStay whether its place forbids to remove it
 */
export function readStatement(
  node: ValueNode,
  pointer: string,
  sizes: Sizes,
  mustStay: boolean,
): Statement | undefined {
  if (node.isShared || isMerged(node)) return undefined;
  const effect = stringProperty(node, 'Effect');
  const elements = [...properties(node, 'Action'), ...properties(node, 'NotAction')];
  const [property] = elements;
  const [key, value] = property?.children ?? [];
  if (effect === undefined || elements.length !== 1 || !property || !key || !value) return undefined;
  return new TreeStatement(node, pointer, sizes, { effect, property, key, value, mustStay });
}

interface Parts {
  readonly effect: string;
  /** The element that lists the actions, and its parts. */
  readonly property: ValueNode;
  readonly key: ValueNode;
  readonly value: ValueNode;
  readonly mustStay: boolean;
}

/** A class for the same reason as `TreePolicy`. */
class TreeStatement implements Statement {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly effect: string;
  readonly element: Statement['element'];
  readonly elementSpan: Span;
  readonly entries: readonly Entry[];
  readonly list?: ItemList;
  readonly hasOpaqueEntries: boolean;
  readonly hasPrincipal: boolean;
  readonly mustStay: boolean;
  readonly uses: number;
  readonly #size: () => number;

  constructor(node: ValueNode, pointer: string, sizes: Sizes, { effect, property, key, value, mustStay }: Parts) {
    const { entries, list, hasOpaqueEntries } = readEntries(value, pointerTo(pointer, String(key.value)), sizes);
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.pointer = pointer;
    this.effect = effect;
    this.element = key.value as Statement['element'];
    this.elementSpan = spanOf(property);
    this.entries = entries;
    if (list) this.list = list;
    this.hasOpaqueEntries = hasOpaqueEntries;
    this.hasPrincipal = hasProperty(node, 'Principal') || hasProperty(node, 'NotPrincipal');
    this.mustStay = mustStay || node.holdsShared === true;
    this.uses = value.uses ?? 1;
    this.#size = sizes.of(node);
  }

  get size(): number {
    return this.#size();
  }
}
