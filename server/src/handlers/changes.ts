import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
} from 'vscode-languageserver';
import { SECTION } from '../protocol.ts';
import type { SettingsStore } from '../workspace/settings.ts';
import type { HandlerContext } from './context.ts';
import type { RefreshDiagnostics } from './diagnostics.ts';

/** How long the watcher must be quiet before the open policies are refreshed: exports are often written file by file. */
const QUIET_MS = 100;

/** Follows settings, workspace folders and files on disk: forgets what is no longer true, then refreshes the open documents. */
export function registerChanges(context: HandlerContext, settings: SettingsStore, refresh: RefreshDiagnostics): void {
  const { connection, documents, workspace, findings, client } = context;
  let timer: NodeJS.Timeout | undefined;
  const refreshSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, QUIET_MS);
  };

  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    const section = (pushed as Readonly<Record<string, unknown>> | null | undefined)?.[SECTION];
    if (!client.configuration && section !== undefined) settings.replaceFallback(section);
    settings.clear();
    workspace.forgetAnalyzers();
    refreshSoon();
  });
  if (client.changesConfiguration) {
    connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) findings.changed(uri, type !== FileChangeType.Changed);
    // The catalogue of the settings may be among the files.
    workspace.forgetAnalyzers();
    refreshSoon();
  });
  if (client.watchesFiles) {
    // Findings are chosen by globs that may differ by folder, so all JSON files are watched and what is no findings file costs nothing.
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.json' }] });
  } else {
    documents.onDidSave(() => {
      findings.clear();
      refreshSoon();
    });
  }

  if (client.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      workspace.folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      findings.clear();
      refreshSoon();
    });
  }

  documents.onDidClose(({ document }) => workspace.close(document.uri));
}
