import pc from 'picocolors';
import { explainFileError } from '../node/fileErrors.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import { refineOutcome } from '../service/outcome.ts';
import type { TextChange } from '../service/policy/model.ts';
import { type GrantingPolicy, grantingPolicies } from '../service/reverse/grantingPolicy.ts';
import { describeOutgrown, outgrowsQuota } from '../service/size.ts';
import { colourDiff } from './diff/colourDiff.ts';
import { unifiedDiff } from './diff/unifiedDiff.ts';
import type { AnalyzedFile } from './fileAnalyzer.ts';
import { hintAtFindings } from './findings.ts';
import type { Look } from './jobs/fileReport.ts';
import type { Recording } from './jobs/recording.ts';
import { describeUnmatched, isUnmatched, reportRefusedProofs } from './policies.ts';
import type { Messages } from './reporter.ts';
import { refineFile } from './result.ts';
import { writeAtomically } from './writeAtomically.ts';

/** How `refine` tells of a file. */
export interface RefineStyle {
  /** What to do with the refined text; the text itself is printed by default. */
  readonly output: 'text' | 'write' | 'diff' | 'json';
  readonly hasColours: boolean;
}

/** What `refine` makes of all files together. */
export interface RefinedFileSum {
  /** For the reverse view; empty where there is none. */
  readonly granting: readonly GrantingPolicy[];
  readonly unmatched: readonly string[];
}

/** What `refine` makes of a file. */
export function lookOfRefine(style: RefineStyle): Look<undefined, RefinedFileSum> {
  return (file, said) => {
    const { input, analysis, problem } = file;
    // Who takes objects wants no prose beside them; `check --format json` has what no policy grants.
    const granting = style.output === 'json' ? [] : grantingPolicies(analysis.policies);
    try {
      refineAnalyzed(file, style, said);
    } catch (error) {
      said.error(`${input.file}: ${explainFileError(error)}`);
      return { granting, unmatched: [] };
    }
    return { granting, unmatched: problem ? [] : describeUnmatched(input.file, analysis) };
  };
}

function refineAnalyzed(
  { input, text, mark, analysis, problem }: AnalyzedFile,
  { output, hasColours }: RefineStyle,
  said: Recording,
): void {
  const { file, named } = input;
  const refined = problem ? { text, changes: [], results: [] } : refineFile(file, analysis);
  if (output === 'json') for (const result of refined.results) said.write(`${JSON.stringify(result)}\n`);
  if (output === 'text' && (named || analysis.policies.length > 0)) said.write(mark + refined.text);
  if (output === 'diff') {
    const diff = diffOf(file, mark, text, refined.changes);
    said.write(hasColours ? colourDiff(diff, pc.createColors(true)) : diff);
  }
  if (output === 'write' && refined.text !== text) {
    if (file === '-') throw new Error('standard input cannot be written to; leave out --write');
    // A policy's text is all of its bytes: what is no UTF-8 is not read.
    writeAtomically(file, Buffer.from(mark + refined.text), Buffer.from(mark + text));
  }
  if (problem) return;
  reportRefusedProofs(file, analysis, said);
  for (const { size } of refined.results) {
    if (outgrowsQuota(size)) said.note(`${file}: warning: refined, the policy has ${describeOutgrown(size)}`);
  }
  // The objects of --json say it all.
  if (output !== 'json' || refined.results.length === 0) summarize(file, analysis, named, said);
}

/** A line on what was done to a file, or why nothing was. */
function summarize(file: string, analysis: FileAnalysis, named: boolean, messages: Messages): void {
  const { policies } = analysis;
  const isListed = policies.length > 0 && policies.every(isUnmatched);
  const isUnremarkable = policies.length === 0 && !named;
  const hint = policies.length === 0 && named ? hintAtFindings(file, analysis) : '';
  if (!isListed && !isUnremarkable) messages.summary(`${file}: ${refineOutcome(analysis).message}${hint}`);
}

function diffOf(file: string, mark: string, text: string, changes: readonly TextChange[]): string {
  const behindMark = changes.map((change) => ({
    ...change,
    start: change.start + mark.length,
    end: change.end + mark.length,
  }));
  return unifiedDiff(file, mark + text, behindMark);
}
