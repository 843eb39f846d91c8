import type { Span } from '../../json/span.ts';
import { lineEnd, lineStart, startsLine } from '../lists/layout.ts';
import type { TextChange } from '../model.ts';
import { HCL_COMMENTS } from './comments.ts';

/**
 * Removes blocks with their lines and with the comments directly above them, and of the blank lines beside them as many as leave one between those that stay.
 *
 * @param blocks all blocks of a kind, in the order in which they stand
 */
export function* removeBlocks(text: string, blocks: readonly Span[], removed: ReadonlySet<Span>): Iterable<TextChange> {
  const starts = new Set([...removed].map(({ start }) => start));
  const ordered = blocks.toSorted((a, b) => a.start - b.start);
  for (let first = 0; first < ordered.length; first++) {
    if (!starts.has((ordered[first] as Span).start)) continue;
    let last = first;
    while (
      last + 1 < ordered.length &&
      starts.has((ordered[last + 1] as Span).start) &&
      isBlank(text, ordered[last] as Span, ordered[last + 1] as Span)
    )
      last++;
    yield removeLines(text, (ordered[first] as Span).start, (ordered[last] as Span).end);
    first = last;
  }
}

function isBlank(text: string, { end }: Span, { start }: Span): boolean {
  return text.slice(end, start).trim() === '';
}

function removeLines(text: string, start: number, end: number): TextChange {
  const hasLines = startsLine(text, start) && HCL_COMMENTS.isAllOf(text.slice(end, lineEnd(text, end)));
  if (!hasLines) return { start, end, text: '' };
  const from = withComments(text, lineStart(text, start));
  const to = nextLine(text, end);
  const above = lineAbove(text, from);
  const isBlankAbove = above !== undefined && above.text === '';
  const isFirst = above === undefined || above.text.endsWith('{');
  const below = text.slice(to, lineEnd(text, to)).trim();
  if (below === '' && to < text.length && (isBlankAbove || isFirst))
    return { start: from, end: nextLine(text, to), text: '' };
  if (below.startsWith('}') && isBlankAbove) return { start: above.start, end: to, text: '' };
  return { start: from, end: to, text: '' };
}

/** From the first of the comments on that stand, without a blank line, above the line that starts at `start`. */
function withComments(text: string, start: number): number {
  let from = start;
  for (let above = lineAbove(text, from); above && above.text !== ''; above = lineAbove(text, from)) {
    const isClosing = above.text.endsWith('*/');
    const opening = isClosing ? text.lastIndexOf('/*', from) : above.start;
    if (!startsLine(text, opening)) break;
    if (!isClosing && !/^(?:#|\/\/)/.test(above.text)) break;
    from = lineStart(text, opening);
  }
  return from;
}

/** The start of the line below that of `offset`; the end of the text where there is none. */
function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** The line above the one that starts at `start`, without the white space around its text. */
function lineAbove(text: string, start: number): { readonly start: number; readonly text: string } | undefined {
  if (start === 0) return undefined;
  const above = lineStart(text, start - 1);
  return { start: above, text: text.slice(above, start).trim() };
}
