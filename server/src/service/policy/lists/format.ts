import type { Span } from '../../json/span.ts';
import type { ItemList, TextChange } from '../model.ts';
import { isMultiLine, type Layout, lineEnd, lineStart, MAX_COLUMNS } from './layout.ts';

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
  const { eol, indentUnit, closesBehindItem } = layout;
  return `[${eol}${texts.map((item) => indent + indentUnit + item).join(`,${eol}`)}${closesBehindItem ? '' : eol + indent}]`;
}

/** The whole list anew, an item a line, when changes would make a one-line list too wide. */
export function reflowTexts(
  text: string,
  list: ItemList,
  changes: readonly TextChange[],
  texts: () => readonly string[],
  layout: Layout,
): TextChange[] | undefined {
  if (layout.minified || isMultiLine(text, list) || layout.comments.isIn(text, list.start, list.end)) return undefined;
  const width = lineEnd(text, list.end) - lineStart(text, list.start);
  const growth = changes.reduce((sum, change) => sum + change.text.length - (change.end - change.start), 0);
  if (growth <= 0 || width + growth <= MAX_COLUMNS) return undefined;
  const trailing = text.slice((list.items.at(-1) as Span).end, list.end).includes(',');
  const formatted = formatList(texts(), width, layout.indentAt(text, list.start), layout);
  return [
    {
      start: list.start,
      end: list.end,
      text: trailing ? formatted.replace(/(?=(?:\r?\n[ \t]*)?\]$)/, ',') : formatted,
    },
  ];
}
