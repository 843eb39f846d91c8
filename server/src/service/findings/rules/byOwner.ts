import type { PolicyOwner } from '../../policy/model.ts';
import type { FindingsIndex } from '../findingsIndex.ts';
import type { Principal } from '../principal.ts';
import { pinByAccount } from './account.ts';
import { ambiguous, type MatchRule, matched } from './outcome.ts';

/** Rule 2. An owner that is known and has no findings uses everything. */
export const byOwner: MatchRule = ({ owner }, place, index, options) => {
  if (!owner) return undefined;
  const id = owner.name ?? owner.logicalId;
  const label =
    id === undefined ? `${owner.kind}s that the template does not name literally` : `the ${owner.kind} '${id}'`;
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

/** A principal that is known by its bare name may be a role or a user. */
function mayBe({ kind }: PolicyOwner, principal: Principal): boolean {
  return principal.kind === undefined ? kind !== 'group' : principal.kind === kind;
}

/** CloudFormation names a role without `RoleName` `stack-LogicalId-1A2B3C`; several stacks make several roles of it. */
function physicalNames({ logicalId }: PolicyOwner, index: FindingsIndex): Principal[] {
  if (logicalId === undefined) return [];
  const end = `-${logicalId.toLowerCase()}`;
  return index.principals.filter(({ name }) => {
    const dash = name.lastIndexOf('-');
    return RANDOM_SUFFIX.test(name.slice(dash + 1)) && name.slice(0, dash).toLowerCase().endsWith(end);
  });
}

/** What CloudFormation puts behind a logical id: capitals and digits, so that `web-app-server` is no `App`. */
const RANDOM_SUFFIX = /^[A-Z0-9]{6,}$/;
