import { detached } from '../../json/detached.ts';
import type { Span } from '../../json/span.ts';
import type { Entry, ItemList } from '../model.ts';
import { itemSpanOf, pointerTo, spanOf, type ValueNode } from './nodes.ts';
import type { Sizes } from './sizes.ts';

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
export function readEntries(value: ValueNode, pointer: string, sizes: Sizes): EntryList {
  if (isEntry(value)) return { entries: [new TreeEntry(value, pointer, sizes)], hasOpaqueEntries: false };
  if (value.type !== 'array' || value.isShared) return { entries: [], hasOpaqueEntries: true };
  const entries: Entry[] = [];
  const items: Span[] = [];
  const children = value.children ?? [];
  for (let index = 0; index < children.length; index++) {
    const child = children[index] as ValueNode;
    if (isEntry(child)) {
      const entry = new TreeEntry(child, pointer, sizes, index);
      entries.push(entry);
      items.push(child.itemOffset === undefined ? entry : itemSpanOf(child));
    } else {
      items.push(itemSpanOf(child));
    }
  }
  return { entries, list: { ...spanOf(value), items }, hasOpaqueEntries: entries.length < items.length };
}

/** What a tool puts in before IAM sees it: `${…}` of Serverless and Terraform, `%{…}` of Terraform, `{{ … }}` and `{% … %}` of Jinja, `<% … %>` of ERB. */
const HOLE = /[$%]\{|\{\{|\{%|<%/;

/** Whether a tool puts something into a text before IAM sees it. */
export function hasHole(text: string): boolean {
  return HOLE.test(text);
}

/** Whether a value is an entry as IAM will see it. */
function isEntry({ type, value, isShared }: ValueNode): boolean {
  return type === 'string' && !isShared && !hasHole(value as string);
}

/** An entry. Policies have thousands, and hardly one is ever asked for its pointer. */
class TreeEntry implements Entry {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly size: number;
  readonly #element: string;
  readonly #index: number | undefined;

  constructor(node: ValueNode, element: string, sizes: Sizes, index?: number) {
    this.start = node.offset;
    this.end = node.offset + node.length;
    this.value = detached(node.value as string);
    this.size = sizes.ofString(node);
    this.#element = element;
    this.#index = index;
  }

  get pointer(): string {
    return this.#index === undefined ? this.#element : pointerTo(this.#element, this.#index);
  }
}
