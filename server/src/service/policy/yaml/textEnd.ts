import { lineStart } from '../lists/layout.ts';
import type { TextChange } from '../model.ts';

/**
 * The edits, which are in ascending order, where the last lines of a text without a line break at its end go: they take the line
 * break before them along, as one edit with all of the lines before them that go as well.
 */
export function takeLineBreakAlong(text: string, edits: TextChange[]): TextChange[] {
  const last = edits.at(-1);
  if (!last || !removesLines(text, last) || last.end < text.length || text.endsWith('\n')) return edits;
  let first = edits.length - 1;
  let { start } = last;
  for (
    let before = edits[first - 1];
    before && before.end === start && removesLines(text, before);
    before = edits[first - 1]
  ) {
    start = before.start;
    first--;
  }
  const eol = text[start - 2] === '\r' ? 2 : 1;
  return [...edits.slice(0, first), { start: Math.max(0, start - eol), end: last.end, text: '' }];
}

function removesLines(text: string, { start, end, text: added }: TextChange): boolean {
  return added === '' && end > start && lineStart(text, start) === start;
}
