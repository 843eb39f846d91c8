import type { Position } from 'vscode-languageserver-types';

/** Line breaks are counted once for each stretch of so many UTF-16 units. */
const STRETCH = 1024 * 1024;

/**
 * Turns offsets into lines and columns, as LSP counts them. `TextDocument` lists all lines of a text for that: of a large
 * findings file, of which few places are ever looked at, those are millions.
 */
export class LinePositions {
  readonly #text: string;
  /** What is before each stretch: how many lines end, and where the last line starts. */
  readonly #before: { readonly line: number; readonly start: number }[] = [{ line: 0, start: 0 }];

  constructor(text: string) {
    this.#text = text;
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    const stretch = Math.floor(at / STRETCH);
    for (let known = this.#before.length; known <= stretch; known++)
      this.#before.push(this.#count(known - 1, known * STRETCH));
    const { line, start } = this.#count(stretch, at);
    return { line, character: at - start };
  }

  /** Counts from the beginning of a stretch to an offset in it. */
  #count(stretch: number, until: number): { line: number; start: number } {
    const from = stretch * STRETCH;
    const text = this.#text.slice(from, until);
    let { line, start } = this.#before[stretch] as { line: number; start: number };
    // Of a pair that lies in two stretches the first half was counted.
    const isHalf = start === from && text.startsWith('\n') && this.#text[from - 1] === '\r';
    if (isHalf) start++;
    const breaks = /\r\n?|\n/g;
    breaks.lastIndex = isHalf ? 1 : 0;
    while (breaks.test(text)) {
      line++;
      start = from + breaks.lastIndex;
    }
    return { line, start };
  }
}
