import { oneLine } from '../oneLine.ts';
import type { Problem } from './format.ts';

/** The line that a problem stands on, as far as it fits. */
export interface CodeFrame {
  /** The code without its indentation. */
  readonly code: string;
  /** Where in `code` the problem starts, and how long it is; it ends with the line. */
  readonly at: number;
  readonly length: number;
}

/** So much of a line is shown, and so much of that in front of the problem: a policy may be a single line. In UTF-16 units. */
const MAX_WIDTH = 100;
const MAX_BEFORE = 30;

/** The code around the start of a problem, safe to print. */
export function codeFrame(text: string, { column, span }: Problem): CodeFrame {
  const before = Math.min(column - 1, MAX_BEFORE);
  const from = span.start - before;
  const [line = ''] = text.slice(from, from + MAX_WIDTH).split(/[\r\n]/, 1);
  const cutBefore = column - 1 > before && /\S/.test(text.slice(span.start - column + 1, from)) ? '…' : '';
  const cutAfter = line.length === MAX_WIDTH ? '…' : '';
  const lead = cutBefore + show(line.slice(0, before), cutBefore === '');
  const marked = show(line.slice(before, before + span.end - span.start));
  const rest = show(line.slice(before + span.end - span.start)) + cutAfter;
  return { code: lead + marked + rest, at: lead.length, length: Math.max(1, marked.length) };
}

function show(text: string, isStart = false): string {
  return oneLine((isStart ? text.trimStart() : text).replaceAll('\t', ' '));
}
