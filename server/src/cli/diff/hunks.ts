import type { LineChange } from './lineChanges.ts';
import type { Lines } from './lines.ts';

/** How many lines that stay are shown around those that change. */
const CONTEXT = 3;

/** The hunks of a unified diff. Changes so near to each other that their context would touch share a hunk. */
export function* hunks(lines: Lines, changes: Iterable<LineChange>): Iterable<string> {
  let near: LineChange[] = [];
  /** How many more lines there are in the new text than in the old one, up to the hunk. */
  let shift = 0;
  for (const change of changes) {
    const last = near.at(-1);
    if (last && change.start - last.end > 2 * CONTEXT) {
      yield hunk(lines, near, shift);
      for (const { start, end, added } of near) shift += added.length - (end - start);
      near = [];
    }
    near.push(change);
  }
  if (near.length > 0) yield hunk(lines, near, shift);
}

function hunk(lines: Lines, changes: readonly LineChange[], shift: number): string {
  const start = Math.max(0, (changes[0]?.start ?? 0) - CONTEXT);
  const end = Math.min(lines.count, (changes.at(-1)?.end ?? 0) + CONTEXT);
  const shown: string[] = [];
  let at = start;
  let grown = 0;
  for (const change of changes) {
    for (const line of lines.from(at, change.start)) shown.push(show(' ', line));
    for (const line of lines.from(change.start, change.end)) shown.push(show('-', line));
    for (const line of change.added) shown.push(show('+', line));
    at = change.end;
    grown += change.added.length - (change.end - change.start);
  }
  for (const line of lines.from(at, end)) shown.push(show(' ', line));
  const count = end - start;
  return `@@ -${range(start, count)} +${range(start + shift, count + grown)} @@\n${shown.join('')}`;
}

/** Lines are counted from 1; an empty range stands behind the line that it names. */
function range(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function show(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}
