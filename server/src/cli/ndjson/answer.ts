import { mappingsFor } from '../../mapping.ts';
import { syntaxes } from '../../node/syntaxes.ts';
import { Analyzer, type FileAnalysis } from '../../service/analysis.ts';
import type { Principal } from '../../service/findings/principal.ts';
import { json } from '../../service/policy/json/index.ts';
import { count, lineOf } from '../../service/text.ts';
import { isUnmatched } from '../policies.ts';
import { refineFile } from '../result.ts';
import type { PrincipalsOfFiles } from '../setUp.ts';
import type { FindingsOfLine, FindingsOfLines } from './findingsOfLines.ts';
import type { LineName, Request } from './request.ts';
import { UnusableLine } from './unusableLine.ts';

/** What came of a line. */
export interface Answer {
  /** The row to be written, without a line feed. */
  readonly row: string;
  readonly outcome: 'refined' | 'unchanged' | 'unmatched' | 'failed';
  /** What went wrong, for standard error. */
  readonly error?: string;
}

/** What lines are answered with. */
export interface Help {
  readonly findings: FindingsOfLines;
  /** The names that the user gave for every policy. */
  readonly principals: readonly string[];
  readonly mapping: PrincipalsOfFiles | undefined;
}

/**
 * Refines the policy of a line.
 * @throws UnusableLine
 */
export async function answer(request: Request, help: Help): Promise<Answer> {
  const { name, policy, isText, unused, principals } = request;
  const findings = help.findings.of(unused);
  const syntax = isText ? await syntaxes.ofText(policy) : json;
  const { analyzer, found, alone } = chooseFindings(findings, principals, help);
  const { mapping } = help;
  const mappings =
    mapping && name.file !== undefined ? mappingsFor(mapping.principals, name.file, { principals: mapping.file }) : [];
  const options = { anywhere: true, alone, principals: found, mappings };
  const analysis = analyzer.analyze(policy, syntax, placeOf(name), options);
  checkPolicy(analysis);
  const [result] = refineFile(fileOf(name), analysis).results;
  const { problems, failure } = findings;
  const proof = result?.proof ?? 'ok';
  const error = proof === 'ok' ? failure : `the proof refused the refinement: ${proof}`;
  return {
    row: rowOf(name, { ...result, ...(problems.length > 0 && { problems }) }),
    outcome: outcomeOf(analysis),
    ...(error && { error }),
  };
}

/** What comes of a line of which nothing can be made. */
export function refuse(name: LineName, error: string): Answer {
  return { row: rowOf(name, { file: fileOf(name), error }), outcome: 'failed', error };
}

/** The row of a line: what the line is called comes first, as it is written there. */
function rowOf({ line, id, file }: LineName, members: object): string {
  const own = id !== undefined ? `"id":${id},` : file === undefined ? `"line":${line},` : '';
  return `{${own}${JSON.stringify(members).slice(1)}`;
}

function fileOf({ file = '-' }: LineName): string {
  return file;
}

/** A file's name counts as it would in a folder of policies. */
function placeOf({ file = '' }: LineName): { path: string; root: string } {
  return { path: `/${file.replace(/^\/+/, '')}`, root: '/' };
}

/**
 * Whose findings apply, where the line or the user names them. A name of which there are no findings uses everything: if the line names
 * it nothing is refined, because many principals have no findings; if the user does it is taken for a spelling mistake.
 */
function chooseFindings(
  { analyzer, isOwn }: FindingsOfLine,
  named: readonly string[] | undefined,
  { principals }: Help,
): { readonly analyzer: Analyzer; readonly found: readonly Principal[]; readonly alone: boolean } {
  const { catalogue, index, settings } = analyzer;
  const found: Principal[] = [];
  const nobody = (blocked: string) => ({
    analyzer: new Analyzer(catalogue, index, { ...settings, blocked }),
    found,
    alone: false,
  });
  if (named?.length === 0) return nobody('its "principals" name nobody');
  for (const name of named ?? principals) {
    const [first, ...others] = index.find(name);
    if (first && others.length > 0) {
      const labels = [first, ...others].map(({ label }) => label);
      throw new UnusableLine(`'${name}' could be any of ${labels.join(', ')}; give the ARN`);
    }
    if (!first && !named) throw new UnusableLine(`--principal ${name}: no finding is about it`);
    if (!first) return nobody(`no finding is about '${name}', so it counts as using everything`);
    found.push(first);
  }
  return { analyzer, found, alone: isOwn || named !== undefined };
}

/** A line is about one policy, all of which was read. */
function checkPolicy({ file, text, policies }: FileAnalysis): void {
  const [problem] = file.problems;
  if (problem) throw new UnusableLine(`its "policy", line ${lineOf(text, problem.start)}: ${problem.message}`);
  if (policies.length === 0) throw new UnusableLine('its "policy" holds no IAM policy');
  if (policies.length > 1)
    throw new UnusableLine(`its "policy" holds ${count(policies.length, 'policy', 'policies')}; give each a line`);
}

function outcomeOf({ policies }: FileAnalysis): Answer['outcome'] {
  if (policies.every(isUnmatched)) return 'unmatched';
  const isRefined = policies.some(({ refined }) => (refined?.refinement.changes.length ?? 0) > 0);
  return isRefined ? 'refined' : 'unchanged';
}
