import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';

/** What client and server say to each other beyond LSP. Both import this file, and nothing of each other. */

/** The section of the settings, and the prefix of the commands. */
export const SECTION = 'iamPolicyRefiner';

/** The name under which a configuration file is found, which holds the same settings for the editor and the command line. */
export const CONFIG_NAME = 'iam-policy-refiner.json';

/**
 * The client's commands that code actions and lenses of the server run. Those that concern a policy take a `PolicyTarget`;
 * without it they mean the policy at the cursor.
 */
export const COMMANDS = {
  refinePolicy: `${SECTION}.refinePolicy`,
  previewRefinement: `${SECTION}.previewRefinement`,
  choosePrincipal: `${SECTION}.choosePrincipal`,
  /** Takes a `KeepRequest`. */
  keepAction: `${SECTION}.keepAction`,
  /** Copies commands for a shell; its one argument is their list. It is in no palette. */
  copyCommands: `${SECTION}.copyCommands`,
} as const;

/** What a client may say of itself as initialization options, beside the settings of one that answers no requests for them. */
export interface ClientOptions {
  /** Whether it has `COMMANDS`: without them nothing is offered that would run one. */
  readonly commands?: boolean;
}

/** One policy of a file, or one of its statements, as lenses name it. */
export interface PolicyTarget {
  readonly uri: string;
  /** JSON pointer (RFC 6901) of the policy, or of one of its statements. */
  readonly pointer: string;
}

/** The argument of `COMMANDS.keepAction`. */
export interface KeepRequest {
  /** The policy file, whose workspace folder's settings are meant. */
  readonly uri: string;
  /** As `service:Name`. */
  readonly actions: readonly string[];
}

/** Which policy of a file a request is about. */
export interface PolicyParams {
  readonly textDocument: { readonly uri: string };
  /** Where the cursor stands: of several policies in a file the one around it is meant. */
  readonly position?: Position;
  /** JSON pointer of the policy, or of one of its statements; it goes before `position`. */
  readonly pointer?: string;
}

/**
 * Asks for the edit that refines a whole policy, or one of its statements; with neither position nor pointer, all policies of
 * the file. The edit says for which version of the document it was made.
 */
export const REFINE_POLICY_REQUEST = 'iamPolicyRefiner/refinePolicy';

export type RefinePolicyParams = PolicyParams;

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

/** Asks what refining would make of a file, for the user to look at first: as `REFINE_POLICY_REQUEST`, and what is to be shown. */
export const PREVIEW_REQUEST = 'iamPolicyRefiner/preview';

export type PreviewParams = PolicyParams;

export interface PreviewResult extends RefinePolicyResult {
  /** The version of the document that this is about; absent where the server does not have it open. */
  readonly version?: number;
  /** The policy that `position` or `pointer` means, by which to ask for it again; absent for all policies of the file. */
  readonly pointer?: string;
  /** Whose findings apply, in few words: `MyRole and 2 others`. */
  readonly whose?: string;
  /** The file's text, refined as far as it is to be; absent where the text is broken and so nobody knows. */
  readonly text?: string;
  /** What speaks for it, a short line each: whose findings, why and from when, the proof, the size. */
  readonly facts: readonly string[];
}

/** Asks what is known of the policy at the cursor, for the status. `null` where the file holds no policy. */
export const POLICY_STATUS_REQUEST = 'iamPolicyRefiner/policyStatus';

export type PolicyStatusParams = PolicyParams;

export interface PolicyStatus {
  readonly target: PolicyTarget;
  /** Whether findings apply to the policy, may not be asked now (settings to be mended), or do not exist. */
  readonly kind: 'matched' | 'blocked' | 'unmatched';
  /** Names of roles and users whose findings apply. */
  readonly principals: readonly string[];
  /** Their accounts, each once. */
  readonly accounts: readonly string[];
  /** Why these, or why none; a sentence without a capital and a full stop. */
  readonly why: string;
  /** What it grants in how many actions, and how many of them are unused; absent where no findings apply. */
  readonly totals?: { readonly granted: number; readonly unused: number };
  /** The findings that apply, newest first. */
  readonly findings: readonly FindingsSource[];
  readonly catalogue: { readonly date: string; readonly actions: number };
  /** What of the principals' reports no policy of the workspace folder grants, a principal each; absent while that is not known. */
  readonly notGranted?: readonly NotGrantedStatus[];
  /** The configuration file that holds for the policy. */
  readonly config?: ConfigSource;
}

/** A configuration file. */
export interface ConfigSource {
  readonly uri: string;
  /** What to call it: its path inside the workspace folder, or from the root where it lies outside. */
  readonly name: string;
}

/** A report that applies to a policy. */
export interface FindingsSource {
  readonly uri: string;
  /** Where in the file it stands. */
  readonly range: Range;
  /** When it was analysed, as a date (`2026-11-01`); absent where the file does not tell. */
  readonly analyzedOn?: string;
  /** How old that is in days. */
  readonly age?: number;
  /** Whether that is so long ago that one should get them anew. */
  readonly isOld?: boolean;
}

export interface NotGrantedStatus {
  /** One sentence, such as `MyRole: 12 of 40 reported actions are granted by no policy here`. */
  readonly message: string;
  /** The actions as `service:Name`, and the services that are reported as a whole as `service:*`. */
  readonly actions: readonly string[];
}

/** Asks which principals could be chosen for a policy, and how the setting `principals` names the policy. */
export const PRINCIPALS_REQUEST = 'iamPolicyRefiner/principals';

export type PrincipalsParams = PolicyParams;

export interface PrincipalsResult {
  readonly principals: readonly PrincipalChoice[];
  /** The keys under which the setting may name the policy, the closest first: `./template.json#AppRole`, `roles/App.json`, `roles/**`. */
  readonly keys: readonly string[];
  /** Why there is nothing to choose; for the user. */
  readonly refusal?: string;
}

export interface PrincipalChoice {
  /** ARN, or the bare name where the findings tell no more. */
  readonly id: string;
  readonly name: string;
  readonly kind?: 'role' | 'user';
  readonly account?: string;
  /** How much is reported unused. */
  readonly unused: { readonly actions: number; readonly services: number };
  /** Whether it is reported to use nothing at all. */
  readonly usesNothing: boolean;
  /** Whether its findings apply to the policy now. */
  readonly isCurrent: boolean;
}

/**
 * Asks what becomes of all policies of the workspace, or of one folder. Reports progress where a `workDoneToken` is given
 * (LSP, work done progress) and may be cancelled. Nothing is written.
 */
export const REFINE_WORKSPACE_REQUEST = 'iamPolicyRefiner/refineWorkspace';

export interface RefineWorkspaceParams {
  readonly workDoneToken?: number | string;
}

export interface RefineWorkspaceResult {
  /** The files with something to refine, in the order of their names. */
  readonly files: readonly RefinedFile[];
  /** How many policies were looked at, and to how many no findings apply. */
  readonly totals: { readonly policies: number; readonly unmatched: number };
  /** What could not be done, a sentence each: files that cannot be read, proofs that failed, policies that are unused as a whole. */
  readonly problems: readonly string[];
}

export interface RefinedFile {
  readonly uri: string;
  /** The text that the edits are made for; files may change before the user has decided. */
  readonly text: string;
  readonly policies: readonly RefinedPolicy[];
}

export interface RefinedPolicy {
  readonly pointer: string;
  /** What to call it: its address inside the file (`AppRole`); absent where the file is the policy. */
  readonly address?: string;
  readonly principals: readonly string[];
  readonly why: string;
  readonly totals: { readonly granted: number; readonly unused: number };
  /** Why one should think twice, such as a size that IAM would refuse: not chosen unless the user says so. */
  readonly confirm?: string;
  readonly edits: readonly TextEdit[];
}

/** Asks for all that helps when something is not as expected: a Markdown text for the user to read and to hand on. */
export const DEBUG_INFORMATION_REQUEST = 'iamPolicyRefiner/debugInformation';

export interface DebugInformationParams {
  /** The document in front, if any. */
  readonly textDocument?: { readonly uri: string };
  readonly position?: Position;
}

export interface DebugInformation {
  readonly markdown: string;
}

/**
 * Asks what the configuration file that holds for a document says of a setting. `null` where there is none, or it does not name
 * the setting: then the editor's own hold.
 */
export const CONFIGURED_REQUEST = 'iamPolicyRefiner/configured';

export interface ConfiguredParams {
  readonly textDocument: { readonly uri: string };
  readonly setting: 'principals' | 'keep';
}

export interface ConfiguredSetting extends ConfigSource {
  readonly value: unknown;
}

/**
 * Asks for the edit that gives a setting of a configuration file another value; what is around it stays.
 */
export const EDIT_CONFIG_REQUEST = 'iamPolicyRefiner/editConfig';

export interface EditConfigParams {
  /** The file as it stands in the editor. */
  readonly text: string;
  readonly setting: 'principals' | 'keep';
  /** Absent to take the setting away. */
  readonly value?: unknown;
}

export interface EditConfigResult {
  /** Absent where the text is broken. */
  readonly edit?: TextEdit;
}

/** Tells the client that findings, settings or policies changed, so that what it shows of them is to be asked for again. */
export const CHANGED_NOTIFICATION = 'iamPolicyRefiner/changed';

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
  readonly codeLens: { readonly enable: boolean };
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
  codeLens: { enable: true },
  catalogue: '',
};
