import type { Principal } from '../findings/principal.ts';
import { count, quote } from '../text.ts';
import { isIn } from './accounts.ts';
import { testFolderOf } from './environments.ts';
import { type FileName, fileNames } from './fileNames.ts';
import { folderOf, relativeTo } from './paths.ts';
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
  const matching = repository.matchingOf(question.index);
  const missing = found.find((principal) => !matching.universe.hasFindings(principal));
  if (missing)
    return {
      kind: 'none',
      principals: [],
      why: `${missing.label} exists and has no findings: it counts as using everything`,
      rivals: [],
      trail: [],
    };
  const folder = folderOf(path);
  const files = repository
    .filesNamed(name)
    .filter(
      (other) =>
        folderOf(other) !== folder && found.some((principal) => isIn(repository.accountsOfFile(other), principal)),
    );
  const declared = repository.index
    .named(name)
    .filter((holder) => holder.arn === undefined && found.some((principal) => matching.canBe(holder, principal)));
  const code = declared
    .map(({ instance }) => instance.root.scope)
    .filter((other) => (other.isFolder ? other.path : folderOf(other.path)) !== folder);
  const rivals = [...new Set([...files, ...code.map((other) => other.path)])];
  const answer = (kind: RuleAnswer['kind'], why: string): RuleAnswer => ({
    kind,
    principals: found,
    why,
    rivals,
    trail: [],
  });
  const others = rivals.filter(
    (rival) => testFolderOf(rival, repository.root) === undefined || testFolderOf(path, repository.root) !== undefined,
  );
  if (others.length > 0) {
    const [first = '', ...more] = others.map((other) => relativeTo(repository.root, other));
    const where = more.length === 0 ? quote(first) : `${quote(first)} and ${count(more.length, 'more place')}`;
    return answer(
      'ambiguous',
      `${because}, but ${where} speaks of '${name}' as well, and nothing tells which of them ${found.map(({ label }) => label).join(', ')} is`,
    );
  }
  if (found.length > 1 && found.some(({ account }) => account === undefined))
    return answer('ambiguous', `'${name}' could be any of ${found.map(({ label }) => label).join(', ')}`);
  if (rivals.length > 0)
    return answer(
      'likely',
      `${because}; '${relativeTo(repository.root, rivals[0] ?? '')}', which is for tests or examples, speaks of it as well`,
    );
  const [several] = repository.instances.deploymentsOf(scope).several;
  if (several !== undefined) return answer('likely', `${because}, but it may be deployed more than once: ${several}`);
  return answer(isFar || declared.length > 0 ? 'likely' : 'certain', because);
}

function elsewhere(name: string, named: readonly Principal[]): RuleAnswer {
  const accounts = named.flatMap(({ account }) => account ?? []);
  const why =
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and the path or a setting names another one`
      : `the findings about '${name}' do not tell its account, and the path or a setting names one`;
  return { kind: 'none', principals: [], why, rivals: [], trail: [] };
}
