import type { PolicyOwner } from '../../policy/model.ts';
import type { FindingsIndex } from '../findingsIndex.ts';
import { type Principal, parsePrincipal } from '../principal.ts';
import { pinByAccount } from './account.ts';
import { ambiguous, type MatchRule, matched } from './outcome.ts';

/** Rule 2. An owner that is known and has no findings uses everything. */
export const byOwner: MatchRule = ({ owner }, place, index, options) => {
  if (!owner) return undefined;
  const label = describeOwner(owner);
  const named = owner.name === undefined ? physicalNames(owner, index) : index.find(owner.name);
  const found = pinByAccount(
    named.filter((principal) => mayBe(owner, principal)),
    place,
  );
  const accounts = new Set(found.map(({ account }) => account));
  if (owner.name !== undefined && accounts.size > 1) return ambiguous(owner.name, found);
  if (found.length > 0) return matched(index, found, `${label} holds this policy`);
  if (options.anywhere && index.unnamed.length > 0) return undefined;
  return {
    kind: 'unmatched',
    why: `this policy belongs to ${label}, for which there are no findings`,
  };
};

/** Whether the syntax names the owner literally, and names somebody else than this principal. */
export function isSomebodyElse(owner: PolicyOwner, principal: Principal): boolean {
  return (
    owner.name !== undefined && !(owner.name.toLowerCase() === principal.name.toLowerCase() && mayBe(owner, principal))
  );
}

/** An owner in the words of a sentence: `the role 'App'`. */
export function describeOwner({ kind, name, logicalId }: PolicyOwner): string {
  const id = name ?? logicalId;
  return id === undefined ? `${kind}s that the template does not name literally` : `the ${kind} '${id}'`;
}

/** A principal that is known by its bare name may be a role or a user. */
function mayBe({ kind, arn = '' }: PolicyOwner, principal: Principal): boolean {
  // Findings that do not tell the account may be about a namesake in another one.
  if (parsePrincipal(arn) && principal.arn?.toLowerCase() !== arn.toLowerCase()) return false;
  return principal.kind === undefined ? kind !== 'group' : principal.kind === kind;
}

/**
 * CloudFormation names a role without `RoleName` `stack-LogicalId-1A2B3C`; several stacks make several roles of it. What only
 * looks like one of them has a say, lest it lose what it uses, but is none on its own.
 */
function physicalNames({ logicalId, isNamedLater }: PolicyOwner, index: FindingsIndex): Principal[] {
  if (logicalId === undefined || isNamedLater) return [];
  const id = logicalId.toLowerCase();
  const found = index.principals.flatMap((principal) => {
    const [, end = '', suffix = ''] = PHYSICAL_NAME.exec(principal.name) ?? [];
    if (end.toLowerCase() === id) return [{ principal, isCertain: RANDOM_SUFFIX.test(suffix) }];
    const isCut = principal.name.length >= MIN_LENGTH_CUT && end.length >= MIN_CUT && id.startsWith(end.toLowerCase());
    return isCut ? [{ principal, isCertain: false }] : [];
  });
  return found.some(({ isCertain }) => isCertain) ? found.map(({ principal }) => principal) : [];
}

/** The stack's name, which may have dashes, the logical id, which has none, and what CloudFormation makes up. */
const PHYSICAL_NAME = /^.+-([^-]+)-([A-Z0-9]{6,}|[A-Za-z0-9]{12,13})$/;

/** What nobody would choose: capitals and digits, or all kinds, so that `web-app-server` is no `App`. */
const RANDOM_SUFFIX = /^(?:[A-Z0-9]+|(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).+)$/;

/** IAM's names have 64 characters at most. To fit in, CloudFormation cuts the stack's name and the logical id. */
const MIN_LENGTH_CUT = 60;

/** So much of a logical id is left at least. */
const MIN_CUT = 16;
