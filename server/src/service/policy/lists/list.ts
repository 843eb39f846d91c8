import type { Span } from '../../json/span.ts';
import type { ItemList, TextChange } from '../model.ts';
import { reflowTexts } from './format.ts';
import { indentOf, isMultiLine, type Layout, lineEnd, startsLine } from './layout.ts';
import { removals } from './removals.ts';

/**
 * Edits a list between brackets: items are replaced in place or, by nothing, removed with their comma and, where they have a line to
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
  changes.push(...removals(text, layout.comments, list, removed));
  changes.sort((a, b) => a.start - b.start);
  return reflow(text, list, changes, replacements, layout) ?? changes;
}

/** Adds items behind the last one, which keeps the comment that ends its line. The list must have an item. */
export function appendToList(text: string, list: ItemList, texts: readonly string[], layout: Layout): TextChange[] {
  const last = list.items.at(-1) as Span;
  const separator = separatorOf(text, list, layout);
  const comma = layout.comments.skip(text, last.end);
  const hasTrailingComma = text[comma] === ',';
  const behind = hasTrailingComma ? comma + 1 : last.end;
  const rest = text.slice(behind, lineEnd(text, behind));
  const added = texts.join(separator);
  if (!separator.includes(layout.eol)) {
    const changes = [{ start: behind, end: behind, text: hasTrailingComma ? ` ${added},` : separator + added }];
    return reflowTexts(text, list, changes, () => [...itemTexts(text, list), ...texts], layout) ?? changes;
  }
  const start = layout.comments.isAllOf(rest) ? behind + rest.trimEnd().length : behind;
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
