import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAnalysis } from '../../service/analysis.ts';
import { marksOf } from '../../service/diagnostics/marks.ts';
import { type GrantingPolicy, grantingPolicies } from '../../service/reverse/grantingPolicy.ts';
import { hintAtFindings } from '../findings.ts';
import type { Look } from '../jobs/fileReport.ts';
import { describeUnmatched, reportRefusedProofs } from '../policies.ts';
import type { KnownProblem } from './baselineFile.ts';
import type { CheckedPolicy, CheckFormatOptions, Problem, Totals } from './format.ts';
import { FORMATS, type FormatName } from './formats.ts';
import { KnownInFile, type MetInFile } from './knownInFile.ts';
import { placeOf } from './place.ts';
import { totalsOf } from './totals.ts';

/** How `check` tells of a file. */
export interface CheckStyle extends CheckFormatOptions {
  readonly format: FormatName;
  /** Whether all problems are to be accepted, so that none is told. */
  readonly updateBaseline: boolean;
}

/** What `check` makes of all files together. */
export interface CheckedFileSum {
  readonly granting: readonly GrantingPolicy[];
  /** Absent where the file has a problem: then what its policies grant is all that is known. */
  readonly checked?: {
    readonly unmatched: readonly string[];
    readonly totals: Totals;
    /** Absent without a baseline. */
    readonly met?: MetInFile;
  };
}

/** What `check` makes of a file, and of the problems that a baseline accepts in it; `undefined` without a baseline. */
export function lookOfCheck(style: CheckStyle): Look<readonly KnownProblem[] | undefined, CheckedFileSum> {
  const format = new FORMATS[style.format](style);
  return ({ input: { file, named }, analysis, problem }, said, hint) => {
    // What a broken file grants is not marked, but it is granted.
    const granting = grantingPolicies(analysis.policies);
    if (problem) return { granting };
    if (named && analysis.policies.length === 0)
      said.summary(`${file}: There is no IAM policy in this file${hintAtFindings(file, analysis)}`);
    const known = hint && new KnownInFile(hint);
    const policies = checkPolicies(file, analysis).map((checked) => {
      const unknown = known?.newOf(checked);
      return unknown ? { ...checked, problems: style.updateBaseline ? [] : unknown } : checked;
    });
    said.write(format.file(policies));
    reportRefusedProofs(file, analysis, said);
    const totals = totalsOf(policies, known?.known);
    return {
      granting,
      checked: { unmatched: describeUnmatched(file, analysis), totals, ...(known && { met: known.met }) },
    };
  };
}

function checkPolicies(file: string, analysis: FileAnalysis): CheckedPolicy[] {
  // Finds the lines of a file once, and only where something is to be found on them.
  let document: TextDocument | undefined;
  return analysis.policies.map((policy) => {
    const problems = [...marksOf(policy)].map((mark): Problem => {
      document ??= TextDocument.create('', '', 0, analysis.text);
      return { ...mark, ...placeOf(document, mark.span) };
    });
    return { file, analysis, policy, problems };
  });
}
