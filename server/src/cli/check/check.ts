import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../../service/actions/catalogue.ts';
import type { FileAnalysis } from '../../service/analysis.ts';
import { marksOf } from '../../service/diagnostics/marks.ts';
import { ReverseView } from '../../service/reverse/reverseView.ts';
import { analyzeFiles } from '../analyzeFiles.ts';
import type { BufferedOutput } from '../bufferedOutput.ts';
import { hintAtFindings } from '../findings.ts';
import { describeUnmatched, isUnmatched, reportRefusedProofs, reportUnmatched } from '../policies.ts';
import type { Reporter } from '../reporter.ts';
import { type AnalysisOptions, setUp } from '../setUp.ts';
import { Baseline } from './baseline.ts';
import type { CheckedPolicy, CheckFormat, CheckFormatOptions, Problem, Totals } from './format.ts';
import { GithubFormat } from './github.ts';
import { JsonFormat } from './json.ts';
import { placeOf } from './place.ts';
import { SarifFormat } from './sarif.ts';
import { TextFormat } from './text.ts';

/** The formats that `--format` knows: one a file. */
const FORMATS = { text: TextFormat, json: JsonFormat, sarif: SarifFormat, github: GithubFormat } satisfies Record<
  string,
  new (
    out: BufferedOutput,
    options: CheckFormatOptions,
  ) => CheckFormat
>;

export const CHECK_FORMATS = Object.keys(FORMATS);

export interface CheckOptions extends AnalysisOptions, CheckFormatOptions {
  readonly format: keyof typeof FORMATS;
  /** Whether a policy to which no findings apply is an error. */
  readonly requireFindings: boolean;
  /** So many unused actions are no failure. */
  readonly maxUnused: number;
  /** The file with the problems that are accepted, and whether it is to be written with those that are there now. */
  readonly baseline?: string;
  readonly updateBaseline: boolean;
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
): Promise<void> {
  const setup = await setUp(options, builtIn, reporter);
  if (!setup) return;
  const { baseline: file, updateBaseline, maxUnused } = options;
  const baseline = file === undefined ? undefined : await Baseline.open(file, updateBaseline, reporter);
  if (file !== undefined && !baseline) return;
  const format = new FORMATS[options.format](out, options);
  const reverse = new ReverseView(setup.analyzer);
  const totals = new RunningTotals();
  const unmatched: string[] = [];
  await analyzeFiles(paths, setup, reporter, ({ input, analysis, problem }) => {
    // What a broken file grants is not marked, but it is granted.
    reverse.add(analysis.policies);
    if (problem) return;
    const { file, named } = input;
    if (named && analysis.policies.length === 0)
      reporter.summary(`${file}: There is no IAM policy in this file${hintAtFindings(file, analysis)}`);
    baseline?.lookAt(file);
    for (const checked of checkPolicies(file, analysis)) {
      const unknown = baseline?.newOf(checked);
      const policy = unknown ? { ...checked, problems: updateBaseline ? [] : unknown } : checked;
      totals.add(policy, unknown !== undefined);
      format.policy(policy);
    }
    unmatched.push(...describeUnmatched(file, analysis));
    reportRefusedProofs(file, analysis, reporter);
  });
  totals.known = baseline?.known ?? 0;
  const withoutPolicy = reverse.withoutPolicy.map((principal) => reverse.nameOf(principal));
  format.end({ notGranted: reverse.notGranted(), withoutPolicy, totals });
  reportUnmatched(unmatched, reporter, options.requireFindings);
  if (updateBaseline) baseline?.write(reporter);
  else baseline?.reportGone(reporter);
  if (totals.problems > 0 && (maxUnused === 0 || totals.unused > maxUnused)) reporter.found();
}

function* checkPolicies(file: string, analysis: FileAnalysis): Iterable<CheckedPolicy> {
  // Finds the lines of a file once, and only where something is to be found on them.
  let document: TextDocument | undefined;
  for (const policy of analysis.policies) {
    const problems = [...marksOf(policy)].map((mark): Problem => {
      document ??= TextDocument.create('', '', 0, analysis.text);
      return { ...mark, ...placeOf(document, mark.span) };
    });
    yield { file, analysis, policy, problems };
  }
}

/** Counts while policies go by. */
class RunningTotals implements Totals {
  policies = 0;
  unmatched = 0;
  flagged = 0;
  problems = 0;
  granted = 0;
  unused = 0;
  known = 0;

  /** @param isPart whether what is known of the policy is not among its problems */
  add({ policy, problems }: CheckedPolicy, isPart: boolean): void {
    if (policy.document.kind !== 'identity') return;
    this.policies++;
    if (isUnmatched(policy)) this.unmatched++;
    if (problems.length > 0) this.flagged++;
    this.problems += problems.length;
    this.granted += policy.refined?.refinement.totals.granted ?? 0;
    this.unused += isPart
      ? new Set(problems.flatMap(({ unused }) => unused)).size
      : (policy.refined?.refinement.totals.unused ?? 0);
  }
}
