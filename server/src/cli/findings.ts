import path from 'node:path';
import { explainFileError } from '../node/fileErrors.ts';
import { readFindingsText } from '../node/readFindingsText.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import { type FindingsFile, speaksOfPermissions } from '../service/findings/finding.ts';
import { FindingsIndex, type FindingsOptions } from '../service/findings/findingsIndex.ts';
import type { Principal } from '../service/findings/principal.ts';
import type { FindingsProblem } from '../service/findings/problem.ts';
import { readFindings } from '../service/findings/read.ts';
import { json } from '../service/policy/json/index.ts';
import { toSlashes } from './inputs.ts';
import type { Reporter } from './reporter.ts';

/**
 * Reads the findings files that the user named. One that cannot be read, or is of no known shape, is an error;
 * one that says nothing now is worth a line. Of files that globs found, those of no known shape count for nothing.
 */
export async function loadFindings(
  files: readonly string[],
  catalogue: Catalogue,
  reporter: Reporter,
  { isFound, ...options }: FindingsOptions & { readonly isFound?: boolean | undefined } = {},
): Promise<FindingsIndex> {
  const read: FindingsFile[] = [];
  for (const file of files) {
    try {
      const text = await readFindingsText(file);
      const findings = readFindings(text, toSlashes(path.resolve(file)), catalogue);
      if (isFound && !findings.recognised) continue;
      if (!findings.recognised && (await holdsPolicy(file, text)))
        throw new Error('it holds an IAM policy and no findings; name policies before --findings');
      for (const problem of findings.problems) reportProblem(file, problem, reporter);
      if (findings.recognised && findings.problems.length === 0 && !findings.findings.some(speaksOfPermissions)) {
        reporter.note(`${file}: no ACTIVE finding in it names unused permissions`);
      }
      read.push(findings);
    } catch (error) {
      reporter.error(`${file}: ${explainFileError(error)}`);
    }
  }
  return new FindingsIndex(read, options);
}

/** What a user should hear of a file without a policy that they named as one; empty where there is nothing to say. */
export function hintAtFindings(file: string, { text, catalogue }: FileAnalysis): string {
  return readFindings(text, file, catalogue).recognised ? ', but findings: name it behind --findings' : '';
}

/**
 * The principals that the user named. A name that no finding is about is an error: a spelling mistake must not look
 * like "nothing unused".
 */
export function findPrincipals(
  names: readonly string[],
  index: FindingsIndex,
  reporter: Reporter,
): Principal[] | undefined {
  const found: Principal[] = [];
  for (const name of names) {
    const principals = index.find(name);
    const [first] = principals;
    if (first && principals.length === 1) found.push(first);
    else if (first)
      reporter.error(
        `--principal ${name}: it could be any of ${principals.map(({ label }) => label).join(', ')}; give the ARN`,
      );
    else reporter.error(`--principal ${name}: no finding is about it`);
  }
  return found.length === names.length ? found : undefined;
}

async function holdsPolicy(file: string, text: string): Promise<boolean> {
  const syntax = (await syntaxes.ofFile(file, text)) ?? json;
  const { documents, problems } = syntax.read(text);
  return documents.length > 0 && problems.length === 0;
}

function reportProblem(file: string, problem: FindingsProblem, reporter: Reporter): void {
  const text = `${file}: ${describeProblem(problem)}`;
  if (problem.isNotice) reporter.note(text);
  else reporter.error(text);
  for (const command of problem.commands ?? []) reporter.summary(`  ${command}`);
}

/** What is wrong in findings, and where, in a line. */
export function describeProblem({ message, at }: FindingsProblem): string {
  return `${message}${describePlace(at)}`;
}

function describePlace(at: FindingsProblem['at']): string {
  if (typeof at === 'number') return ` (at offset ${at})`;
  const value = at.offset === 0 ? '' : `offset ${at.offset}`;
  const place = [value, at.path.map((step) => `/${step}`).join('')].filter(Boolean).join(' ');
  return place === '' ? '' : ` (at ${place})`;
}
