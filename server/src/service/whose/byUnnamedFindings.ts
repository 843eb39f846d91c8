import type { Finding } from '../findings/finding.ts';
import { isIn } from './accounts.ts';
import { ambiguous, certain, none } from './answers.ts';
import { isOtherKind } from './fileNames.ts';
import { describeHolder } from './holders.ts';
import { folderOf, isInside } from './paths.ts';
import type { RepositoryPolicy } from './policies.ts';
import type { Repository } from './repository.ts';
import type { RuleAnswer, RuleContext } from './rules.ts';

/** Rule 5: findings that name nobody are about one role or user: about the only one near them, or about all that the user named them for. */
export function byUnnamedFindings({ repository, policy, question }: RuleContext): RuleAnswer | undefined {
  const { index, anywhere, isStrict } = question;
  const { unnamed } = index;
  if (policy.fact.kind === 'other' || isOtherKind(policy.path)) return undefined;
  if (anywhere) {
    const [only, ...others] = index.principals;
    if (
      only &&
      others.length === 0 &&
      unnamed.length === 0 &&
      question.isAlone &&
      isAlone(repository, policy.path) &&
      policy.fact.isLoose
    )
      return nobodyElse(repository, policy.path, only);
    return unnamed.length > 0 ? doubted(policy, applied(unnamed, isStrict)) : undefined;
  }
  const nearest = nearestFolder(unnamed, policy.path);
  if (nearest === undefined) return undefined;
  const near = unnamed.filter(({ file }) => folderOf(file) === nearest);
  const owners = ownersBelow(repository, unnamed, nearest);
  if (owners.size > 1)
    return ambiguous(
      [],
      `${describe(near)} no principal, and there are policies of several roles or users that it could be about`,
      [],
    );
  return doubted(policy, applied(near, isStrict));
}

/** A policy that others than those here may hold, or that is deployed several times, is no more than likely theirs. */
function doubted({ ends, fact }: RepositoryPolicy, answer: RuleAnswer): RuleAnswer {
  if (answer.kind !== 'certain') return answer;
  const [doubt] = ends.doubts;
  const [several] = [...ends.holders].flatMap(({ instance }) => [...instance.root.several, ...instance.several]);
  const repeated =
    several && `there may be several that it could be about, as its code may be deployed more than once: ${several}`;
  const nobody = ends.holders.size === 0 && !fact.isLoose ? 'nothing here says who holds this policy' : undefined;
  const why = doubt ?? repeated ?? nobody;
  return why === undefined ? answer : { ...answer, kind: 'likely', why: `${answer.why}, but ${why}` };
}

function applied(findings: readonly Finding[], isStrict = false): RuleAnswer {
  if (isStrict) return none(`${describe(findings)} no principal, and "strict" wants one`);
  const unnamedIn = [...new Set(findings.map(({ file }) => file))];
  return { ...certain([], `${describe(findings)} no principal`), unnamedIn };
}

function nobodyElse(
  repository: Repository,
  path: string,
  only: RuleContext['question']['index']['principals'][number],
): RuleAnswer {
  if (isIn(repository.accountsOfFile(path), only)) return certain([only], 'the findings are about nobody else');
  return none(
    `the findings are about '${only.name}'${only.account === undefined ? '' : ` in the account ${only.account}`}, and the path names another one`,
  );
}

function isAlone(repository: Repository, path: string): boolean {
  return repository.policies.factsOf(path).length === 1;
}

/** The nearest folder above a file, or its own, with findings that name nobody. */
function nearestFolder(unnamed: readonly Finding[], path: string): string | undefined {
  const above = [...new Set(unnamed.map(({ file }) => folderOf(file)))].filter((folder) => isInside(path, folder));
  return above.sort((a, b) => b.length - a.length)[0];
}

/** Those who hold the policies for which this is the nearest such folder: holders that the code tells, and files of which it tells none. */
function ownersBelow(repository: Repository, unnamed: readonly Finding[], folder: string): ReadonlySet<unknown> {
  const owners = new Set<unknown>();
  for (const path of repository.policies.paths) {
    if (!isInside(path, folder) || nearestFolder(unnamed, path) !== folder) continue;
    for (const { fact, ends } of repository.policies.ofFile(path)) {
      if (fact.kind === 'other' || ends.other !== undefined || fact.leftAlone !== undefined || isOtherKind(path))
        continue;
      for (const holder of ends.holders) {
        owners.add(holder);
        if (holder.isSeveral) owners.add(`several of ${describeHolder(holder)}`);
      }
      if (ends.holders.size === 0) owners.add(`${path}#${fact.pointer}`);
      if (owners.size > 100) return owners;
    }
  }
  return owners;
}

function describe(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ file }) => `'${file.split('/').at(-1)}'`))];
  return `${names.join(' and ')} ${names.length === 1 ? 'names' : 'name'}`;
}
