import { groupDigits } from '../service/text.ts';

/** Nobody misses to be told of work that is done after so many milliseconds. */
const DELAY = 1000;

/** So often the line is written anew at most, in milliseconds. */
const INTERVAL = 100;

/** What of a terminal progress needs. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

/**
 * Says on a terminal how far long work has come: a line that is written over and goes at the end. Silent where no person looks
 * on: in files, pipes, continuous integration and terminals that cannot go back in a line.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #verb: string;
  readonly #now: () => number;
  readonly #isSilent: boolean;
  /** When the line was last written. */
  #last = 0;
  #isShown = false;

  /**
   * @param verb what is done: `refining`
   * @param now the milliseconds since the program began
   */
  constructor(
    stream: ProgressStream,
    verb: string,
    env: NodeJS.ProcessEnv = process.env,
    now = () => performance.now(),
  ) {
    this.#stream = stream;
    this.#verb = verb;
    this.#now = now;
    this.#isSilent = stream.isTTY !== true || Boolean(env.CI) || env.TERM === 'dumb';
  }

  /** So many of all are done. */
  show(done: number, all: number): void {
    if (this.#isSilent || done === all) return;
    const now = this.#now();
    if (now < DELAY || (this.#last > 0 && now - this.#last < INTERVAL)) return;
    this.#last = now;
    this.#isShown = true;
    this.#stream.write(`\r${this.#verb} ${groupDigits(done)} of ${groupDigits(all)} …\x1b[K`);
  }

  /** Takes the line away: something else is written, or all is done. */
  hide(): void {
    if (this.#isShown) this.#stream.write('\r\x1b[K');
    this.#isShown = false;
  }
}
