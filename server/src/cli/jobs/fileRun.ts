import type { BufferedOutput } from '../bufferedOutput.ts';
import { FileAnalyzer } from '../fileAnalyzer.ts';
import { type Input, readStdin } from '../inputs.ts';
import { betweenFiles } from '../interruption.ts';
import { findNamesakes } from '../namesakes.ts';
import type { Progress } from '../progress.ts';
import type { Reporter } from '../reporter.ts';
import type { Setup } from '../setUp.ts';
import { countThreads } from './countThreads.ts';
import { Crew } from './crew.ts';
import { type FileReport, type Look, reportOn, type Task } from './fileReport.ts';
import { type Listing, listInputs, withoutOthers } from './listing.ts';
import { replay, type Said, type TextSink } from './recording.ts';
import type { Work } from './worker.ts';

/** What a command does with all files together, on the thread that it began on. */
export interface Together<Hint, Result> {
  /** What it knows of a file beforehand. */
  hintOf(input: Input): Hint;
  /** Takes what its look gave, in the order of the files. */
  add(result: Result, input: Input): void;
}

/**
 * The files that PATHs stand for, to be looked at one after the other, or on several threads where there is enough work. What
 * is said is the same, in the same order: all that depends on several files is done by the thread that began.
 */
export class FileRun<Hint, Result> {
  readonly #alone: boolean;
  readonly #listing: Listing;
  readonly #crew: Crew<Task<Hint>, FileReport<Result>> | undefined;

  /** Looks for the files, and starts threads, which prepare themselves meanwhile. Call `end` in any case. */
  constructor(paths: readonly string[], work: Work) {
    this.#alone = paths.length === 1;
    this.#listing = listInputs(paths);
    const threads = countThreads(this.#listing.inputs, paths, work);
    this.#crew = threads > 1 ? new Crew(threads, __filename, work) : undefined;
  }

  /** Looks at all files and says what is to be said of them. */
  async lookAtAll(
    setup: Setup,
    look: Look<Hint, Result>,
    { hintOf, add }: Together<Hint, Result>,
    { out, sink = out, reporter, progress }: Voices,
  ): Promise<void> {
    const { inputs, remarks } = await withoutOthers(this.#listing, setup.usedConfig);
    const stdin = inputs.some(({ file }) => file === '-') ? await readStdin() : undefined;
    const withBytes = (input: Input) => (stdin && input.file === '-' ? { ...input, bytes: stdin } : input);
    // What another configuration file holds for may be what a principal was made of as well.
    const namesakesOf = findNamesakes(this.#listing.inputs.map(withBytes), setup.analyzer.index);
    const taskOf = (index: number): Task<Hint> => {
      const input = withBytes(inputs[index] as Input);
      return {
        input,
        alone: this.#alone && input.named,
        namesakes: namesakesOf(input),
        hint: hintOf(input),
      };
    };
    const count = inputs.length;
    let given = 0;
    const say = (said: readonly Said[]) => {
      if (said.length === 0) return;
      progress.hide();
      replay(said, sink, reporter);
    };
    const give = ({ said, result }: FileReport<Result>) => {
      say(remarks.get(given) ?? []);
      say(said);
      if (result !== undefined) add(result, inputs[given] as Input);
      progress.show(++given, count);
    };
    if (this.#crew) {
      const failed = (index: number, why: string): FileReport<Result> => ({
        said: [['error', `${inputs[index]?.file}: ${why}`]],
      });
      const waitForRoom = () => out.waitForRoom();
      await this.#crew.doAll({ count, taskOf, give, sizeOf, failed, waitForRoom });
    } else {
      const analyzer = new FileAnalyzer(setup);
      for (let index = 0; index < count; index++) {
        give(await reportOn(taskOf(index), analyzer, look));
        await (out.waitForRoom() ?? betweenFiles());
      }
    }
    say(remarks.get(count) ?? []);
    progress.hide();
  }

  /** Lets the threads end what they have begun, and ends them. */
  async stop(): Promise<void> {
    await this.#crew?.stop();
  }

  /** Ends the threads. */
  async end(): Promise<void> {
    await this.#crew?.end();
  }
}

/** Where a run speaks. */
export interface Voices {
  readonly out: BufferedOutput;
  /** Takes what goes to `out`, where something comes between. */
  readonly sink?: TextSink;
  readonly reporter: Reporter;
  readonly progress: Progress;
}

function sizeOf({ said }: FileReport<unknown>): number {
  return 2 * said.reduce((sum, [, text]) => sum + text.length, 0);
}
