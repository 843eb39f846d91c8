/** A fact and where it stands: behind a line, so many columns to the right of its end. */
export interface FactLine {
  readonly line: number;
  readonly gap: number;
  readonly text: string;
}

/** The columns between the widest line and the facts. */
const GAP = 4;

/**
 * Places facts in a column to the right of the first lines of a text, one a line; where the text is too short for that, all
 * behind its first line.
 */
export function placeFacts(lines: readonly string[], facts: readonly string[], tabSize: number): FactLine[] {
  if (facts.length === 0) return [];
  if (lines.length < facts.length) return [{ line: 0, gap: GAP, text: facts.join(' · ') }];
  const widths = lines.slice(0, facts.length).map((line) => widthOf(line, tabSize));
  const column = Math.max(...widths) + GAP;
  return facts.map((text, line) => ({ line, gap: column - (widths[line] ?? 0), text }));
}

function widthOf(line: string, tabSize: number): number {
  let width = 0;
  for (const character of line) width += character === '\t' ? tabSize - (width % tabSize) : 1;
  return width;
}
