import { applyChanges, type TextChange } from '../../service/policy/model.ts';
import { Lines } from './lines.ts';

/** Lines of a text that give way to others. */
export interface LineChange {
  /** Which lines of the text go, counted from 0: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  /** The lines that come in their place, with their line breaks. */
  readonly added: readonly string[];
}

/**
 * Changes of a text as changes of whole lines, in ascending order, with lines that stay between them. What is the same at both
 * ends of one is left out. Takes time linear in the text and the changes, because nothing is compared but the lines that a
 * change lies on.
 */
export function* lineChanges(lines: Lines, changes: readonly TextChange[]): Iterable<LineChange> {
  let last: { readonly start: number; end: number; readonly added: string[] } | undefined;
  for (const change of onSameLines(lines, changes)) {
    const { start, end, added } = withoutSame(lines, change);
    if (last?.end === start) {
      last.end = end;
      for (const line of added) last.added.push(line);
    } else if (start < end || added.length > 0) {
      if (last) yield withoutSame(lines, last);
      last = { start, end, added: [...added] };
    }
  }
  // Lines that two changes took and gave may be the same.
  if (last) yield withoutSame(lines, last);
}

/** The changes by the lines that they share, be it that some of these stay. */
function* onSameLines(lines: Lines, changes: readonly TextChange[]): Iterable<LineChange> {
  let together: TextChange[] = [];
  let start = 0;
  let end = 0;
  for (const change of changes) {
    const first = lines.at(change.start);
    if (first >= end && together.length > 0) {
      yield rewrite(lines, start, end, together);
      together = [];
    }
    if (together.length === 0) start = first;
    together.push(change);
    // What follows on the last line joins the new text.
    end = Math.min(lines.at(change.end) + 1, lines.count);
  }
  if (together.length > 0) yield rewrite(lines, start, end, together);
}

function rewrite(lines: Lines, start: number, end: number, changes: readonly TextChange[]): LineChange {
  const from = lines.startOf(start);
  const moved = changes.map((change) => ({ ...change, start: change.start - from, end: change.end - from }));
  const after = new Lines(applyChanges(lines.text.slice(from, lines.startOf(end)), moved));
  return { start, end, added: [...after.from(0, after.count)] };
}

function withoutSame(lines: Lines, { start, end, added }: LineChange): LineChange {
  const most = Math.min(end - start, added.length);
  let head = 0;
  while (head < most && lines.line(start + head) === added[head]) head++;
  let tail = 0;
  while (tail < most - head && lines.line(end - tail - 1) === added[added.length - tail - 1]) tail++;
  return { start: start + head, end: end - tail, added: added.slice(head, added.length - tail) };
}
