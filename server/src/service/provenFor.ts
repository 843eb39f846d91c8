import type { PolicyAnalysis } from './analysis.ts';
import type { Principal } from './findings/principal.ts';
import { listSome } from './reverse/wording.ts';
import { count } from './text.ts';
import { plainName } from './wording.ts';

/**
 * For whom refinements were proven, to stand behind `for`: `AppRole (111122223333)`. Of those whose a policy is no more than likely it
 * says so; of findings that name nobody, to how many roles or users they were applied.
 */
export function provenFor(policies: readonly PolicyAnalysis[], path: string): string {
  const named = new Map<string, string>();
  for (const { match } of policies)
    for (const principal of match.principals) named.set(principal.label, describe(principal, match.kind === 'likely'));
  const unnamed = policies.filter(({ match }) => match.principals.length === 0);
  const holders = holdersOf(unnamed, path);
  const applied = holders.size > 1 ? `, applied to ${count(holders.size, 'role or user', 'roles and users')}` : '';
  const nobody = unnamed.length > 0 ? [`findings that name nobody${applied}`] : [];
  return [...(named.size > 0 ? [listSome([...new Set(named.values())])] : []), ...nobody].join(' and ');
}

/** Who have policies, a word each by which to count them: roles of one name count once, wherever they are. */
export function holdersOf(policies: readonly Pick<PolicyAnalysis, 'match' | 'document'>[], path: string): Set<string> {
  return new Set(
    policies.flatMap(({ match, document }) =>
      match.holders.length === 0
        ? [`${path}#${document.pointer}`]
        : match.holders.map(({ kind, name, label }) =>
            name === undefined || name.includes('*') ? `${path}#${label}` : `${kind} ${name.toLowerCase()}`,
          ),
    ),
  );
}

function describe({ name, account }: Principal, isLikely: boolean): string {
  const remarks = [...(account === undefined ? [] : [account]), ...(isLikely ? ['likely'] : [])];
  return remarks.length === 0 ? plainName(name) : `${plainName(name)} (${remarks.join(', ')})`;
}
