import { accountsOf, isIn } from './accounts.ts';
import { ambiguous, certain, none } from './answers.ts';
import { describeHolder, type Holder } from './holders.ts';
import { isOtherPlace, listPlaces } from './places.ts';
import type { HolderAnswer } from './standing.ts';
import { type Surroundings, withoutFindings } from './surroundings.ts';

/** Whose findings are those of a group: its members', where inventories list all of them. */
export function answerForGroup(holder: Holder, around: Surroundings): HolderAnswer {
  const { known } = holder;
  const { index, universe, accountsOfFile, root } = around;
  const label = describeHolder(holder);
  const accounts = accountsOf(holder, accountsOfFile);
  const members =
    known.kind === 'literal'
      ? universe.membersOf(known.name).filter((member) => isIn(accounts, member) && isOfArn(holder, member.account))
      : [];
  if (known.kind !== 'literal' || members.length === 0)
    return none(`${label} holds this policy, and nobody can say here who its members are`);
  const missing = withoutFindings(members, around);
  if (missing)
    return none(`${missing.label} is a member of ${label}, and has no findings: it counts as using everything`);
  const declared = index.named(known.name).filter(({ kind, isDeclared }) => kind === 'group' && isDeclared);
  // Who is only meant by the name is one of those that are declared.
  const own = holder.isDeclared ? holder : declared[0];
  const places = declared
    .filter((other) => own && isOtherPlace(own, other, true))
    .filter((other) => members.some((member) => isIn(accountsOf(other, accountsOfFile), member)))
    .map(({ instance }) => instance.root.scope.path);
  if (places.length > 0)
    return ambiguous(
      members,
      `${label} is also declared in ${listPlaces([...new Set(places)], root)}, and nothing tells which of them has the members ${members.map(({ label: member }) => member).join(', ')}`,
      [...new Set(places)],
    );
  return certain(members, `these are the members of ${label}`);
}

/** Whether a group whose ARN is known is one of this account. */
function isOfArn({ arn }: Holder, account: string): boolean {
  return arn === undefined || arn.split(':')[4] === account;
}
