import { readFile } from 'node:fs/promises';
import { decodeText } from '../node/decodeText.ts';
import { explainFileError } from '../node/fileErrors.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer, type FileAnalysis, type PolicyAnalysis } from '../service/analysis.ts';
import { refineOutcome } from '../service/outcome.ts';
import { json } from '../service/policy/json/index.ts';
import { describeOutgrown, outgrowsQuota } from '../service/size.ts';
import { count, lineOf } from '../service/text.ts';
import type { BufferedOutput } from './bufferedOutput.ts';
import { colourDiff, unifiedDiff } from './diff.ts';
import { findPrincipals, loadFindings } from './findings.ts';
import { findInputs, type Input, readInput, readStdin } from './inputs.ts';
import { decodePolicy } from './policyText.ts';
import type { Reporter } from './reporter.ts';
import { refineFile } from './result.ts';
import { writeAtomically } from './writeAtomically.ts';

export interface RefineOptions {
  readonly findings: readonly string[];
  readonly principal: readonly string[];
  readonly keep: readonly string[];
  readonly exact: boolean;
  readonly catalogue?: string;
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
  const catalogue = options.catalogue === undefined ? builtIn : await loadCatalogue(options.catalogue, reporter);
  const invalid = findInvalidPattern(options.keep);
  if (invalid !== undefined) reporter.error(`--keep ${invalid}: it is no action such as 's3:GetObject' or 's3:*'`);
  const index = await loadFindings(options.findings, catalogue ?? builtIn, reporter);
  const principals = findPrincipals(options.principal, index, reporter);
  // Going on without what the user named would refine by something they did not ask for.
  if (!catalogue || !principals || invalid !== undefined || index.files.length === 0) return;
  const analyzer = new Analyzer(catalogue, index, {
    generalization: options.exact ? 'exact' : 'prefix',
    keep: options.keep,
  });
  const unmatched: string[] = [];
  const stdin = paths.includes('-') ? await readStdin() : Buffer.alloc(0);
  for (const input of findInputs(paths, (message) => reporter.error(message))) {
    const alone = paths.length === 1 && input.named;
    const analyze = (text: string) => analyzer.analyze(text, json, input, { anywhere: true, alone, principals });
    refineInput(input, () => readInput(input, stdin), analyze, { output: options.output, out, reporter, unmatched });
  }
  if (unmatched.length > 0) {
    reporter.note(`no findings apply to ${count(unmatched.length, 'policy', 'policies')}:`);
    for (const line of unmatched) reporter.summary(`  ${line}`);
  }
}

async function loadCatalogue(file: string, reporter: Reporter): Promise<Catalogue | undefined> {
  try {
    return readCatalogueFile(decodeText(await readFile(file)));
  } catch (error) {
    reporter.error(`--catalogue ${file}: ${explainFileError(error)}`);
    return undefined;
  }
}

/** Where the outcome of one file goes. */
interface Sinks {
  readonly output: RefineOptions['output'];
  readonly out: BufferedOutput;
  readonly reporter: Reporter;
  /** Collects the policies to which no findings apply, to be listed at the end. */
  readonly unmatched: string[];
}

function refineInput(input: Input, read: () => Buffer, analyze: (text: string) => FileAnalysis, sinks: Sinks): void {
  const { output, out, reporter, unmatched } = sinks;
  const { file } = input;
  try {
    const { text, mark } = decodePolicy(read());
    const analysis = analyze(text);
    const problem = analysis.file.problems[0];
    // A folder holds files of all kinds; that one of them is no JSON matters only where a policy may be in it.
    if (problem && (input.named || analysis.policies.length > 0))
      reporter.error(`${file}:${lineOf(text, problem.start)}: ${problem.message}; the file is left as it is`);
    const refined = problem ? { text, results: [] } : refineFile(file, analysis);
    if (output === 'json') for (const result of refined.results) out.write(`${JSON.stringify(result)}\n`);
    if (output === 'text' && (input.named || analysis.policies.length > 0)) out.write(mark + refined.text);
    if (output === 'diff') out.write(showDiff(unifiedDiff(file, mark + text, mark + refined.text), out));
    if (output === 'write' && refined.text !== text) {
      if (file === '-') throw new Error('standard input cannot be written to; leave out --write');
      writeAtomically(file, Buffer.from(mark + refined.text));
    }
    if (problem) return;
    reportPolicies(file, analysis, reporter, unmatched);
    for (const { size } of refined.results) {
      if (outgrowsQuota(size)) reporter.note(`${file}: warning: refined, the policy has ${describeOutgrown(size)}`);
    }
    // The objects of --json say it all.
    if (output !== 'json' || refined.results.length === 0) summarize(file, analysis, input.named, reporter);
  } catch (error) {
    reporter.error(`${file}: ${explainFileError(error)}`);
  }
}

/** Notes the policies to which no findings apply, and reports a refused proof as the error it is. */
function reportPolicies(file: string, { policies }: FileAnalysis, reporter: Reporter, unmatched: string[]): void {
  for (const { document, match, refined } of policies) {
    // Trust and resource policies are none that findings could apply to.
    if (match.kind === 'unmatched' && document.kind === 'identity')
      unmatched.push(`${file}${document.pointer && `#${document.pointer}`}: ${match.why}`);
    const proof = refined?.refinement.proof ?? 'ok';
    if (proof !== 'ok') reporter.error(`${file}: the proof refused the refinement: ${proof}`);
  }
}

/** A line on what was done to a file, or why nothing was. */
function summarize(file: string, analysis: FileAnalysis, named: boolean, reporter: Reporter): void {
  const { policies } = analysis;
  const isListed = policies.length > 0 && policies.every(isUnmatched);
  const isUnremarkable = policies.length === 0 && !named;
  if (!isListed && !isUnremarkable) reporter.summary(`${file}: ${refineOutcome(analysis).message}`);
}

function isUnmatched({ match }: PolicyAnalysis): boolean {
  return match.kind === 'unmatched';
}

function showDiff(diff: string, out: BufferedOutput): string {
  return out.isTerminal ? colourDiff(diff) : diff;
}
