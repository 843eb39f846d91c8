import type { Principal } from '../principal.ts';
import type { FindingsMatch, PolicyPlace } from './outcome.ts';

/**
 * An account's id in the path says where the policy is deployed: it tells roles of the same name apart, and findings of
 * another account's role do not apply, because the role may be in use in this one. The nearest name that has an id counts.
 * Where the path names an account, findings that name none do not apply either.
 */
export function pinByAccount(found: readonly Principal[], place: PolicyPlace): readonly Principal[] {
  const accounts = namesThatCount(place)
    .map((name) => name.match(/(?<!\d)\d{12}(?!\d)/g))
    .findLast((ids) => ids !== null);
  return accounts ? found.filter(({ account }) => account !== undefined && accounts.includes(account)) : found;
}

/** The findings about a name are left out by `pinByAccount`, all of them. */
export function elsewhere(name: string, named: readonly Principal[]): FindingsMatch {
  const accounts = named.flatMap(({ account }) => account ?? []);
  const why =
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and the path names another one`
      : `the findings about '${name}' do not tell its account, and the path names one`;
  return { kind: 'unmatched', why };
}

/**
 * The names of file and folders that may tell the account, the file's last: from the root's own name on, and what the user
 * typed. What else lies above the root is the user's own machine and says nothing.
 */
function namesThatCount({ path, root, typed = '' }: PolicyPlace): string[] {
  const folder = root?.replace(/\/*$/, '');
  const isInside = folder !== undefined && path.startsWith(`${folder}/`);
  const inside = path.slice((isInside ? folder : path).lastIndexOf('/') + 1);
  return [...typed.split('/'), ...inside.split('/')];
}
