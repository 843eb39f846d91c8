import type { Writable } from 'node:stream';
import { oneLine } from './oneLine.ts';

/** What takes messages for the user. */
export interface Messages {
  /** Something went wrong; the rest goes on, and the exit status becomes 2. */
  error(message: string): void;
  /** Something the user should know that is no failure. */
  note(message: string): void;
  /** A line of the summary. */
  summary(line: string): void;
}

/**
 * Says on standard error what the user must know, a line each whatever names of files are in it, and remembers whether anything
 * went wrong.
 */
export class Reporter implements Messages {
  /** The exit status: 2 once an error was reported, else 1 once a problem of the policies was found, else 0. */
  status: 0 | 1 | 2 = 0;
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  error(message: string): void {
    this.status = 2;
    this.#stream.write(`iam-policy-refiner: error: ${oneLine(message)}\n`);
  }

  /** Something is wrong with a policy, which is what the command was asked for: the exit status becomes 1. */
  found(): void {
    if (this.status === 0) this.status = 1;
  }

  note(message: string): void {
    this.#stream.write(`iam-policy-refiner: ${oneLine(message)}\n`);
  }

  summary(line: string): void {
    this.#stream.write(`${oneLine(line)}\n`);
  }
}
