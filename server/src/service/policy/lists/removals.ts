import type { Span } from '../../json/span.ts';
import type { ItemList, TextChange } from '../model.ts';
import type { Comments } from './comments.ts';
import { isMultiLine, lineEnd, lineStart, startsLine } from './layout.ts';

/**
 * Removes items from a list, each with its comma and, where nothing else is left on it, its line.
 * At least one item must stay.
 */
export function* removals(
  text: string,
  comments: Comments,
  list: ItemList,
  removed: (index: number) => boolean,
): Iterable<TextChange> {
  const { items } = list;
  const tail = cutTail(text, comments, items, removed);
  if (tail) yield tail;
  const end = tail ? items.findLastIndex((_, index) => !removed(index)) : items.length;
  const leading =
    mayLeadWithCommas(text, list) &&
    items.some((_, index) => index > 0 && hasLeadingComma(text, comments, items, index));
  const cell = (index: number) => (leading ? withCommaBefore : withCommaBehind)(text, comments, items, index);
  if (leading) yield* removeCommaOfFirst(text, comments, items, removed);
  else if (!tail) yield* removeCommaOfLast(text, comments, items, removed);
  for (let first = 0; first < end; first++) {
    if (!removed(first)) continue;
    let last = first;
    while (last + 1 < end && removed(last + 1) && !comments.isIn(text, cell(last).end, cell(last + 1).start)) last++;
    yield removeStretch(
      text,
      comments,
      cell(first).start,
      cell(last).end,
      last + 1 < items.length ? cell(last + 1) : undefined,
    );
    first = last;
  }
}

/** Removes all behind the last item that stays in one, where no comment is in it and something stands behind it on its line. */
function cutTail(
  text: string,
  comments: Comments,
  items: readonly Span[],
  removed: (index: number) => boolean,
): TextChange | undefined {
  const lastKept = items.findLastIndex((_, index) => !removed(index));
  const tail = items.slice(lastKept);
  const [kept, first] = tail;
  const last = tail.at(-1);
  if (!kept || !first || !last) return undefined;
  if (tail.slice(1).some(({ start }, i) => comments.isIn(text, (tail[i] as Span).end, start))) return undefined;
  const afterTail = comments.skip(text, last.end);
  const behind = text[afterTail] === ',' ? afterTail + 1 : last.end;
  if (startsLine(text, first.start) && comments.isAllOf(text.slice(behind, lineEnd(text, behind)))) return undefined;
  return { start: kept.end, end: last.end, text: '' };
}

/** The offset of the comma between an item and the one before it. */
function commaBefore(text: string, comments: Comments, items: readonly Span[], index: number): number {
  return comments.skip(text, (items[index - 1] as Span).end);
}

/** Whether any line of the list begins with a comma: one look at its text spares one at each item. */
function mayLeadWithCommas(text: string, { start, end }: ItemList): boolean {
  return /\n[ \t]*,/.test(text.slice(start, end));
}

/** Whether the comma before an item begins the item's line. */
function hasLeadingComma(text: string, comments: Comments, items: readonly Span[], index: number): boolean {
  const comma = commaBefore(text, comments, items, index);
  return startsLine(text, comma) && !isMultiLine(text, { start: comma, end: (items[index] as Span).start });
}

function withCommaBefore(text: string, comments: Comments, items: readonly Span[], index: number): Span {
  const item = items[index] as Span;
  return index === 0 ? item : { start: commaBefore(text, comments, items, index), end: item.end };
}

function withCommaBehind(text: string, comments: Comments, items: readonly Span[], index: number): Span {
  const item = items[index] as Span;
  const comma = comments.skip(text, item.end);
  return text[comma] === ',' ? { start: item.start, end: comma + 1 } : item;
}

/** Where commas lead: the first item that stays needs none. */
function* removeCommaOfFirst(
  text: string,
  comments: Comments,
  items: readonly Span[],
  removed: (index: number) => boolean,
): Iterable<TextChange> {
  const first = items.findIndex((_, index) => !removed(index));
  if (first <= 0) return;
  const comma = commaBefore(text, comments, items, first);
  const end = endOfGap(text, comma + 1);
  yield { start: comma, end, text: startsLine(text, comma) ? ' '.repeat(end - comma) : '' };
}

/** Where commas follow: the last item that stays needs none, but for a trailing one of the author's. */
function* removeCommaOfLast(
  text: string,
  comments: Comments,
  items: readonly Span[],
  removed: (index: number) => boolean,
): Iterable<TextChange> {
  const last = items.findLastIndex((_, index) => !removed(index));
  if (last === items.length - 1 || text[comments.skip(text, (items.at(-1) as Span).end)] === ',') return;
  const comma = commaBefore(text, comments, items, last + 1);
  const aloneOnLine = startsLine(text, comma) && text.slice(comma + 1, lineEnd(text, comma)).trim() === '';
  yield aloneOnLine ? removeLines(text, comma, comma) : { start: comma, end: comma + 1, text: '' };
}

/** Removes what stands from `start` to `end`: with its line, where nothing but a comment is left on it; else with the gap beside it. */
function removeStretch(
  text: string,
  comments: Comments,
  start: number,
  end: number,
  next: Span | undefined,
): TextChange {
  const begins = startsLine(text, start);
  if (begins && comments.isAllOf(text.slice(end, lineEnd(text, end)))) return removeLines(text, start, end);
  if (next && !comments.isIn(text, end, next.start) && !isMultiLine(text, { start: end, end: next.start }))
    return { start, end: next.start, text: '' };
  if (begins || startOfGap(text, start) === start) return { start, end: endOfGap(text, end), text: '' };
  return { start: startOfGap(text, start), end, text: '' };
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

/** The end of the white space behind `offset`, on its line. */
function endOfGap(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}
