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

/** Adds items behind the last one, which keeps the comment that ends its line. The list must have an item. */
export function appendToList(text: string, list: ItemList, texts: readonly string[], layout: Layout): TextChange[] {
  const last = list.items.at(-1) as Span;
  const separator = separatorOf(text, list, layout);
  const comma = skipTrivia(text, last.end);
  const hasTrailingComma = text[comma] === ',';
  const behind = hasTrailingComma ? comma + 1 : last.end;
  const rest = text.slice(behind, lineEnd(text, behind));
  const added = texts.join(separator);
  if (!separator.includes(layout.eol)) {
    const changes = [{ start: behind, end: behind, text: hasTrailingComma ? ` ${added},` : separator + added }];
    return reflowTexts(text, list, changes, () => [...itemTexts(text, list), ...texts], layout) ?? changes;
  }
  const start = isBlankOrComment(rest) ? behind + rest.trimEnd().length : behind;
  const line = separator.slice(1) + added + (hasTrailingComma ? ',' : '');
  if (hasTrailingComma) return [{ start, end: start, text: line }];
  if (start === behind) return [{ start, end: start, text: `,${line}` }];
  return [
    { start: behind, end: behind, text: ',' },
    { start, end: start, text: line },
  ];
}

function itemTexts(text: string, list: ItemList): string[] {
  return list.items.map(({ start, end }) => text.slice(start, end));
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
  const tail = cutTail(text, items, removed);
  if (tail) yield tail;
  const end = tail ? items.findLastIndex((_, index) => !removed(index)) : items.length;
  const leading = items.some((_, index) => index > 0 && hasLeadingComma(text, items, index));
  const cells = items.map((_, index) => (leading ? withCommaBefore : withCommaBehind)(text, items, index));
  if (leading) yield* removeCommaOfFirst(text, items, removed);
  else if (!tail) yield* removeCommaOfLast(text, items, removed);
  for (let first = 0; first < end; first++) {
    if (!removed(first)) continue;
    let last = first;
    while (
      last + 1 < end &&
      removed(last + 1) &&
      !hasComment(text, (cells[last] as Span).end, (cells[last + 1] as Span).start)
    )
      last++;
    yield removeStretch(text, (cells[first] as Span).start, (cells[last] as Span).end, cells[last + 1]);
    first = last;
  }
}

/** Removes all behind the last item that stays in one, where no comment is in it and something stands behind it on its line. */
function cutTail(text: string, items: readonly Span[], removed: (index: number) => boolean): TextChange | undefined {
  const lastKept = items.findLastIndex((_, index) => !removed(index));
  const tail = items.slice(lastKept);
  const [kept, first] = tail;
  const last = tail.at(-1);
  if (!kept || !first || !last) return undefined;
  if (tail.slice(1).some(({ start }, i) => hasComment(text, (tail[i] as Span).end, start))) return undefined;
  const afterTail = skipTrivia(text, last.end);
  const behind = text[afterTail] === ',' ? afterTail + 1 : last.end;
  if (startsLine(text, first.start) && isBlankOrComment(text.slice(behind, lineEnd(text, behind)))) return undefined;
  return { start: kept.end, end: last.end, text: '' };
}

/** The offset of the comma between an item and the one before it. */
function commaBefore(text: string, items: readonly Span[], index: number): number {
  return skipTrivia(text, (items[index - 1] as Span).end);
}

/** Whether the comma before an item begins the item's line. */
function hasLeadingComma(text: string, items: readonly Span[], index: number): boolean {
  const comma = commaBefore(text, items, index);
  return startsLine(text, comma) && !isMultiLine(text, { start: comma, end: (items[index] as Span).start });
}

function withCommaBefore(text: string, items: readonly Span[], index: number): Span {
  const item = items[index] as Span;
  return index === 0 ? item : { start: commaBefore(text, items, index), end: item.end };
}

function withCommaBehind(text: string, items: readonly Span[], index: number): Span {
  const item = items[index] as Span;
  const comma = skipTrivia(text, item.end);
  return text[comma] === ',' ? { start: item.start, end: comma + 1 } : item;
}

/** Where commas lead: the first item that stays needs none. */
function* removeCommaOfFirst(
  text: string,
  items: readonly Span[],
  removed: (index: number) => boolean,
): Iterable<TextChange> {
  const first = items.findIndex((_, index) => !removed(index));
  if (first <= 0) return;
  const comma = commaBefore(text, items, first);
  const end = endOfGap(text, comma + 1);
  yield { start: comma, end, text: startsLine(text, comma) ? ' '.repeat(end - comma) : '' };
}

/** Where commas follow: the last item that stays needs none, but for a trailing one of the author's. */
function* removeCommaOfLast(
  text: string,
  items: readonly Span[],
  removed: (index: number) => boolean,
): Iterable<TextChange> {
  const last = items.findLastIndex((_, index) => !removed(index));
  if (last === items.length - 1 || text[skipTrivia(text, (items.at(-1) as Span).end)] === ',') return;
  const comma = commaBefore(text, items, last + 1);
  const aloneOnLine = startsLine(text, comma) && text.slice(comma + 1, lineEnd(text, comma)).trim() === '';
  yield aloneOnLine ? removeLines(text, comma, comma) : { start: comma, end: comma + 1, text: '' };
}

/** Removes what stands from `start` to `end`: with its line, where nothing but a comment is left on it; else with the gap beside it. */
function removeStretch(text: string, start: number, end: number, next: Span | undefined): TextChange {
  const begins = startsLine(text, start);
  if (begins && isBlankOrComment(text.slice(end, lineEnd(text, end)))) return removeLines(text, start, end);
  if (next && !hasComment(text, end, next.start) && !isMultiLine(text, { start: end, end: next.start }))
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
  const texts = () => itemTexts(text, list).flatMap((item, index) => replacements.get(index) ?? [item]);
  return reflowTexts(text, list, changes, texts, layout);
}

function reflowTexts(
  text: string,
  list: ItemList,
  changes: readonly TextChange[],
  texts: () => readonly string[],
  layout: Layout,
): TextChange[] | undefined {
  if (layout.minified || isMultiLine(text, list) || hasComment(text, list.start, list.end)) return undefined;
  const width = lineEnd(text, list.end) - lineStart(text, list.start);
  const growth = changes.reduce((sum, change) => sum + change.text.length - (change.end - change.start), 0);
  if (growth <= 0 || width + growth <= MAX_COLUMNS) return undefined;
  const trailing = text.slice((list.items.at(-1) as Span).end, list.end).includes(',');
  const formatted = formatList(texts(), width, indentOf(text, list.start), layout);
  return [
    { start: list.start, end: list.end, text: trailing ? formatted.replace(/(?=\r?\n[ \t]*\]$)/, ',') : formatted },
  ];
}
