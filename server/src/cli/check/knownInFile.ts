import type { KnownProblem } from './baselineFile.ts';
import type { CheckedPolicy, Problem } from './format.ts';
import { identify, keyOfIdentity } from './problemIdentity.ts';

/** What was met in a file that was looked at. */
export interface MetInFile {
  /** All problems, known or not. */
  readonly problems: readonly KnownProblem[];
  /** How many of the known problems were not met. */
  readonly gone: number;
}

/** The problems of one file that a baseline accepts, which are found again wherever they moved to. */
export class KnownInFile {
  /** How many are still to be met. */
  readonly #left: Map<string, number>;
  readonly #met = new Map<string, KnownProblem>();
  /** How many known problems were met. */
  known = 0;

  constructor(known: readonly KnownProblem[]) {
    this.#left = new Map(known.map((problem) => [keyOfIdentity(problem), problem.count]));
  }

  /** The problems of a policy that are not known. */
  newOf({ policy, problems }: CheckedPolicy): Problem[] {
    return problems.filter((problem) => {
      const identity = identify(policy, problem);
      const key = keyOfIdentity(identity);
      this.#met.set(key, { ...identity, count: (this.#met.get(key)?.count ?? 0) + 1 });
      const times = this.#left.get(key) ?? 0;
      if (times === 0) return true;
      this.#left.set(key, times - 1);
      this.known++;
      return false;
    });
  }

  /** What was met; to be asked for when all policies were looked at. */
  get met(): MetInFile {
    return { problems: [...this.#met.values()], gone: [...this.#left.values()].reduce((a, b) => a + b, 0) };
  }
}
