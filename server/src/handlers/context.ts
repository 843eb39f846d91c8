import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Positions } from '../positions/positions.ts';
import type { Runtime } from '../runtime.ts';
import type { Analyzers } from '../workspace/analyzers.ts';
import type { Configs } from '../workspace/configs.ts';
import type { FindingsStore } from '../workspace/findingsStore.ts';
import type { PolicyFiles } from '../workspace/policyFiles.ts';
import type { ReverseViews } from '../workspace/reverseViews.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the client can do, read once from its capabilities. */
export interface ClientAbilities {
  /** Asks for diagnostics itself (LSP 3.17); otherwise we push them. */
  readonly pullsDiagnostics: boolean;
  /** Asks again when told that diagnostics changed. */
  readonly refreshesDiagnostics: boolean;
  /** Asks again when told that code lenses changed. */
  readonly refreshesCodeLenses: boolean;
  /** Understands edits that are bound to a version. */
  readonly versionedEdits: boolean;
  readonly configuration: boolean;
  readonly watchesFiles: boolean;
  /** Watches files outside the workspace, too. */
  readonly watchesOutside: boolean;
  readonly workspaceFolders: boolean;
  readonly changesConfiguration: boolean;
  /** Has the commands of `protocol.ts`: our own client. */
  readonly hasCommands: boolean;
}

/** What every handler works with. */
export interface HandlerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  /** Makes all positions that the client gets or gives. */
  readonly positions: Positions;
  readonly workspace: Workspace;
  readonly configs: Configs;
  readonly findings: FindingsStore;
  readonly analyzers: Analyzers;
  readonly policyFiles: PolicyFiles;
  readonly reverseViews: ReverseViews;
  readonly runtime: Runtime;
  readonly client: ClientAbilities;
}

/** Brings what is shown of the open documents up to date after findings or settings changed. */
export type Refresh = () => void;
