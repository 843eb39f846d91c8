import type { Catalogue } from '../service/actions/catalogue.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import { refineOutcome } from '../service/outcome.ts';
import type { TextChange } from '../service/policy/model.ts';
import { ReverseView } from '../service/reverse/reverseView.ts';
import { describeNotGranted } from '../service/reverse/wording.ts';
import { describeOutgrown, outgrowsQuota } from '../service/size.ts';
import { type AnalyzedFile, analyzeFiles } from './analyzeFiles.ts';
import type { BufferedOutput } from './bufferedOutput.ts';
import { colourDiff } from './diff/colourDiff.ts';
import { unifiedDiff } from './diff/unifiedDiff.ts';
import { hintAtFindings } from './findings.ts';
import { betweenFiles, endBetweenFiles } from './interruption.ts';
import { describeUnmatched, isUnmatched, reportRefusedProofs, reportUnmatched } from './policies.ts';
import type { Reporter } from './reporter.ts';
import { refineFile } from './result.ts';
import { type AnalysisOptions, setUp } from './setUp.ts';
import { writeAtomically } from './writeAtomically.ts';

export interface RefineOptions extends AnalysisOptions {
  /** What to do with the refined text; the text itself goes to `out` by default. */
  readonly output: 'text' | 'write' | 'diff' | 'json';
}

/** `iam-policy-refiner refine`: refines the policies of files and folders. What goes wrong is reported and the rest goes on. */
export async function refine(
  paths: readonly string[],
  options: RefineOptions,
  builtIn: Catalogue,
  out: BufferedOutput,
  reporter: Reporter,
): Promise<void> {
  const setup = await setUp(options, builtIn, reporter);
  if (!setup) return;
  // Who takes objects wants no prose beside them; `check --format json` has what no policy grants.
  const reverse = options.output === 'json' ? undefined : new ReverseView(setup.analyzer);
  const unmatched: string[] = [];
  if (options.output === 'write') endBetweenFiles();
  await analyzeFiles(paths, setup, reporter, async (file) => {
    reverse?.add(file.analysis.policies);
    refineAnalyzed(file, options.output, out, reporter);
    if (!file.problem) unmatched.push(...describeUnmatched(file.input.file, file.analysis));
    if (options.output === 'write') await betweenFiles();
  });
  reportUnmatched(unmatched, reporter);
  for (const view of reverse?.notGranted() ?? []) reporter.note(describeNotGranted(view));
}

function refineAnalyzed(
  { input, text, mark, analysis, problem }: AnalyzedFile,
  output: RefineOptions['output'],
  out: BufferedOutput,
  reporter: Reporter,
): void {
  const { file, named } = input;
  const refined = problem ? { text, changes: [], results: [] } : refineFile(file, analysis);
  if (output === 'json') for (const result of refined.results) out.write(`${JSON.stringify(result)}\n`);
  if (output === 'text' && (named || analysis.policies.length > 0)) out.write(mark + refined.text);
  if (output === 'diff') out.write(showDiff(diffOf(file, mark, text, refined.changes), out));
  if (output === 'write' && refined.text !== text) {
    if (file === '-') throw new Error('standard input cannot be written to; leave out --write');
    writeAtomically(file, Buffer.from(mark + refined.text));
  }
  if (problem) return;
  reportRefusedProofs(file, analysis, reporter);
  for (const { size } of refined.results) {
    if (outgrowsQuota(size)) reporter.note(`${file}: warning: refined, the policy has ${describeOutgrown(size)}`);
  }
  // The objects of --json say it all.
  if (output !== 'json' || refined.results.length === 0) summarize(file, analysis, named, reporter);
}

/** A line on what was done to a file, or why nothing was. */
function summarize(file: string, analysis: FileAnalysis, named: boolean, reporter: Reporter): void {
  const { policies } = analysis;
  const isListed = policies.length > 0 && policies.every(isUnmatched);
  const isUnremarkable = policies.length === 0 && !named;
  const hint = policies.length === 0 && named ? hintAtFindings(file, analysis) : '';
  if (!isListed && !isUnremarkable) reporter.summary(`${file}: ${refineOutcome(analysis).message}${hint}`);
}

function diffOf(file: string, mark: string, text: string, changes: readonly TextChange[]): string {
  const behindMark = changes.map((change) => ({
    ...change,
    start: change.start + mark.length,
    end: change.end + mark.length,
  }));
  return unifiedDiff(file, mark + text, behindMark);
}

function showDiff(diff: string, out: BufferedOutput): string {
  return out.isTerminal ? colourDiff(diff) : diff;
}
