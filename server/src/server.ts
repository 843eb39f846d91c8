import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { version } from '../../package.json';
import { registerChanges } from './handlers/changes.ts';
import { registerCodeActions } from './handlers/codeActions.ts';
import { registerCodeLens } from './handlers/codeLens.ts';
import { registerConfigured } from './handlers/configured.ts';
import type { ClientAbilities } from './handlers/context.ts';
import { registerDebugInformation } from './handlers/debugInformation.ts';
import { registerDiagnostics } from './handlers/diagnostics.ts';
import { registerHover } from './handlers/hover.ts';
import { notifyChanged } from './handlers/notifyChanged.ts';
import { registerPolicyStatus } from './handlers/policyStatus.ts';
import { registerPreview } from './handlers/preview.ts';
import { registerPrincipals } from './handlers/principals.ts';
import { registerRefinePolicy } from './handlers/refinePolicy.ts';
import { registerRefineWorkspace } from './handlers/refineWorkspace.ts';
import { messageOf } from './messageOf.ts';
import { type Positions, positionsFor } from './positions/positions.ts';
import type { ClientOptions } from './protocol.ts';
import type { Runtime } from './runtime.ts';
import { FIX_ALL_KIND } from './service/codeActions/kinds.ts';
import { DIAGNOSTIC_SOURCE } from './service/diagnostics/codes.ts';
import { Analyzers } from './workspace/analyzers.ts';
import { Configs } from './workspace/configs.ts';
import { FindingsStore } from './workspace/findingsStore.ts';
import { NamesakeFinder } from './workspace/namesakes.ts';
import { uriOf } from './workspace/paths.ts';
import { PolicyFiles } from './workspace/policyFiles.ts';
import { ReverseViews } from './workspace/reverseViews.ts';
import { SettingsStore } from './workspace/settings.ts';
import { Siblings } from './workspace/siblings.ts';
import { Workspace } from './workspace/workspace.ts';

/** Starts the language server on a connection. Wiring only: each request has its own file in `handlers/`. */
export function startServer(connection: Connection, runtime: Runtime): void {
  connection.onInitialize((params) => {
    const client = abilitiesOf(params);
    const positions = positionsFor(params.capabilities.general?.positionEncodings);
    const documents = new TextDocuments(positions);
    documents.listen(connection);
    const request = (scopeUri: string, section: string) => connection.workspace.getConfiguration({ scopeUri, section });
    const settings = new SettingsStore(client.configuration ? request : undefined, params.initializationOptions);
    const findings = new FindingsStore(runtime, positions, (message) => connection.console.warn(message));
    const analyzers = new Analyzers(runtime, findings);
    const configs = new Configs(runtime.files);
    const siblings = new Siblings(runtime, documents);
    const namesakes = new NamesakeFinder(runtime.files, documents);
    const workspace = new Workspace(
      runtime.syntaxes,
      documents,
      settings,
      configs,
      findings,
      analyzers,
      siblings,
      namesakes,
    );
    workspace.folders = foldersOf(params);
    // Ours asks to open the folder instead, because it writes into the folder's settings.
    workspace.hasLooseFiles = !client.hasCommands;
    const policyFiles = new PolicyFiles(runtime, documents, workspace, siblings, namesakes);
    const reverseViews = new ReverseViews(workspace, policyFiles, (error) => {
      if (error !== undefined) connection.console.error(`Policies could not be looked through: ${messageOf(error)}`);
      notifyChanged(connection, client);
    });
    const context = {
      connection,
      documents,
      positions,
      workspace,
      configs,
      findings,
      analyzers,
      policyFiles,
      reverseViews,
      runtime,
      client,
    };

    registerCodeActions(context);
    registerHover(context);
    registerRefinePolicy(context);
    registerPreview(context);
    registerDebugInformation(context);
    registerPolicyStatus(context);
    registerRefineWorkspace(context);
    registerPrincipals(context);
    registerConfigured(context);
    const refreshes = [
      registerDiagnostics(context),
      registerCodeLens(context),
      () => notifyChanged(connection, client),
    ];
    connection.onInitialized(() => registerChanges(context, settings, refreshes));
    return describeServer(client, positions);
  });
  connection.listen();
}

function describeServer(client: ClientAbilities, { encoding }: Positions): InitializeResult {
  return {
    serverInfo: { name: DIAGNOSTIC_SOURCE, version },
    capabilities: {
      // UTF-16 is what goes without saying.
      ...(encoding !== PositionEncodingKind.UTF16 && { positionEncoding: encoding }),
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: DIAGNOSTIC_SOURCE,
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
      ...(client.hasCommands && { codeLensProvider: {} }),
      hoverProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { textDocument, workspace } = capabilities;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    configuration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesOutside: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    changesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasCommands: (initializationOptions as ClientOptions | null | undefined)?.commands === true,
  };
}

/** The workspace's folders; a client that knows none of them may still name one root. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): { uri: string; name: string }[] {
  if (workspaceFolders && workspaceFolders.length > 0) return workspaceFolders;
  const root = rootUri || (rootPath && uriOf(rootPath));
  return root ? [{ uri: root, name: '' }] : [];
}
