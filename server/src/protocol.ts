import type { WorkspaceEdit } from 'vscode-languageserver-types';

/** What client and server say to each other beyond LSP. Both import this file, and nothing of each other. */

/** The section of the settings, and the prefix of the commands. */
export const SECTION = 'iamPolicyRefiner';

/** The client's command that copies commands for a shell; its one argument is their list. It is in no palette. */
export const COPY_COMMANDS = `${SECTION}.copyCommands`;

/** What a client may say of itself as initialization options, beside the settings of one that answers no requests for them. */
export interface ClientOptions {
  /** Whether it has the command `COPY_COMMANDS`. */
  readonly copyCommands?: boolean;
}

/** Asks for the edit that refines a whole policy. The edit says for which version of the document it was made. */
export const REFINE_POLICY_REQUEST = 'iamPolicyRefiner/refinePolicy';

export interface RefinePolicyParams {
  readonly textDocument: { readonly uri: string };
  /** Where the cursor stands: of several policies in a file, the one around it is refined; without it, all are. */
  readonly position?: { readonly line: number; readonly character: number };
}

export interface RefinePolicyResult {
  /** `refined`: apply `edit`; `nothing`: there is nothing to do; `refused`: something is in the way. */
  readonly kind: 'refined' | 'nothing' | 'refused';
  /** What was done, or why nothing was; for the user. */
  readonly message: string;
  /** Why the user is to be asked before `edit` is applied, such as a size that IAM would refuse. */
  readonly confirm?: string;
  /** The edit to apply; versioned where the client can check versions. */
  readonly edit?: WorkspaceEdit;
}

/** The settings, as the user writes them below `iamPolicyRefiner`. */
export interface Settings {
  readonly enable: boolean;
  /** Globs of findings files, relative to the workspace folder. */
  readonly findings: readonly string[];
  /** Whose findings apply to which policies: a file or glob, or a document in it (`template.json#AppRole`), to names or ARNs. */
  readonly principals: Readonly<Record<string, string | readonly string[]>>;
  /** The age in days from which on last-accessed reports call something unused. */
  readonly unusedAccessAge: number;
  /** Entries such as `s3:Get*` whose actions are never reported. */
  readonly keep: readonly string[];
  readonly generalization: 'prefix' | 'exact';
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** A catalogue file that replaces the built-in one, relative to the workspace folder; empty for none. */
  readonly catalogue: string;
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  findings: ['**/*findings*.json', '**/*last-accessed*.json', '**/*access-analyzer*.json'],
  principals: {},
  unusedAccessAge: 90,
  keep: [],
  generalization: 'prefix',
  severity: 'warning',
  catalogue: '',
};
