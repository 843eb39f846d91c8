/** Stands for a line that is longer than the limit: nothing of it is kept. */
export const TOO_LONG = Symbol('too long');

/** One line of a stream, without its line feed. */
export type Line = Buffer | typeof TOO_LONG;

const LINE_FEED = 0x0a;

/**
 * The lines of a stream, as many at once as each part of it completes; a last line that lacks its line feed counts as well. Nothing is
 * read ahead of who takes them, and never more is held than one part and one line.
 *
 * @param limit the length of a line in bytes from which on it is too long
 */
export async function* readLines(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line[]> {
  const open = new OpenLine(limit);
  for await (const part of stream) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = part.indexOf(LINE_FEED); end >= 0; end = part.indexOf(LINE_FEED, start)) {
      lines.push(open.end(part.subarray(start, end)));
      start = end + 1;
    }
    open.add(part.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (open.length > 0) yield [open.end(Buffer.alloc(0))];
}

/** A line whose end has not come yet. */
class OpenLine {
  length = 0;
  readonly #limit: number;
  #parts: Buffer[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length > this.#limit) this.#parts = [];
    else this.#parts.push(part);
  }

  /** Ends the line with its last part; another one begins. */
  end(part: Buffer): Line {
    const isWhole = this.length === 0;
    this.add(part);
    const line = this.length > this.#limit ? TOO_LONG : isWhole ? part : Buffer.concat(this.#parts);
    this.length = 0;
    this.#parts = [];
    return line;
  }
}
