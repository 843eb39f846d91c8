import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
} from 'vscode-languageserver';
import { CONFIG_NAME, DEFAULT_SETTINGS, SECTION } from '../protocol.ts';
import { POLICY_GLOBS } from '../service/policy/syntaxes.ts';
import { type ConfigFile, isConfig } from '../workspace/configs.ts';
import { DiskLooks } from '../workspace/diskLooks.ts';
import type { SettingsStore } from '../workspace/settings.ts';
import type { HandlerContext, Refresh } from './context.ts';
import { tell } from './tell.ts';

/** How long the watcher must be quiet before the open policies are refreshed: exports are often written file by file. */
const QUIET_MS = 100;

/** And so long they wait at most, when some tool goes on writing. */
const MAX_WAIT_MS = 500;

/**
 * Findings are chosen by globs that may differ by folder, and policies may be anywhere, so all files of their kinds are watched:
 * one that is neither costs nothing. A deleted folder is told as such, without the files in it. Globs that find other files are watched when they are known.
 */
const WATCHERS = [
  ...POLICY_GLOBS.map((globPattern) => ({ globPattern })),
  { globPattern: '**/*', kind: WatchKind.Delete },
];

/** Of a configuration file above the workspace: it and the findings that it names, none of which the editor watches by itself. */
function outsideWatchers({ folder, config: { findings = DEFAULT_SETTINGS.findings } }: ConfigFile) {
  const globs = findings.filter((glob) => !glob.startsWith('!')).map((glob) => glob.replace(/^\.?\//, ''));
  return [CONFIG_NAME, ...globs].map((pattern) => ({ globPattern: { baseUri: folder, pattern } }));
}

/** Follows settings, workspace folders and files on disk: forgets what is no longer true, then refreshes the open documents. */
export function registerChanges(context: HandlerContext, settings: SettingsStore, refreshes: readonly Refresh[]): void {
  const { connection, documents, workspace, configs, findings, analyzers, policyFiles, reverseViews, client } = context;
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  const refreshSoon = () => {
    const now = Date.now();
    if (timer === undefined) latest = now + MAX_WAIT_MS;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        for (const refresh of refreshes) refresh();
      },
      Math.max(0, Math.min(QUIET_MS, latest - now)),
    );
  };

  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.replaceFallback(pushed);
    settings.clear();
    reverseViews.changed();
    analyzers.forget();
    refreshSoon();
  });
  if (client.changesConfiguration) {
    const registered = connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    tell(registered, 'Watching the settings', connection.console);
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      findings.changed(uri, type !== FileChangeType.Changed);
      policyFiles.changed(uri, type !== FileChangeType.Changed);
      configs.changed(uri, type !== FileChangeType.Changed);
    }
    reverseViews.changed();
    // The catalogue of the settings may be among the files.
    analyzers.forget();
    refreshSoon();
  });
  if (client.watchesFiles) {
    const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
    tell(registered, 'Watching the findings files', connection.console);
    findings.onOddGlobs((globs) => {
      const watchers = globs.map((glob) => ({ globPattern: `**/${glob.replace(/^(?:\.?\/|\*\*\/)+/, '')}` }));
      const more = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      tell(more, `Watching the findings files ${globs.join(', ')}`, connection.console);
    });
    const watched = new Set<string>();
    configs.onRead((file) => {
      const watchers = outsideWatchers(file).filter(({ globPattern }) => !watched.has(JSON.stringify(globPattern)));
      if (!client.watchesOutside || watchers.length === 0 || workspace.folderOf(file.uri) !== undefined) return;
      for (const { globPattern } of watchers) watched.add(JSON.stringify(globPattern));
      const more = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      tell(more, `Watching ${file.uri}`, connection.console);
    });
  }
  documents.onDidSave(({ document }) => {
    // A configuration file may lie above all that is watched.
    if (client.watchesFiles && !isConfig(document.uri)) return;
    findings.clear();
    policyFiles.clear();
    configs.clear();
    reverseViews.changed();
    analyzers.forget();
    refreshSoon();
  });

  // Editors that watch files may tell of those only that they write themselves.
  if (!client.hasCommands) {
    const looks = new DiskLooks(
      async () => (await Promise.all([findings.look(), configs.look()])).includes(true),
      () => {
        reverseViews.changed();
        analyzers.forget();
        refreshSoon();
      },
    );
    workspace.onAnalyze = () => looks.soon();
  }

  if (client.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(() => {
      const asked = connection.workspace.getWorkspaceFolders().then((folders) => {
        workspace.folders = folders ?? [];
        findings.clear();
        policyFiles.clear();
        configs.clear();
        reverseViews.clear();
        refreshSoon();
      });
      tell(asked, 'Asking for the workspace folders', connection.console);
    });
  }

  documents.onDidChangeContent(() => reverseViews.changed());
  documents.onDidClose(({ document }) => {
    workspace.close(document.uri);
    policyFiles.changed(document.uri, false);
    reverseViews.changed();
  });
}
