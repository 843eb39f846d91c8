/** A fact and where it stands: behind a line, so many columns to the right of its end. */
export interface FactLine {
  readonly line: number;
  readonly gap: number;
  readonly text: string;
}

/** The columns between the widest line and the facts. */
const GAP = 4;

/**
 * Places facts in a column to the right of a text, one a line, above the first line that a refinement changed: to that line an
 * editor scrolls. Where there are not enough lines, all stand behind one.
 */
export function placeFacts(
  facts: readonly string[],
  lines: readonly string[],
  before: readonly string[],
  tabSize: number,
): FactLine[] {
  if (facts.length === 0 || lines.length === 0) return [];
  if (lines.length < facts.length) return [{ line: 0, gap: GAP, text: facts.join(' · ') }];
  const changed = lines.findIndex((line, index) => line !== before[index]);
  const first = Math.min(Math.max(0, changed - facts.length), lines.length - facts.length);
  const widths = lines.slice(first, first + facts.length).map((line) => widthOf(line, tabSize));
  const column = Math.max(...widths) + GAP;
  return facts.map((text, index) => ({ line: first + index, gap: column - (widths[index] ?? 0), text }));
}

function widthOf(line: string, tabSize: number): number {
  let width = 0;
  for (const character of line) width += character === '\t' ? tabSize - (width % tabSize) : 1;
  return width;
}
