import { Analyzer } from '../../service/analysis.ts';
import { FileReading } from '../../service/findings/fileReading.ts';
import type { FindingsFile } from '../../service/findings/finding.ts';
import { FindingsIndex, type FindingsOptions } from '../../service/findings/findingsIndex.ts';
import { readFindings } from '../../service/findings/read.ts';
import { describeProblem } from '../findings.ts';
import type { Means } from '../setUp.ts';
import type { Request } from './request.ts';
import { UnusableLine } from './unusableLine.ts';

/** What a line's policy is looked at with. */
export interface FindingsOfLine {
  readonly analyzer: Analyzer;
  /** Whether they came with the line, and so are about its policy. */
  readonly isOwn: boolean;
  /** What is wrong with them or worth knowing, in words. */
  readonly problems: readonly string[];
  /** The first of what is wrong. */
  readonly failure?: string;
}

/** What findings that come with a line are called where a file's name would stand. */
const OWN_NAME = 'unused';

/**
 * So many lines are looked at with the common findings as they are. An index remembers what it has put together, for each principal
 * and each set of principals; after so many lines another one takes its place, which is made quickly.
 */
const LINES_AN_INDEX = 10_000;

/** Gives each line its findings, and keeps those of one line: policies of one role follow each other. */
export class FindingsOfLines {
  readonly #means: Means;
  readonly #options: FindingsOptions;
  #common: FindingsOfLine | undefined;
  #lines = 0;
  #last: { readonly raw: string; readonly findings: FindingsOfLine } | undefined;

  /** @param common the findings of the lines that have none of their own */
  constructor(means: Means, common: FindingsIndex | undefined, options: FindingsOptions) {
    this.#means = means;
    this.#options = options;
    this.#common = common && this.#lookWith(common);
  }

  /**
   * The findings of a line.
   * @throws UnusableLine where it has none
   */
  of(unused: Request['unused']): FindingsOfLine {
    if (!unused) return this.#commonOnes();
    if (this.#last?.raw === unused.raw) return this.#last.findings;
    const findings = this.#read(unused.value);
    this.#last = { raw: unused.raw, findings };
    return findings;
  }

  #commonOnes(): FindingsOfLine {
    if (!this.#common) throw new UnusableLine('it has no "unused", and no --findings are given');
    if (++this.#lines % LINES_AN_INDEX === 0)
      this.#common = this.#lookWith(new FindingsIndex(this.#common.analyzer.index.files, this.#options));
    return this.#common;
  }

  #read(value: unknown): FindingsOfLine {
    const file = this.#readFile(value);
    const index = new FindingsIndex([file], this.#options);
    const [problem] = file.problems;
    if (index.files.length === 0) throw new UnusableLine(`its "unused": ${problem?.message}`);
    const failed = file.problems.find(({ isNotice }) => !isNotice);
    return {
      ...this.#lookWith(index),
      isOwn: true,
      problems: file.problems.map(describeProblem),
      ...(failed && { failure: `its "unused": ${describeProblem(failed)}` }),
    };
  }

  #readFile(value: unknown): FindingsFile {
    const { catalogue } = this.#means;
    if (typeof value === 'string') return readFindings(value, OWN_NAME, catalogue);
    const reading = new FileReading(OWN_NAME, catalogue);
    reading.add({ start: 0, end: 0, parsed: { value } });
    return reading.finish();
  }

  #lookWith(index: FindingsIndex): FindingsOfLine {
    const { catalogue, settings } = this.#means;
    return { analyzer: new Analyzer(catalogue, index, settings), isOwn: false, problems: [] };
  }
}
