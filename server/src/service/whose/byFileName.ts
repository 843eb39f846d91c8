import type { Principal } from '../findings/principal.ts';
import { accountsOf, isIn, mayAlsoBeIn } from './accounts.ts';
import { ambiguous, certain, likely, none } from './answers.ts';
import { testFolderOf } from './environments.ts';
import { type FileName, fileNames } from './fileNames.ts';
import { describeHolder } from './holders.ts';
import { folderOf } from './paths.ts';
import { folderHolding, listPlaces } from './places.ts';
import type { RuleAnswer, RuleContext } from './rules.ts';

/** Rule 4: where no code says anything of a policy file, it may be called, or lie in a folder that is called, like a principal. */
export function byFileName(context: RuleContext): RuleAnswer | undefined {
  const { repository, policy, question } = context;
  const { fact, path, isIncluded, ends } = policy;
  if (!fact.isLoose || isIncluded || ends.holders.size > 0) return undefined;
  const { universe } = repository.matchingOf(question.index);
  for (const name of fileNames(path, repository.root)) {
    const named = universe.named(name.name);
    if (named.length === 0) continue;
    const found = named.filter((principal) => isIn(repository.accountsOfFile(path), principal));
    return found.length === 0 ? elsewhere(name.name, named) : judge(name, found, context);
  }
  return undefined;
}

function judge(
  { name, because, isFar }: FileName,
  found: readonly Principal[],
  { repository, policy, question }: RuleContext,
): RuleAnswer {
  const { path, scope } = policy;
  const { root, accountsOfFile } = repository;
  const matching = repository.matchingOf(question.index);
  const missing = found.find((principal) => !matching.universe.hasFindings(principal));
  if (missing) return none(`${missing.label} exists and has no findings: it counts as using everything`);
  const folder = folderOf(path);
  const files = repository
    .filesNamed(name)
    .filter(
      (other) => folderOf(other) !== folder && found.some((principal) => mayAlsoBeIn(accountsOfFile(other), principal)),
    );
  // The name of a file tells no kind, and what is called so beside it may be what it is about.
  const declared = repository.index
    .named(name)
    .filter(
      (holder) =>
        holder.arn === undefined &&
        holder.kind !== 'group' &&
        found.some((principal) => mayAlsoBeIn(accountsOf(holder, accountsOfFile), principal)),
    );
  const code = declared.filter(
    (holder) =>
      folderHolding(holder) !== folder || found.every(({ kind }) => kind !== undefined && kind !== holder.kind),
  );
  const rivals = [...new Set([...files, ...code.map(({ instance }) => instance.root.scope.path)])];
  const isInTests = testFolderOf(path, root) !== undefined;
  const others = rivals.filter((rival) => isInTests || testFolderOf(rival, root) === undefined);
  const labels = found.map(({ label }) => label).join(', ');
  if (others.length > 0)
    return ambiguous(
      found,
      `${because}, but ${listPlaces(others, root)} speaks of '${name}' as well, and nothing tells which of them ${labels} is`,
      rivals,
    );
  if (found.length > 1 && found.some(({ account }) => account === undefined))
    return ambiguous(found, `'${name}' could be any of ${labels}`, rivals);
  if (rivals.length > 0)
    return likely(
      found,
      `${because}; ${listPlaces(rivals, root)}, which is for tests or examples, speaks of it as well`,
      rivals,
    );
  const [several] = repository.instances.deploymentsOf(scope).several;
  if (several !== undefined) return likely(found, `${because}, but it may be deployed more than once: ${several}`);
  const computed = repository.index.patterns.find(
    (holder) => holder.isDeclared && found.some((principal) => matching.canBe(holder, principal)),
  );
  if (computed) return likely(found, `${because}, though ${describeHolder(computed)} could be ${labels} as well`);
  return isFar || declared.length > 0 ? likely(found, because) : certain(found, because);
}

function elsewhere(name: string, named: readonly Principal[]): RuleAnswer {
  const accounts = named.flatMap(({ account }) => account ?? []);
  return none(
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and the path or a setting names another one`
      : `the findings about '${name}' do not tell its account, and the path or a setting names one`,
  );
}
