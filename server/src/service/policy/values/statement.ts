import type { Span } from '../../json/span.ts';
import type { Entry, ItemList, Statement } from '../model.ts';
import { hasHole, readEntries } from './entries.ts';
import { hasProperty, isMerged, pointerTo, properties, spanOf, stringProperty, type ValueNode } from './nodes.ts';
import type { Sizes } from './sizes.ts';

/** What a syntax calls the parts of a statement. */
export interface StatementNames {
  /** The elements that list actions, by their keys. */
  readonly elements: ReadonlyMap<string, Statement['element']>;
  /** The effect; `undefined` where the statement is half typed. */
  effectOf(statement: ValueNode): string | undefined;
  hasPrincipal(statement: ValueNode): boolean;
}

/** IAM's own names. */
const IAM_NAMES: StatementNames = {
  elements: new Map([
    ['Action', 'Action'],
    ['NotAction', 'NotAction'],
  ]),
  effectOf: (statement) => stringProperty(statement, 'Effect'),
  hasPrincipal: (statement) => hasProperty(statement, 'Principal') || hasProperty(statement, 'NotPrincipal'),
};

/**
 * Reads a statement; `undefined` when it is half typed, or repeats or computes a key, or stands partly elsewhere, so that nobody can say
 * what it means.
 * @param mustStay whether its place forbids to remove it
 */
export function readStatement(
  node: ValueNode,
  pointer: string,
  sizes: Sizes,
  mustStay: boolean,
  names = IAM_NAMES,
): Statement | undefined {
  if (node.isShared || isMerged(node) || hasComputedKey(node)) return undefined;
  const effect = names.effectOf(node);
  const elements = [...names.elements].flatMap(([key, element]) =>
    properties(node, key).map((property) => ({ key, element, property })),
  );
  const [found] = elements;
  const value = found?.property.children?.[1];
  if (effect === undefined || elements.length !== 1 || !found || !value) return undefined;
  const hasPrincipal = names.hasPrincipal(node);
  return new TreeStatement(node, pointer, sizes, { ...found, effect, value, hasPrincipal, mustStay });
}

/** Whether a tool puts something into a key: who knows what the statement says then. */
function hasComputedKey({ children = [] }: ValueNode): boolean {
  return children.some((property) => hasHole(String(property.children?.[0]?.value)));
}

interface Parts {
  readonly effect: string;
  /** The element that lists the actions, what it is called here, and its parts. */
  readonly element: Statement['element'];
  readonly key: string;
  readonly property: ValueNode;
  readonly value: ValueNode;
  readonly hasPrincipal: boolean;
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

  constructor(node: ValueNode, pointer: string, sizes: Sizes, parts: Parts) {
    const { effect, element, key, property, value, hasPrincipal, mustStay } = parts;
    const { entries, list, hasOpaqueEntries } = readEntries(value, pointerTo(pointer, key), sizes);
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.pointer = pointer;
    this.effect = effect;
    this.element = element;
    this.elementSpan = spanOf(property);
    this.entries = entries;
    if (list) this.list = list;
    this.hasOpaqueEntries = hasOpaqueEntries;
    this.hasPrincipal = hasPrincipal;
    this.mustStay = mustStay || node.holdsShared === true;
    this.uses = value.uses ?? 1;
    this.#size = sizes.of(node);
  }

  get size(): number {
    return this.#size();
  }
}
