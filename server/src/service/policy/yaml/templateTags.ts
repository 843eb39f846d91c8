import { lineEnd, lineStart } from '../lists/layout.ts';
import { keyOf } from '../values/nodes.ts';
import { HASH_COMMENTS } from './layout.ts';
import type { YamlNode } from './node.ts';

/** What begins a tag of Jinja, of Mustache and its kin, of ERB. */
const TAG = /\{\{|\{%|<%/g;

/**
 * Marks what template engines choose, repeat or put in by tags that stand in comments, such as `# {% if x %}`. A list of actions
 * that such a comment stands in, or beside, is left alone; an item of any other list with one in or beside it cannot be taken out,
 * lest one tag of a pair go without the other.
 */
export function markTagged(text: string, root: YamlNode): void {
  const tags = tagsOf(text);
  if (tags.length > 0) new TagMarker(text, tags).visit(root);
}

class TagMarker {
  readonly #text: string;
  readonly #tags: readonly number[];

  constructor(text: string, tags: readonly number[]) {
    this.#text = text;
    this.#tags = tags;
  }

  visit(node: YamlNode): void {
    if (node.type === 'array') this.#mark(node);
    for (const child of node.children ?? []) this.visit(child);
  }

  #mark(list: YamlNode): void {
    const begin = list.parent?.type === 'property' ? list.parent.offset : list.offset;
    const end = this.#endOf(list);
    if (!this.#hasTag(begin, end)) return;
    if (/^(?:Not)?Action$/.test(keyOf(list) ?? '')) list.isShared = true;
    const items = list.children ?? [];
    for (const [index, item] of items.entries()) {
      const [before, next] = [items[index - 1], items[index + 1]];
      const start = before ? before.offset + before.length : begin;
      if (this.#hasTag(start, next ? (next.itemOffset ?? next.offset) : end)) item.holdsShared = true;
    }
  }

  /** The end of a list with the comments below it that are indented as it is, or deeper. */
  #endOf(list: YamlNode): number {
    const end = list.offset + list.length;
    const next = HASH_COMMENTS.skip(this.#text, end);
    const column = list.offset - lineStart(this.#text, list.offset);
    let last = end;
    for (let i = this.#firstFrom(end); (this.#tags[i] ?? next) < next; i++) {
      const tag = this.#tags[i] as number;
      if (tag - lineStart(this.#text, tag) >= column) last = tag + 1;
    }
    return last;
  }

  #hasTag(start: number, end: number): boolean {
    return (this.#tags[this.#firstFrom(start)] ?? end) < end;
  }

  /** The index of the first tag from an offset on. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#tags.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tags[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The offsets of the comments that hold tags, in order. */
function tagsOf(text: string): number[] {
  const found: number[] = [];
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
    const [start, end] = [lineStart(text, tag.index), lineEnd(text, tag.index)];
    const line = text.slice(start, end);
    const comment = line.search(/(?<!\S)#/);
    if (comment >= 0 && line.slice(comment).search(TAG) >= 0) found.push(start + comment);
    TAG.lastIndex = end;
  }
  return found;
}
