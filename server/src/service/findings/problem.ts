import type { JsonPlace } from '../json/locate.ts';

/** What is wrong in a findings file. */
export interface FindingsProblem {
  readonly code: FindingsProblemCode;
  readonly message: string;
  /** What stands at the offending place: a value, or an offset into a text that is no JSON. */
  readonly at: JsonPlace | number;
  /** The commands that fetch what is missing, to be run one after another in a shell. */
  readonly commands?: readonly string[];
  /** What the commands are for, as one says it behind `to`: `fetch the actions (12 findings)`. */
  readonly purpose?: string;
  /** Nothing is wrong with the file; it only says less than it could, such as the report of a job that is still running. */
  readonly isNotice?: true;
}

/**
 * `invalid-findings`: it makes no sense; `findings-without-actions`: an export that names no actions;
 * `truncated-findings`: its last page is missing.
 */
type FindingsProblemCode = 'invalid-findings' | 'findings-without-actions' | 'truncated-findings';

/** So many problems of a file are listed, more than anyone reads. A file with a million odd names must not fill the memory. */
export const MAX_PROBLEMS = 1000;

/** Collects the problems of one file, the first ones of a file that has more than anyone reads. */
export class ProblemList {
  readonly #problems: FindingsProblem[] = [];
  #isCut = false;

  add(problem: FindingsProblem): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
    else this.#isCut = true;
  }

  get all(): readonly FindingsProblem[] {
    const last = this.#problems.at(-1);
    if (!this.#isCut || !last) return this.#problems;
    return [...this.#problems, { code: 'invalid-findings', message: 'More problems are not listed', at: last.at }];
  }
}
