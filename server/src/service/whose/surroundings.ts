import type { Principal } from '../findings/principal.ts';
import { type AccountsOfFile, accountsOf, isIn, mayAlsoBeIn } from './accounts.ts';
import type { HolderIndex } from './holderIndex.ts';
import type { Holder } from './holders.ts';
import type { Instances } from './instances.ts';
import type { Universe } from './universe.ts';

/** What telling who is who needs: what a repository says, and the principals that are known. */
export interface Surroundings {
  readonly root: string;
  readonly index: HolderIndex;
  readonly instances: Instances;
  readonly accountsOfFile: AccountsOfFile;
  /** The policy files that bear a name, by it in lower case. */
  readonly filesNamed: (name: string) => readonly string[];
  readonly universe: Universe;
}

/** Whether a principal may be a holder as far as its kind, account and ARN tell: all but its name. */
export function mayBe(holder: Holder, principal: Principal, { accountsOfFile }: Surroundings): boolean {
  const { kind, arn } = holder;
  if (arn !== undefined && principal.arn?.toLowerCase() !== arn.toLowerCase()) return false;
  if (principal.kind === undefined ? kind === 'group' : principal.kind !== kind) return false;
  return isIn(accountsOf(holder, accountsOfFile), principal);
}

/** The same of somebody else who could be meant in a holder's place: what is not known of a principal excludes nobody. */
export function mayAlsoBe(holder: Holder, principal: Principal, around: Surroundings): boolean {
  if (principal.arn !== undefined) return mayBe(holder, principal, around);
  return (
    (principal.kind ?? holder.kind) === holder.kind &&
    holder.kind !== 'group' &&
    mayAlsoBeIn(accountsOf(holder, around.accountsOfFile), principal)
  );
}

/** Those who have a name for sure and could be one of these principals. */
export function namesakes(name: string, principals: readonly Principal[], around: Surroundings): Holder[] {
  return around.index
    .named(name)
    .filter((holder) => principals.some((principal) => mayAlsoBe(holder, principal, around)));
}

/**
 * Whether code declares a principal by its very name. What only means it, or lists it as AWS does, speaks of one that may be declared by
 * a computed or a made-up name.
 */
export function isDeclaredByName(principal: Principal, around: Surroundings): boolean {
  return namesakes(principal.name, [principal], around).some(
    ({ isDeclared, arn, known }) => isDeclared && (arn === undefined || (known.kind === 'literal' && known.isListed)),
  );
}

/** One of several principals that exists and uses everything, because no finding is about it. */
export function withoutFindings(principals: readonly Principal[], { universe }: Surroundings): Principal | undefined {
  return principals.find((principal) => !universe.hasFindings(principal));
}
