import type { FindingsIndex } from '../findings/findingsIndex.ts';
import type { Principal } from '../findings/principal.ts';
import type { SettingOrigins } from '../settingOrigins.ts';

/** One line of the setting `principals` that speaks of a policy's file. */
export interface PrincipalMapping {
  /** As the user wrote it, such as `template.json#AppRole`. */
  readonly key: string;
  /** The policy or holder of the file that is meant; the whole file when absent. */
  readonly document?: string;
  /** Names, ARNs or patterns (`orders-*`) of roles and users; none where nobody's findings are to apply. */
  readonly principals: readonly string[];
  /** Where the setting comes from. */
  readonly origins?: SettingOrigins;
}

/** What is asked of a repository: whose a policy is, by these findings and the user's word. */
export interface Question {
  readonly index: FindingsIndex;
  /** What the settings say of the policies and holders of a file, first things first. */
  readonly mappingsOf?: (path: string) => readonly PrincipalMapping[];
  /** Principals that the user named on the command line. */
  readonly principals?: readonly Principal[];
  /** Whether the user named the file itself, and not a folder above it. */
  readonly isNamed?: boolean;
  /** Whether it is the one PATH that the user named. */
  readonly isAlone?: boolean;
  /** Whether findings came with the policy, or the user named them for all that is named: then those that name nobody apply wherever they lie. */
  readonly anywhere?: boolean;
  /** Whether findings that name nobody apply to nothing. */
  readonly isStrict?: boolean;
  /** The folder that keys of the setting `principals` lead on from; the repository's root when absent. */
  readonly keyBase?: string;
}
