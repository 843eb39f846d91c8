import pc from 'picocolors';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { ReverseView } from '../service/reverse/reverseView.ts';
import { describeNotGranted } from '../service/reverse/wording.ts';
import type { BufferedOutput } from './bufferedOutput.ts';
import { endBetweenFiles } from './interruption.ts';
import { FileRun } from './jobs/fileRun.ts';
import { lookOfRefine, type RefinedFileSum, type RefineStyle } from './lookOfRefine.ts';
import { reportUnmatched } from './policies.ts';
import type { Progress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { type AnalysisOptions, setUp } from './setUp.ts';

export interface RefineOptions extends AnalysisOptions, Pick<RefineStyle, 'output'> {}

/** `iam-policy-refiner refine`: refines the policies of files and folders. What goes wrong is reported and the rest goes on. */
export async function refine(
  paths: readonly string[],
  options: RefineOptions,
  builtIn: Catalogue,
  out: BufferedOutput,
  reporter: Reporter,
  progress: Progress,
): Promise<void> {
  const style: RefineStyle = { output: options.output, hasColours: out.isTerminal && pc.isColorSupported };
  const run = new FileRun<undefined, RefinedFileSum>(paths, { options, command: { name: 'refine', options: style } });
  try {
    const setup = await setUp(options, builtIn, reporter);
    if (!setup) return;
    const reverse = new ReverseView(setup.analyzer);
    const unmatched: string[] = [];
    if (options.output === 'write') endBetweenFiles(() => run.stop());
    const together = {
      hintOf: () => undefined,
      add: (sum: RefinedFileSum) => {
        reverse.add(sum.granting);
        unmatched.push(...sum.unmatched);
      },
    };
    await run.lookAtAll(setup, lookOfRefine(style), together, { out, reporter, progress });
    reportUnmatched(unmatched, reporter);
    for (const view of reverse.notGranted()) reporter.note(describeNotGranted(view));
  } finally {
    await run.end();
  }
}
