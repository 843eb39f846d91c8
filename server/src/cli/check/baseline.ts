import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeText } from '../../node/decodeText.ts';
import { explainFileError } from '../../node/fileErrors.ts';
import { count } from '../../service/text.ts';
import { toSlashes } from '../inputs.ts';
import type { Reporter } from '../reporter.ts';
import { writeAtomically } from '../writeAtomically.ts';
import { type BaselineFile, type KnownProblem, readBaseline, showBaseline } from './baselineFile.ts';
import type { CheckedPolicy, Problem } from './format.ts';
import { identify, keyOfIdentity } from './problemIdentity.ts';

/** The problems that a team has accepted, by `check --baseline`: they are found again wherever they moved to in their file. */
export class Baseline {
  readonly #file: string;
  readonly #known: BaselineFile;
  /** By file that was looked at and identity, how many are still to be met. */
  readonly #left = new Map<string, Map<string, number>>();
  /** What was met this time. */
  readonly #met = new Map<string, Map<string, KnownProblem>>();
  /** How many problems were known. */
  known = 0;

  private constructor(file: string, known: BaselineFile) {
    this.#file = file;
    this.#known = known;
  }

  /**
   * Reads a baseline; `undefined`, and the reason is reported, where it cannot be used.
   * @param isNew whether the file may be missing, because it is to be written
   */
  static async open(file: string, isNew: boolean, reporter: Reporter): Promise<Baseline | undefined> {
    try {
      if (isNew && !existsSync(file)) return new Baseline(file, new Map());
      return new Baseline(file, readBaseline(decodeText(await readFile(file))));
    } catch (error) {
      reporter.error(`--baseline ${file}: ${explainFileError(error)}; write it with --update-baseline`);
      return undefined;
    }
  }

  /** A file is looked at, be it once more: what is not found in it any more is gone. */
  lookAt(file: string): void {
    const name = this.#nameOf(file);
    const known = this.#known.get(name) ?? [];
    this.#met.set(name, new Map());
    this.#left.set(name, new Map(known.map((problem) => [keyOfIdentity(problem), problem.count])));
  }

  /** The problems of a policy that are not known. */
  newOf({ file, policy, problems }: CheckedPolicy): Problem[] {
    const name = this.#nameOf(file);
    const left = this.#left.get(name);
    const met = this.#met.get(name);
    return problems.filter((problem) => {
      const identity = identify(policy, problem);
      const key = keyOfIdentity(identity);
      met?.set(key, { ...identity, count: (met.get(key)?.count ?? 0) + 1 });
      const times = left?.get(key) ?? 0;
      if (times === 0) return true;
      left?.set(key, times - 1);
      this.known++;
      return false;
    });
  }

  /** Says how many of the accepted problems are gone from the files that were looked at. */
  reportGone(reporter: Reporter): void {
    const gone = [...this.#left.values()].flatMap((left) => [...left.values()]).reduce((a, b) => a + b, 0);
    const what = `${count(gone, 'problem')} that ${this.#file} accepts`;
    if (gone > 0) reporter.note(`${what} cannot be found any more; --update-baseline forgets what is gone`);
  }

  /** Accepts what was met. What is known of files that were not looked at stays, if they are still there. */
  write(reporter: Reporter): void {
    const folder = path.dirname(this.#file);
    const others = [...this.#known].filter(
      ([name]) => !this.#met.has(name) && (name === '-' || existsSync(path.resolve(folder, name))),
    );
    const met = [...this.#met].map(([name, problems]): [string, KnownProblem[]] => [name, [...problems.values()]]);
    const all: BaselineFile = new Map([...others, ...met]);
    try {
      writeAtomically(this.#file, Buffer.from(showBaseline(all)));
    } catch (error) {
      reporter.error(`--baseline ${this.#file}: ${explainFileError(error)}`);
      return;
    }
    const accepted = [...all.values()].flat().reduce((sum, problem) => sum + problem.count, 0);
    reporter.summary(`${this.#file}: ${count(accepted, 'problem')} accepted`);
  }

  /** A file's name in the baseline: relative to it, so that it is the same from every folder and on every machine. */
  #nameOf(file: string): string {
    return file === '-' ? file : toSlashes(path.relative(path.dirname(this.#file), file));
  }
}
