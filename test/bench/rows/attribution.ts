import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import type { Statement } from '../../../server/src/service/policy/model.ts';
import { isTerraformFile } from '../../../server/src/service/policy/terraform/files.ts';
import { countActions } from '../../../server/src/service/refine/policy.ts';
import { planStatement } from '../../../server/src/service/refine/statementPlan.ts';
import type { MatchKind } from '../../../server/src/service/whose/match.ts';
import type { Repository } from '../../../server/src/service/whose/repository.ts';
import { today } from '../../support/catalogues.ts';
import { answer } from '../../support/jsonFindings.ts';
import { contextOf } from '../../support/refine.ts';
import { deployedName } from '../support/attribution/deployedNames.ts';
import { openRepository, syntaxes } from '../support/attribution/openRepository.ts';
import type { Result } from '../support/result.ts';

/** An answer for a policy. */
interface Answer {
  readonly kind: MatchKind;
  readonly form: Form;
  readonly why: string;
  readonly place: string;
}

type Form = 'CloudFormation, SAM, Serverless' | 'Terraform' | 'policies in files of their own';

/** What is wanted of each form: the least share of policies that are refined, surely, and surely or likely. */
const GOALS: readonly (readonly [form: Form, certain: number, likely: number])[] = [
  ['CloudFormation, SAM, Serverless', 0.8, 0.92],
  ['Terraform', 0, 0.55],
  ['policies in files of their own', 0, 0],
];

/**
 * Whose the policies of real repositories are, once there are findings about each of their roles, users and groups, under names that
 * they could really have. Prints how many are refined surely, likely and not, and why not.
 * @param folders roots of repositories; those in `IAC_FOLDERS` where none are given
 */
export async function attribution(folders: readonly string[]): Promise<Result[]> {
  const given = folders.length > 0 ? folders : (process.env.IAC_FOLDERS ?? '').split(path.delimiter).filter(Boolean);
  if (given.length === 0) throw new Error('name the folders of repositories, or set IAC_FOLDERS');
  const answers: Answer[] = [];
  for (const folder of given) {
    const own = await answersIn(await openRepository(folder));
    console.log(`${folder}: ${summary(own)}`);
    answers.push(...own);
  }
  if (process.env.VERBOSE) for (const { place, kind, why } of answers) console.log(`${place}\t${kind}\t${why}`);
  return GOALS.flatMap(([form, certain, likely]) => {
    const own = answers.filter((one) => one.form === form);
    if (own.length === 0) return [];
    printReasons(form, own);
    return [
      toResult(
        `${form}: of ${own.length} policies with something unused, surely refined`,
        share(own, ['certain']),
        certain,
      ),
      toResult(`${form}: the same, surely or likely`, share(own, ['certain', 'likely']), likely),
    ];
  });
}

/** Whose each policy of a repository is that can have something unused. */
async function answersIn(repository: Repository): Promise<Answer[]> {
  const index = findingsFor(repository);
  const answers: Answer[] = [];
  for (const file of repository.policies.paths) {
    const text = readFileSync(file, 'utf8');
    const syntax = await syntaxes.ofFile(file, text);
    const granting = new Set(
      syntax?.read(text).documents.flatMap(({ pointer, statements }) => (grants(statements) ? [pointer] : [])),
    );
    for (const fact of repository.policies.factsOf(file)) {
      const { pointer } = fact;
      if (!granting.has(pointer) || repository.standingOf(file, pointer)?.kind !== 'identity') continue;
      const { kind, basis } = repository.matchOf(file, pointer, { index });
      const form = isTerraformFile(file)
        ? 'Terraform'
        : fact.isLoose
          ? 'policies in files of their own'
          : 'CloudFormation, SAM, Serverless';
      answers.push({ kind, form, why: basis, place: `${file}#${fact.name ?? pointer}` });
    }
  }
  return answers;
}

/** Findings about all who are declared in a repository. */
function findingsFor(repository: Repository): FindingsIndex {
  const arns = new Set<string>();
  const { index, instances, root } = repository;
  for (const instance of instances.all)
    if (instance.root === instance)
      for (const holder of index.declaredWith(instance)) {
        const [account = '111122223333'] = repository.accountsOfFile(holder.path ?? '') ?? [];
        if (holder.kind !== 'group') arns.add(`arn:aws:iam::${account}:${holder.kind}/${deployedName(holder, root)}`);
      }
  const answers = [...arns].map((arn) => answer(arn, { s3: ['GetBucketAcl'] }));
  return new FindingsIndex([readFindings(JSON.stringify(answers), `${root}/findings.json`, today)]);
}

const NOTHING_UNUSED = contextOf(today, {});

/** Whether statements grant anything that can be unused. */
function grants(statements: readonly Statement[]): boolean {
  const plans = statements
    .filter(({ effect, hasPrincipal }) => effect === 'Allow' && !hasPrincipal)
    .map((statement) => planStatement(statement, NOTHING_UNUSED));
  return countActions(plans).granted > 0;
}

function share(answers: readonly Answer[], kinds: readonly MatchKind[]): number {
  return answers.filter(({ kind }) => kinds.includes(kind)).length / answers.length;
}

function summary(answers: readonly Answer[]): string {
  const count = (kind: MatchKind) => answers.filter((one) => one.kind === kind).length;
  return `${answers.length} policies: ${count('certain')} certain, ${count('likely')} likely, ${count('ambiguous')} ambiguous, ${count('none')} none`;
}

/** Reasons that fewer than these have are not printed. */
const MAX_REASONS = 15;

function printReasons(form: Form, answers: readonly Answer[]): void {
  const counts = new Map<string, { count: number; place: string }>();
  for (const { kind, why, place } of answers) {
    const reason = `${kind}: ${why.replace(/'[^']*'/g, "'…'").replace(/arn:[^\s,]*/g, 'ARN')}`;
    const known = counts.get(reason) ?? { count: 0, place };
    known.count++;
    counts.set(reason, known);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count);
  console.log(`\n${form}: ${summary(answers)}`);
  for (const [reason, { count, place }] of sorted.slice(0, MAX_REASONS))
    console.log(`${String(count).padStart(6)}  ${reason}\n        such as ${place}`);
}

function toResult(work: string, measured: number, goal: number): Result {
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  return {
    work,
    measured: percent(measured),
    peer: '',
    ratio: '',
    goal: goal === 0 ? '' : `≥ ${percent(goal)}`,
    reached: measured >= goal,
  };
}
