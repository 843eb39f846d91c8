import type { Span } from '../../json/span.ts';
import { lineEnd, lineStart, startsLine } from '../lists/layout.ts';
import type { ItemList, TextChange } from '../model.ts';
import { columnIndent } from './layout.ts';

/** Texts that take the place of a value in a list: none to remove its item. */
export interface ItemReplacement {
  readonly index: number;
  readonly value: Span;
  readonly texts: readonly string[];
}

/**
 * Edits a list whose items start with dashes: values are replaced in place, an item a line, or, by nothing, removed with their
 * lines, the comment that ends them, and what is indented below them. At least one item must stay or be replaced.
 */
export function editBlockList(
  text: string,
  list: ItemList,
  replacements: readonly ItemReplacement[],
  eol: string,
): TextChange[] {
  const removed = new Set(replacements.filter(({ texts }) => texts.length === 0).map(({ index }) => index));
  const replaced = replacements.flatMap(({ index, value, texts }) =>
    texts.length === 0 ? [] : [{ ...value, text: texts.join(separatorOf(text, list, index, eol)) }],
  );
  return [...removals(text, list.items, removed), ...replaced].sort((a, b) => a.start - b.start);
}

/** Adds items behind the last one, which keeps the comment that ends its line. The list must have an item. */
export function appendToBlockList(text: string, list: ItemList, texts: readonly string[], eol: string): TextChange[] {
  const last = list.items.length - 1;
  const separator = separatorOf(text, list, last, eol);
  const at = lineEnd(text, (list.items[last] as Span).end);
  return [{ start: at, end: at, text: texts.map((added) => separator + added).join('') }];
}

/** What stands between an item and the next: a line break, the indentation, and the dash with the gap that the item has. */
function separatorOf(text: string, { items }: ItemList, index: number, eol: string): string {
  const { start, end } = items[index] as Span;
  return eol + columnIndent(text, start) + (/^-[ \t]+(?=[^\s#&!|>-])/.exec(text.slice(start, end))?.[0] ?? '- ');
}

function* removals(text: string, items: readonly Span[], removed: ReadonlySet<number>): Iterable<TextChange> {
  for (let index = 0; index < items.length; index++) {
    if (!removed.has(index)) continue;
    const item = items[index] as Span;
    if (startsLine(text, item.start)) {
      yield removeLines(text, item);
      continue;
    }
    // The first item of a list that begins on the line of another dash: the next one that stays takes its place.
    while (removed.has(index + 1)) index++;
    yield { start: item.start, end: (items[index + 1] ?? item).start, text: '' };
  }
}

/** Removes an item's lines, and the comments below that are indented deeper than its dash. */
function removeLines(text: string, { start, end }: Span): TextChange {
  const column = start - lineStart(text, start);
  let behind = nextLine(text, end);
  while (isDeeperComment(text.slice(behind, lineEnd(text, behind)), column)) behind = nextLine(text, behind);
  return { start: lineStart(text, start), end: behind, text: '' };
}

function isDeeperComment(line: string, column: number): boolean {
  const indent = /^ *(?=#)/.exec(line)?.[0];
  return indent !== undefined && indent.length > column;
}

function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
