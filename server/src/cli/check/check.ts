import pc from 'picocolors';
import type { Catalogue } from '../../service/actions/catalogue.ts';
import { ReverseView } from '../../service/reverse/reverseView.ts';
import type { BufferedOutput } from '../bufferedOutput.ts';
import { FileRun } from '../jobs/fileRun.ts';
import { reportUnmatched } from '../policies.ts';
import type { Progress } from '../progress.ts';
import type { Reporter } from '../reporter.ts';
import { type AnalysisOptions, setUp } from '../setUp.ts';
import { Baseline } from './baseline.ts';
import type { KnownProblem } from './baselineFile.ts';
import { FORMATS } from './formats.ts';
import { FormatWriter } from './formatWriter.ts';
import { type CheckedFileSum, type CheckStyle, lookOfCheck } from './lookOfCheck.ts';
import { addTotals, totalsOf } from './totals.ts';

export const CHECK_FORMATS = Object.keys(FORMATS);

export interface CheckOptions extends AnalysisOptions, Omit<CheckStyle, 'hasColours'> {
  /** Whether a policy to which no findings apply is an error. */
  readonly requireFindings: boolean;
  /** So many unused actions are no failure. */
  readonly maxUnused: number;
  /** The file with the problems that are accepted, and whether it is to be written with those that are there now. */
  readonly baseline?: string;
}

/**
 * `iam-policy-refiner check`: says what the policies of files and folders grant that is unused, and what is reported that none
 * of them grants. Changes nothing. What goes wrong is reported and the rest goes on.
 */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  builtIn: Catalogue,
  out: BufferedOutput,
  reporter: Reporter,
  progress: Progress,
): Promise<void> {
  const { format, severity, updateBaseline, maxUnused, baseline: file } = options;
  const style: CheckStyle = { format, severity, updateBaseline, hasColours: out.isTerminal && pc.isColorSupported };
  const run = new FileRun<readonly KnownProblem[] | undefined, CheckedFileSum>(paths, {
    options,
    command: { name: 'check', options: style },
  });
  try {
    const setup = await setUp(options, builtIn, reporter);
    if (!setup) return;
    const baseline = file === undefined ? undefined : await Baseline.open(file, updateBaseline, reporter);
    if (file !== undefined && !baseline) return;
    const writer = new FormatWriter(new FORMATS[format](style), out);
    const reverse = new ReverseView(setup.analyzer);
    let totals = totalsOf([], undefined);
    const unmatched: string[] = [];
    const together = {
      hintOf: (input: { readonly file: string }) => baseline?.knownOf(input.file),
      add: ({ granting, checked }: CheckedFileSum, input: { readonly file: string }) => {
        reverse.add(granting);
        if (!checked) return;
        totals = addTotals(totals, checked.totals);
        unmatched.push(...checked.unmatched);
        if (checked.met) baseline?.add(input.file, checked.met);
      },
    };
    await run.lookAtAll(setup, lookOfCheck(style), together, { out, sink: writer, reporter, progress });
    const withoutPolicy = reverse.withoutPolicy.map((principal) => reverse.nameOf(principal));
    writer.end({ notGranted: reverse.notGranted(), withoutPolicy, totals });
    reportUnmatched(unmatched, reporter, options.requireFindings);
    if (updateBaseline) baseline?.write(reporter);
    else baseline?.reportGone(reporter);
    if (totals.problems > 0 && (maxUnused === 0 || totals.unused > maxUnused)) reporter.found();
  } finally {
    await run.end();
  }
}
