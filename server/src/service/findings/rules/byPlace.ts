import type { Principal } from '../principal.ts';
import { pinByAccount } from './account.ts';
import { ambiguous, type FindingsMatch, type MatchRule, matched } from './outcome.ts';

/**
 * Rule 3: the file's base name, else the nearest folder above it and inside the root, is a principal's name. It is no word
 * on a policy whose owner the syntax tells: that is somebody else than the principal of that name.
 */
export const byPlace: MatchRule = ({ owner }, place, index) => {
  if (owner) return undefined;
  const { path, root } = place;
  const base = (path.split('/').at(-1) ?? '').split('.')[0] ?? '';
  const bases = [base, base.replace(/[-_]policy$/i, '')].map(
    (name) => [name, `the file is called '${path.split('/').at(-1)}'`] as const,
  );
  const folders = foldersBetween(path, root).map((name) => [name, `it lies in the folder '${name}'`] as const);
  for (const [name, because] of [...bases, ...folders]) {
    const named = name === '' ? [] : index.find(name);
    const found = pinByAccount(named, place);
    if (named.length > 0 && found.length === 0) return elsewhere(name, named);
    if (found.length > 1) return ambiguous(name, found);
    if (found.length === 1) return matched(index, found, because);
  }
  return undefined;
};

/** The names of the folders above `path` and below `root`, nearest first. */
function foldersBetween(path: string, root: string | undefined): string[] {
  const prefix = root === undefined ? undefined : root.replace(/\/*$/, '/');
  if (prefix === undefined || !path.startsWith(prefix)) return [];
  return path.slice(prefix.length).split('/').slice(0, -1).reverse();
}

function elsewhere(name: string, named: readonly Principal[]): FindingsMatch {
  const accounts = named.flatMap(({ account }) => account ?? []);
  const why =
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and the path names another one`
      : `the findings about '${name}' do not tell its account, and the path names one`;
  return { kind: 'unmatched', why };
}
