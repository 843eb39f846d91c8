import type { CombinedFindings } from '../findings/combine.ts';
import type { FindingsIndex } from '../findings/findingsIndex.ts';
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

/** Whose findings apply to a policy, how surely, and why. */
export type Match = AppliedMatch | OpenMatch;

/** Somebody's findings apply, or likely do. */
export interface AppliedMatch extends MatchBasics {
  readonly kind: 'certain' | 'likely';
  /** What all of the principals leave unused. */
  readonly findings: CombinedFindings;
}

/** Nobody's do. */
export interface OpenMatch extends MatchBasics {
  readonly kind: 'ambiguous' | 'none';
  /** Something the user set stands in the way, such as a catalogue that cannot be read. */
  readonly blocked?: true;
}

interface MatchBasics {
  /** Whose findings apply; of an open match, whose could. Empty for findings that name nobody. */
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

/** Whether findings apply by themselves, or because the user takes what is likely. */
export function isApplied(match: Match, accepts: 'certain' | 'likely'): match is AppliedMatch {
  return match.kind === 'certain' || (match.kind === 'likely' && accepts === 'likely');
}

/** A match by the findings of principals, which are joined when they are first asked for: whose a policy is costs little to tell. */
export class PrincipalsMatch implements AppliedMatch {
  readonly kind: 'certain' | 'likely';
  readonly principals: readonly Principal[];
  readonly basis: string;
  readonly rule: MatchRule;
  readonly holders: readonly HolderView[];
  readonly settle?: readonly Settlement[];
  readonly isPinned?: true;
  readonly #index: FindingsIndex;

  constructor(
    index: FindingsIndex,
    { kind, principals, basis, rule, holders, settle, isPinned }: Omit<AppliedMatch, 'findings'>,
  ) {
    this.kind = kind;
    this.principals = principals;
    this.basis = basis;
    this.rule = rule;
    this.holders = holders;
    if (settle) this.settle = settle;
    if (isPinned) this.isPinned = true;
    this.#index = index;
  }

  get findings(): CombinedFindings {
    return this.#index.findingsOfAll(this.principals);
  }
}
