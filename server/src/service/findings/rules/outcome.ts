import type { PolicyDocument } from '../../policy/model.ts';
import type { SettingOrigins } from '../../settingOrigins.ts';
import type { CombinedFindings } from '../combine.ts';
import type { FindingsIndex } from '../findingsIndex.ts';
import type { Principal } from '../principal.ts';

/** The rules by the names of their functions. */
export type MatchRuleName = 'byUser' | 'byOwner' | 'byPlace' | 'byCloseness';

/** Which findings apply to a policy, and why: the reason is shown wherever the outcome is. */
export type FindingsMatch =
  | {
      readonly kind: 'matched';
      readonly findings: CombinedFindings;
      readonly principals: readonly Principal[];
      readonly why: string;
      /** The rule that decided it. */
      readonly rule?: MatchRuleName;
      /** Whether the user named ARNs, and with them the accounts: then there is no doubt where the policy is deployed. */
      readonly isPinned?: true;
    }
  | {
      readonly kind: 'unmatched';
      readonly why: string;
      /** The rule that decided it; absent where none had an answer. */
      readonly rule?: MatchRuleName;
      /** Something the user set stands in the way, such as a catalogue that cannot be read. */
      readonly blocked?: boolean;
    };

/** The findings that apply to a policy. */
export type MatchedFindings = Extract<FindingsMatch, { readonly kind: 'matched' }>;

/** Where a policy's file lies. Paths are absolute and divided by `/`. */
export interface PolicyPlace {
  readonly path: string;
  /** The folder inside which folder names count: the workspace folder, or the PATH given on the command line. */
  readonly root?: string;
  /** What the user typed to name the root, which may lie above it: an account's id in it counts. */
  readonly typed?: string;
}

/** One line of the setting `principals` that speaks of a policy's file. */
export interface PrincipalMapping {
  /** As the user wrote it, such as `template.json#AppRole`. */
  readonly key: string;
  /** The policy of the file that is meant; the whole file when absent. */
  readonly document?: string;
  /** Names or ARNs of roles and users; none where nobody's findings are to apply. */
  readonly principals: readonly string[];
  /** Where the setting comes from. */
  readonly origins?: SettingOrigins;
}

/** What the user said that goes before, or beyond, what can be told from the policy and its place. */
export interface MatchOptions {
  /** Principals that the user named for this policy. */
  readonly principals?: readonly Principal[];
  /** What the settings say of the policy's file, first things first. */
  readonly mappings?: readonly PrincipalMapping[];
  /** The command line's version of rule 4: findings without a principal apply wherever they lie. */
  readonly anywhere?: boolean;
  /** Whether this is the one policy that was named on the command line. */
  readonly alone?: boolean;
  /** The other files, by path, that have a logical id in common with this one; by the id in lower case. See `physicalIdsIn`. */
  readonly namesakes?: Namesakes;
}

/** Files by a logical id that they have in common, in lower case. */
export type Namesakes = ReadonlyMap<string, readonly string[]>;

/** A rule that tells whose findings apply; `undefined` where it has nothing to say and the next one is asked. */
export type MatchRule = (
  document: PolicyDocument,
  place: PolicyPlace,
  index: FindingsIndex,
  options: MatchOptions,
) => FindingsMatch | undefined;

/**
 * What is unused by all these principals.
 * @param isPinned whether the user named their accounts
 */
export function matched(
  index: FindingsIndex,
  principals: readonly Principal[],
  why: string,
  isPinned?: true,
): MatchedFindings {
  return new MatchedPrincipals(index, principals, why, isPinned);
}

/** Joins the findings of its principals when they are first asked for: whose a policy is costs little to tell. */
class MatchedPrincipals implements MatchedFindings {
  readonly kind = 'matched';
  readonly principals: readonly Principal[];
  readonly why: string;
  readonly isPinned?: true;
  readonly #index: FindingsIndex;

  constructor(index: FindingsIndex, principals: readonly Principal[], why: string, isPinned?: true) {
    this.principals = principals;
    this.why = why;
    if (isPinned) this.isPinned = true;
    this.#index = index;
  }

  get findings(): CombinedFindings {
    return this.#index.findingsOfAll(this.principals);
  }
}

/** Findings that could be about several principals apply to none: a guess could remove what is in use. */
export function ambiguous(name: string, found: readonly Principal[]): FindingsMatch {
  return { kind: 'unmatched', why: `'${name}' could be any of ${found.map(({ label }) => label).join(', ')}` };
}
