import type { Principal } from '../findings/principal.ts';
import type { Holder } from './holders.ts';

/** Tells the accounts that a file's code is deployed to; `undefined` where nothing does. */
export type AccountsOfFile = (path: string) => readonly string[] | undefined;

/** The accounts' ids in a path: those of the nearest name that has any, from the root's own name on, and in what the user typed to name the root. */
export function accountsInPath(path: string, root: string, typed = ''): readonly string[] | undefined {
  const folder = root.replace(/\/*$/, '');
  const isInside = path.startsWith(`${folder}/`);
  const inside = path.slice((isInside ? folder : path).lastIndexOf('/') + 1);
  return (
    [...typed.split('/'), ...inside.split('/')]
      .map((name) => name.match(/(?<!\d)\d{12}(?!\d)/g))
      .findLast((ids) => ids !== null) ?? undefined
  );
}

/** The accounts that a holder is in, as far as settings, paths and stack sets tell. With a provider of its own it may be anywhere. */
export function accountsOf(
  { instance, provider }: Pick<Holder, 'instance' | 'provider'>,
  ofFile: AccountsOfFile,
): readonly string[] | undefined {
  if (instance.account !== undefined) return [instance.account];
  return provider === '' ? ofFile(instance.root.scope.path) : undefined;
}

/** Whether a principal may live in one of these accounts; one whose account nobody tells is in none that is told. */
export function isIn(accounts: readonly string[] | undefined, { account }: Principal): boolean {
  return accounts === undefined || (account !== undefined && accounts.includes(account));
}

/** The same of somebody else who could be meant in its place: then one whose account nobody tells may live in any. */
export function mayAlsoBeIn(accounts: readonly string[] | undefined, principal: Principal): boolean {
  return principal.account === undefined || isIn(accounts, principal);
}
