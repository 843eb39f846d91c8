import { isPolicyFile } from '../policy/syntaxes.ts';
import { folderKeyOf, keyOf } from './mappingKeys.ts';
import type { Settlement } from './match.ts';
import { folderOf, isInside, relativeTo } from './paths.ts';
import type { RepositoryPolicy } from './policies.ts';
import type { RuleContext } from './rules.ts';
import { baseOf, lineOf } from './settlementLine.ts';
import type { HolderAnswer } from './standing.ts';

/** What stands in a line where nobody can say which account it is. */
const PLACEHOLDER = 'ACCOUNT-ID';

/** Says in "accounts" which account each place is deployed to, where their paths can tell them apart. */
export function settleByAccounts({ rivals, principals }: HolderAnswer, context: RuleContext): Settlement[] {
  const { policy, repository } = context;
  const base = baseOf('accounts', context);
  const own = placeOf(policy);
  const places = [...new Set([own, ...rivals])];
  // A provider, or a stack set, tells another account than the path of the code.
  const isPlain = [...policy.ends.holders].every(
    ({ provider, instance }) => provider === '' && instance.account === undefined,
  );
  if (rivals.length === 0 || rivals.includes(own) || !isPlain) return [];
  if (!places.every((place) => place !== base && isInside(place, base))) return [];
  const ids = new Set(principals.map(({ account }) => account));
  // Where another place is in that account, this one is in none that the findings are about.
  if (rivals.some((rival) => repository.accountsOfFile(rival)?.some((account) => ids.has(account)))) return [];
  const [id] = ids;
  const accountOf = (place: string) => (place === own && ids.size === 1 && id !== undefined ? id : PLACEHOLDER);
  const members = places
    .filter((place) => repository.accountsOfFile(place) === undefined)
    .map((place) => [globOf(place, places, base), accountOf(place)] as const);
  const value = Object.fromEntries(members);
  if (members.length === 0 || Object.keys(value).length < members.length) return [];
  const open = members.flatMap(([glob, account]) => (account === PLACEHOLDER ? glob : []));
  return [{ setting: 'accounts', line: lineOf('accounts', value), value, ...(open.length > 0 && { open }) }];
}

/** The folder or file that is deployed with the policy. */
function placeOf({ ends, path, scope }: RepositoryPolicy): string {
  const [holder] = ends.holders;
  if (holder) return holder.instance.root.scope.path;
  return scope.isFolder ? scope.path : path;
}

/** A place's folder, or, where another place lies in it, the file itself. */
function globOf(place: string, places: readonly string[], base: string): string {
  const isFile = isPolicyFile(place);
  const folder = isFile ? folderOf(place) : place;
  const isShared = folder === base || places.some((other) => other !== place && isInside(other, folder));
  return isFile && isShared ? keyOf(relativeTo(base, place)) : folderKeyOf(relativeTo(base, folder));
}
