import { detached } from '../../json/detached.ts';
import type { Span } from '../../json/span.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { Entry, ItemList } from '../model.ts';
import { pointerTo, spanOf } from './nodes.ts';

/** What an `Action` or `NotAction` element holds. */
export interface EntryList {
  readonly entries: readonly Entry[];
  /** Present where the element is a list. */
  readonly list?: ItemList;
  readonly hasOpaqueEntries: boolean;
}

/**
 * Reads the value of an `Action` or `NotAction` element.
 * @param pointer the element's JSON pointer
 */
export function readEntries(value: JsonNode, pointer: string): EntryList {
  if (value.type === 'string') return { entries: [new JsonEntry(value, pointer)], hasOpaqueEntries: false };
  if (value.type !== 'array') return { entries: [], hasOpaqueEntries: true };
  const entries: Entry[] = [];
  const items: Span[] = [];
  const children = value.children ?? [];
  for (let index = 0; index < children.length; index++) {
    const child = children[index] as JsonNode;
    if (child.type === 'string') {
      const entry = new JsonEntry(child, pointer, index);
      entries.push(entry);
      items.push(entry);
    } else {
      items.push(spanOf(child));
    }
  }
  return { entries, list: { ...spanOf(value), items }, hasOpaqueEntries: entries.length < items.length };
}

/** An entry. Policies have thousands, and hardly one is ever asked for its pointer. */
class JsonEntry implements Entry {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly #element: string;
  readonly #index: number | undefined;

  constructor(node: JsonNode, element: string, index?: number) {
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.value = detached(node.value as string);
    this.#element = element;
    this.#index = index;
  }

  get pointer(): string {
    return this.#index === undefined ? this.#element : pointerTo(this.#element, this.#index);
  }
}
