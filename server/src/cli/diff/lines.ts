/** A text by its lines, counted from 0, each with the `\n` at its end. A text that ends with one has no empty line behind it. */
export class Lines {
  readonly text: string;
  /** Where each line starts. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts: number[] = [];
    for (let at = 0; at < text.length; ) {
      starts.push(at);
      const lineBreak = text.indexOf('\n', at);
      at = lineBreak < 0 ? text.length : lineBreak + 1;
    }
    this.text = text;
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Where a line starts; for one behind the last, where the text ends. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  line(line: number): string {
    return this.text.slice(this.startOf(line), this.startOf(line + 1));
  }

  /** The lines from one to before another. */
  *from(start: number, end: number): Iterable<string> {
    for (let line = start; line < end; line++) yield this.line(line);
  }

  /** The line that an offset lies on, be it at its end; behind the last line break, the number of lines. */
  at(offset: number): number {
    if (offset === this.text.length && offset > 0 && !this.text.endsWith('\n')) return this.count - 1;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startOf(middle + 1) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
