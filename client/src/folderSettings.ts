import * as vscode from 'vscode';
import { SECTION } from '../../server/src/protocol.ts';

/** One of our settings, for a file: what holds for it, and where commands write it. */
export interface FolderSetting {
  /** What holds for the file, all levels joined as VS Code joins them. */
  readonly effective: unknown;
  /** What stands at the level that is written: of the file's workspace folder, or of the user where it lies in none. */
  readonly own: unknown;
  /** Writes that level; `undefined` takes the setting away. */
  write(value: unknown): Thenable<void>;
}

/** Reads one of our settings for a file. */
export function folderSetting(name: string, uri: vscode.Uri): FolderSetting {
  const settings = vscode.workspace.getConfiguration(SECTION, uri);
  const levels = settings.inspect(name);
  const inFolder = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return {
    effective: settings.get(name),
    own: inFolder ? levels?.workspaceFolderValue : levels?.globalValue,
    write: (value) =>
      settings.update(
        name,
        value,
        inFolder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global,
      ),
  };
}
