import type { PolicyOwner } from '../../policy/model.ts';
import { count } from '../../text.ts';
import { namePrincipals } from '../../wording.ts';
import type { FindingsIndex } from '../findingsIndex.ts';
import { principalsMadeOf } from '../physicalNames.ts';
import { type Principal, parsePrincipal } from '../principal.ts';
import { pinByAccount } from './account.ts';
import { ambiguous, type FindingsMatch, type MatchRule, matched, type PolicyPlace } from './outcome.ts';

/** Rule 2. An owner that is known and has no findings uses everything. */
export const byOwner: MatchRule = ({ owner }, place, index, options) => {
  if (!owner) return undefined;
  const label = describeOwner(owner);
  const found = findOwner(owner, index, (principal) => {
    return mayBe(owner, principal) && pinByAccount([principal], place).length > 0;
  });
  const accounts = new Set(found.map(({ account }) => account));
  if (owner.name !== undefined && accounts.size > 1) return ambiguous(owner.name, found);
  const namesakes =
    owner.name === undefined ? options.namesakes?.get((owner.logicalId ?? '').toLowerCase()) : undefined;
  if (found.length > 0 && namesakes) return ofSeveralTemplates(label, found, namesakes, place);
  if (found.length > 0) return matched(index, found, `${label} holds this policy`);
  if (options.anywhere && index.unnamed.length > 0) return undefined;
  return {
    kind: 'unmatched',
    why: owner.whyUnknown ?? `this policy belongs to ${label}, for which there are no findings`,
  };
};

function findOwner(
  { name, logicalId, isNamedLater }: PolicyOwner,
  index: FindingsIndex,
  isPossible: (principal: Principal) => boolean,
): readonly Principal[] {
  if (name !== undefined) return index.find(name).filter(isPossible);
  return logicalId === undefined || isNamedLater ? [] : principalsMadeOf(logicalId, index, isPossible);
}

/** A stack's name does not tell of which template it was made. Roles that use all they have are in no findings, so agreement says nothing. */
function ofSeveralTemplates(
  label: string,
  found: readonly Principal[],
  namesakes: readonly string[],
  { root = '' }: PolicyPlace,
): FindingsMatch {
  const [other = '', ...more] = namesakes.map((path) =>
    path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path,
  );
  const others = more.length === 0 ? `'${other}'` : `'${other}' and ${count(more.length, 'more file')}`;
  const whose = namePrincipals(found);
  const verb = found.length === 1 ? 'was' : 'were';
  return {
    kind: 'unmatched',
    why: `${label} may be in ${others} as well, and nothing tells of which template ${whose} ${verb} made`,
  };
}

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
