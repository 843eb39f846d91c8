import type { Span } from '../../json/span.ts';
import { lineEnd, lineStart } from '../lists/layout.ts';
import { applyChanges, type TextChange } from '../model.ts';

/**
 * Keeps aligned what `terraform fmt` aligns: the `=` of attributes in lines that follow each other, and the comments that end
 * such lines. Where the author has not aligned them, nothing is added.
 *
 * @param span what the edits are in; its lines are looked at
 * @param edits in ascending order
 */
export function keepAligned(text: string, span: Span, edits: readonly TextChange[]): TextChange[] {
  const start = lineStart(text, span.start);
  const before = text.slice(start, lineEnd(text, span.end));
  if (before.includes('<<') || misplaced(before).length > 0) return [...edits];
  const moved = edits.map((edit) => ({ start: edit.start - start, end: edit.end - start, text: edit.text }));
  const gaps = misplaced(applyChanges(before, moved));
  return placeGaps(moved, gaps).map((edit) => ({ start: edit.start + start, end: edit.end + start, text: edit.text }));
}

/** A gap that is to be as wide as `text`. */
type Gap = TextChange;

/** Puts changes of gaps, in offsets of the text after the edits, among the edits, in offsets of the text before. */
function placeGaps(edits: readonly TextChange[], gaps: readonly Gap[]): TextChange[] {
  const placed: TextChange[] = [];
  let growth = 0;
  const rest = [...gaps];
  const placeUntil = (end: number) => {
    while (rest[0] && rest[0].end <= end) {
      const { start, end: stop, text } = rest.shift() as Gap;
      placed.push({ start: start - growth, end: stop - growth, text });
    }
  };
  for (const edit of edits) {
    const start = edit.start + growth;
    const end = start + edit.text.length;
    placeUntil(start);
    const inside: Gap[] = [];
    // What is half inside an edit stays as it is: a gap is not worth a risk.
    while (rest[0] && rest[0].start < end) inside.push(rest.shift() as Gap);
    const whole = inside.filter((gap) => gap.start >= start && gap.end <= end);
    const own = whole.map((gap) => ({ start: gap.start - start, end: gap.end - start, text: gap.text }));
    placed.push({ start: edit.start, end: edit.end, text: applyChanges(edit.text, own) });
    growth += edit.text.length - (edit.end - edit.start);
  }
  placeUntil(Number.POSITIVE_INFINITY);
  return placed;
}

/** A line by what is aligned in it, in offsets of the text: where the `=` and the comment stand, and the gaps before them. */
interface Cells {
  readonly start: number;
  readonly assign?: Span;
  /** The gap before the `=` of a value that goes on in other lines: it is aligned with nothing. */
  readonly alone?: Span;
  readonly comment?: Span;
}

/** The gaps of a text that are not as wide as `terraform fmt` makes them. */
function misplaced(text: string): Gap[] {
  const lines = [...text.matchAll(/[^\n]*\n?/g)].map(({ 0: line, index }) =>
    cellsOf(line.replace(/\r?\n$/, ''), index),
  );
  const gaps: Gap[] = [];
  const shifts = new Map<Cells, number>();
  for (const chain of chains(lines, ({ assign }) => assign)) {
    const width = Math.max(...chain.map(({ start, assign }) => (assign as Span).start - start));
    for (const line of chain) {
      const { start, end } = line.assign as Span;
      const spaces = width - (start - line.start) + 1;
      shifts.set(line, spaces - (end - start));
      if (spaces !== end - start) gaps.push({ start, end, text: ' '.repeat(spaces) });
    }
  }
  for (const { alone } of lines) if (alone && alone.end - alone.start !== 1) gaps.push({ ...alone, text: ' ' });
  for (const chain of chains(lines, ({ comment }) => comment)) {
    const widthOf = (line: Cells) => (line.comment as Span).start - line.start + (shifts.get(line) ?? 0);
    const width = Math.max(...chain.map(widthOf));
    for (const line of chain) {
      const { start, end } = line.comment as Span;
      const spaces = width - widthOf(line) + 1;
      if (spaces !== end - start) gaps.push({ start, end, text: ' '.repeat(spaces) });
    }
  }
  return gaps.sort((a, b) => a.start - b.start);
}

/** The stretches of lines that have a cell, one after another. */
function* chains(lines: readonly Cells[], cell: (line: Cells) => Span | undefined): Iterable<Cells[]> {
  let chain: Cells[] = [];
  for (const line of [...lines, undefined]) {
    if (line && cell(line)) {
      chain.push(line);
      continue;
    }
    if (chain.length > 0) yield chain;
    chain = [];
  }
}

function cellsOf(line: string, start: number): Cells {
  const at = (gap: string, end: number): Span => ({ start: start + end - gap.length, end: start + end });
  const { comment, brackets } = scan(line);
  const key = /^\s*[\w"-]+(\s*)=(?![=>])/.exec(line);
  const code = comment < 0 ? line : line.slice(0, comment);
  const gap = /\s*$/.exec(code)?.[0] ?? '';
  return {
    start,
    ...(key && { [brackets === 0 ? 'assign' : 'alone']: at(key[1] ?? '', key[0].length - 1) }),
    ...(comment >= 0 && code.trim() !== '' && { comment: at(gap, comment) }),
  };
}

/** Where the comment begins that ends a line, and how many more brackets it opens than it closes. */
function scan(line: string): { readonly comment: number; readonly brackets: number } {
  let brackets = 0;
  for (let i = 0; i < line.length; i++) {
    const rest = line.slice(i, i + 2);
    if (line[i] === '"') i = endOfString(line, i);
    else if (line[i] === '#' || rest === '//' || (rest === '/*' && /^\/\*(?:(?!\*\/).)*\*\/\s*$/.test(line.slice(i))))
      return { comment: i, brackets };
    else if (line[i] && '([{'.includes(line[i] as string)) brackets++;
    else if (line[i] && ')]}'.includes(line[i] as string)) brackets--;
  }
  return { comment: -1, brackets };
}

function endOfString(line: string, start: number): number {
  let end = start + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
  return end;
}
