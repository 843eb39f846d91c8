import type { Messages } from '../reporter.ts';

/** Something that was said: where to, and the text. */
export type Said = readonly [to: 'out' | keyof Messages, text: string];

/** Where text goes that users asked for. */
export interface TextSink {
  write(text: string): void;
}

/** Takes down what is said, in order, so that it can be handed to another thread and said when its turn has come. */
export class Recording implements Messages, TextSink {
  readonly #said: { push(said: Said): unknown };

  /** @param said where to take it down */
  constructor(said: { push(said: Said): unknown }) {
    this.#said = said;
  }

  write(text: string): void {
    if (text !== '') this.#said.push(['out', text]);
  }

  error(message: string): void {
    this.#said.push(['error', message]);
  }

  note(message: string): void {
    this.#said.push(['note', message]);
  }

  summary(line: string): void {
    this.#said.push(['summary', line]);
  }
}

/** Says what was taken down. */
export function replay(said: readonly Said[], out: TextSink, reporter: Messages): void {
  for (const [to, text] of said) {
    if (to === 'out') out.write(text);
    else reporter[to](text);
  }
}
