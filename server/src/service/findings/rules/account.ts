import type { Principal } from '../principal.ts';
import type { PolicyPlace } from './outcome.ts';

/**
 * An account's id in the path says where the policy is deployed: it tells roles of the same name apart, and findings of
 * another account's role do not apply, because the role may be in use in this one. What lies above the root is the user's
 * own machine and says nothing. Where the path names an account, findings that name none do not apply either.
 */
export function pinByAccount(found: readonly Principal[], { path, root }: PolicyPlace): readonly Principal[] {
  const inside =
    root !== undefined && path.startsWith(root) ? path.slice(root.length) : path.slice(path.lastIndexOf('/'));
  const accounts = inside.match(/(?<!\d)\d{12}(?!\d)/g);
  return accounts ? found.filter(({ account }) => account !== undefined && accounts.includes(account)) : found;
}
