import type { Principal } from '../findings/principal.ts';

/** How sure it is whose a policy is. */
export type MatchKind =
  /** The code, or the user, says so: it is marked and refined. */
  | 'certain'
  /** All that is known speaks for it: it is shown, and applied where the user takes what is likely. */
  | 'likely'
  /** Several could be meant. */
  | 'ambiguous'
  /** Nobody's findings apply. */
  | 'none';

/** Whose findings apply to a policy, how surely, and why. Plain data, so that threads can hand it on. */
export interface Match {
  readonly kind: MatchKind;
  /** Whose findings apply, or likely do; of an open match, whose could. Empty for findings that name nobody. */
  readonly principals: readonly Principal[];
  /** Why, as a clause for the user. */
  readonly basis: string;
  /** What the answer comes from. */
  readonly rule: MatchRule;
  /** The lines that settle it, the best first. */
  readonly settle?: readonly Settlement[];
  /** Who holds the policy as far as the code tells. */
  readonly holders: readonly HolderView[];
  /** Whether the user named ARNs, and with them the accounts: then there is no doubt where the policy is deployed. */
  readonly isPinned?: true;
  /** The files with findings that name nobody, where it is these that apply. */
  readonly unnamedIn?: readonly string[];
  /** Something the user set stands in the way, such as a catalogue that cannot be read. */
  readonly isBlocked?: true;
}

export type MatchRule = 'user' | 'code' | 'inventory' | 'fileName' | 'unnamedFindings' | 'nothing';

/** A line that settles whose a policy is. */
export interface Settlement {
  /** The setting, or the option of the command line. */
  readonly setting: 'principals' | 'accounts' | 'exclude' | 'match' | 'option';
  /** As it is to be written: a member of `iam-policy-refiner.json`, or an option. */
  readonly line: string;
  /** For `principals` and `accounts`: the key and its value; for `exclude`: the glob. */
  readonly key?: string;
  readonly value?: string | readonly string[];
}

/** A holder in an answer. */
export interface HolderView {
  readonly kind: 'role' | 'user' | 'group';
  /** As the code tells it: `AppRole`, `*-app`; absent where it tells nothing. */
  readonly name?: string;
  readonly address?: string;
  /** In a sentence: `the role 'AppRole'`. */
  readonly label: string;
  /** The AWS managed policies that the code attaches to it, by what follows `policy/` in their ARNs. */
  readonly awsManaged: readonly string[];
}

/** Whether somebody's findings apply, or likely do. */
export function isSettled({ kind }: Match): boolean {
  return kind === 'certain' || kind === 'likely';
}

/** Whether findings apply by themselves, or because the user takes what is likely. */
export function isApplied({ kind }: Match, accepts: 'certain' | 'likely'): boolean {
  return kind === 'certain' || (kind === 'likely' && accepts === 'likely');
}
