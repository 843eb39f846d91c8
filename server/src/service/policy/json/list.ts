import type { ItemList, Span, TextChange } from '../model.ts';
import {
  hasComment,
  indentOf,
  isMultiLine,
  type Layout,
  lineEnd,
  lineStart,
  MAX_COLUMNS,
  skipTrivia,
  startsLine,
} from './layout.ts';

/**
 * Edits a JSON list: items are replaced in place or, by nothing, removed with their comma and, where they have a line to
 * themselves, with their line and the comment that ends it. At least one item must stay or be replaced.
 *
 * @param replacements by index, the texts that take an item's place
 */
export function editList(
  text: string,
  list: ItemList,
  replacements: ReadonlyMap<number, readonly string[]>,
  layout: Layout,
): TextChange[] {
  const separator = separatorOf(text, list, layout);
  const changes: TextChange[] = [];
  for (const [index, texts] of replacements) {
    const item = list.items[index] as Span;
    if (texts.length > 0) changes.push({ ...item, text: texts.join(separator) });
  }
  const removed = (index: number) => replacements.get(index)?.length === 0;
  changes.push(...removals(text, list, removed));
  changes.sort((a, b) => a.start - b.start);
  return reflow(text, list, changes, replacements, layout) ?? changes;
}

/** A list of these texts: on one line where it fits behind `column`, else an item a line, indented below `indent`. */
export function formatList(
  texts: readonly string[],
  column: number,
  indent: string,
  layout: Layout,
  spaced = true,
): string {
  const inline = `[${texts.join(spaced ? ', ' : ',')}]`;
  if (layout.minified || column + inline.length <= MAX_COLUMNS) return inline;
  const { eol, indentUnit } = layout;
  return `[${eol}${texts.map((item) => indent + indentUnit + item).join(`,${eol}`)}${eol}${indent}]`;
}

/** What stands between two items of this list, for those that a replacement adds. */
function separatorOf(text: string, list: ItemList, layout: Layout): string {
  if (isMultiLine(text, list)) {
    const sample = list.items.find((item) => startsLine(text, item.start));
    if (sample) return `,${layout.eol}${indentOf(text, sample.start)}`;
  }
  const [first, second] = list.items;
  const spaced = first && second ? /,\s/.test(text.slice(first.end, second.start)) : !layout.minified;
  return spaced ? ', ' : ',';
}

function* removals(text: string, list: ItemList, removed: (index: number) => boolean): Iterable<TextChange> {
  const { items } = list;
  const lastKept = items.findLastIndex((_, index) => !removed(index));
  for (let first = 0; first < lastKept; first++) {
    if (!removed(first)) continue;
    let last = first;
    while (removed(last + 1) && !hasComment(text, (items[last] as Span).end, (items[last + 1] as Span).start)) last++;
    yield removeBefore(text, items, first, last);
    first = last;
  }
  if (lastKept < items.length - 1) yield* removeTail(text, items, lastKept);
}

/** Removes the items `first` to `last`, with the comma after them, from a list that goes on behind them. */
function removeBefore(text: string, items: readonly Span[], first: number, last: number): TextChange {
  const { start } = items[first] as Span;
  const { end } = items[last] as Span;
  const next = items[last + 1] as Span;
  const afterComma = skipTrivia(text, end) + 1;
  const lineRest = text.slice(afterComma, lineEnd(text, afterComma));
  if (startsLine(text, start) && isBlankOrComment(lineRest) && next.start > lineEnd(text, afterComma))
    return removeLines(text, start, afterComma);
  if (!hasComment(text, afterComma, next.start) && !isMultiLine(text, { start: afterComma, end: next.start })) {
    return { start, end: next.start, text: '' };
  }
  return { start: startOfGap(text, start), end: afterComma, text: '' };
}

/** Removes all items behind `lastKept`. A trailing comma, where the author wrote one, stays. */
function* removeTail(text: string, items: readonly Span[], lastKept: number): Iterable<TextChange> {
  const kept = items[lastKept] as Span;
  const tail = items.slice(lastKept + 1);
  const lastEnd = (tail.at(-1) as Span).end;
  const afterTail = skipTrivia(text, lastEnd);
  const trailingComma = text[afterTail] === ',';
  const comma = skipTrivia(text, kept.end);
  const ends = tail.map((item, i) =>
    i < tail.length - 1 || trailingComma ? skipTrivia(text, item.end) + 1 : item.end,
  );
  const wholeLines = tail.every(
    (item, i) =>
      startsLine(text, item.start) && isBlankOrComment(text.slice(ends[i], lineEnd(text, ends[i] as number))),
  );
  if (!wholeLines) {
    yield { start: kept.end, end: lastEnd, text: '' };
    return;
  }
  if (!trailingComma) yield { start: comma, end: comma + 1, text: '' };
  for (const [i, item] of tail.entries()) yield removeLines(text, item.start, ends[i] as number);
}

/** Removes the lines from the one of `start` to the one of `end`, line break included. */
function removeLines(text: string, start: number, end: number): TextChange {
  const newline = text.indexOf('\n', end);
  return { start: lineStart(text, start), end: newline < 0 ? text.length : newline + 1, text: '' };
}

/** The start of the white space before `offset`, on its line. */
function startOfGap(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

function isBlankOrComment(rest: string): boolean {
  return /^\s*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/.test(rest);
}

/** The whole list anew, an item a line, when the changes would make a one-line list too wide. */
function reflow(
  text: string,
  list: ItemList,
  changes: readonly TextChange[],
  replacements: ReadonlyMap<number, readonly string[]>,
  layout: Layout,
): TextChange[] | undefined {
  if (layout.minified || isMultiLine(text, list) || hasComment(text, list.start, list.end)) return undefined;
  const width = lineEnd(text, list.end) - lineStart(text, list.start);
  const growth = changes.reduce((sum, change) => sum + change.text.length - (change.end - change.start), 0);
  if (growth <= 0 || width + growth <= MAX_COLUMNS) return undefined;
  const texts = list.items.flatMap((item, index) => replacements.get(index) ?? [text.slice(item.start, item.end)]);
  return [{ start: list.start, end: list.end, text: formatList(texts, width, indentOf(text, list.start), layout) }];
}
