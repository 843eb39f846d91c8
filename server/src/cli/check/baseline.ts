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
import type { MetInFile } from './knownInFile.ts';

/** The problems that a team has accepted, by `check --baseline`: they are found again wherever they moved to in their file. */
export class Baseline {
  readonly #file: string;
  /** As it was read; `undefined` for a new one. */
  readonly #bytes: Uint8Array | undefined;
  readonly #known: BaselineFile;
  /** By file that was looked at. */
  readonly #met = new Map<string, MetInFile>();

  private constructor(file: string, bytes: Uint8Array | undefined) {
    this.#file = file;
    this.#bytes = bytes;
    this.#known = bytes ? readBaseline(decodeText(bytes)) : new Map();
  }

  /**
   * Reads a baseline; `undefined`, and the reason is reported, where it cannot be used.
   * @param isNew whether the file may be missing, because it is to be written
   */
  static async open(file: string, isNew: boolean, reporter: Reporter): Promise<Baseline | undefined> {
    try {
      return new Baseline(file, isNew && !existsSync(file) ? undefined : await readFile(file));
    } catch (error) {
      reporter.error(`--baseline ${file}: ${explainFileError(error)}; write it with --update-baseline`);
      return undefined;
    }
  }

  /** The problems of a file that are known. */
  knownOf(file: string): readonly KnownProblem[] {
    return this.#known.get(this.#nameOf(file)) ?? [];
  }

  /** A file was looked at, be it once more: what was not met in it is gone. */
  add(file: string, met: MetInFile): void {
    this.#met.set(this.#nameOf(file), met);
  }

  /** Says how many of the accepted problems are gone from the files that were looked at. */
  reportGone(reporter: Reporter): void {
    const gone = [...this.#met.values()].reduce((sum, met) => sum + met.gone, 0);
    const what = `${count(gone, 'problem')} that ${this.#file} accepts`;
    if (gone > 0) reporter.note(`${what} cannot be found any more; --update-baseline forgets what is gone`);
  }

  /** Accepts what was met. What is known of files that were not looked at stays, if they are still there. */
  write(reporter: Reporter): void {
    const folder = path.dirname(this.#file);
    const others = [...this.#known].filter(
      ([name]) => !this.#met.has(name) && (name === '-' || existsSync(path.resolve(folder, name))),
    );
    const met = [...this.#met].map(([name, { problems }]) => [name, problems] as const);
    const all: BaselineFile = new Map([...others, ...met]);
    try {
      writeAtomically(this.#file, Buffer.from(showBaseline(all)), this.#bytes);
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
