import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** How much text is held back before it is written, in UTF-16 units. */
const CHUNK = 1 << 20;

/** Writes text in large pieces: thousands of small writes take longer than making the text. Call `flush` at the end. */
export class BufferedOutput {
  readonly #stream: Writable;
  #pieces: string[] = [];
  #length = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Whether the text goes to a terminal, where people like colours. */
  get isTerminal(): boolean {
    return (this.#stream as Partial<NodeJS.WriteStream>).isTTY === true;
  }

  write(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    // On a terminal the text and the messages about it belong together.
    if (this.isTerminal || this.#length >= CHUNK) this.flush();
  }

  /** Resolves when whoever reads the text has caught up; `undefined` where nobody lags behind. */
  waitForRoom(): Promise<unknown> | undefined {
    return this.#stream.writableNeedDrain ? once(this.#stream, 'drain') : undefined;
  }

  flush(): void {
    if (this.#length > 0) this.#stream.write(this.#pieces.join(''));
    this.#pieces = [];
    this.#length = 0;
  }
}
