import * as vscode from 'vscode';
import {
  CONFIGURED_REQUEST,
  type ConfiguredParams,
  type ConfiguredSetting,
  SECTION,
} from '../../server/src/protocol.ts';
import type { ServerControl } from './serverControl.ts';
import { writeConfig } from './writeConfig.ts';

/** One of our settings, for a file: what holds for it, and where commands write it. */
export interface FolderSetting {
  /** How messages name it: as `"iamPolicyRefiner.keep"`, or by the configuration file that says it. */
  readonly name: string;
  /** What holds for the file, all levels joined as VS Code joins them. */
  readonly effective: unknown;
  /** What stands at the level that is written: of the configuration file or the file's workspace folder, or of the user where it lies in none. */
  readonly own: unknown;
  /** Writes that level; `undefined` takes the setting away. Rejects where it cannot be written. */
  write(value: unknown): Thenable<void>;
}

/** Reads one of our settings for a file: from the configuration file that says it, to which nothing else comes up, or from the editor's. */
export async function folderSetting(
  setting: ConfiguredParams['setting'],
  uri: vscode.Uri,
  server: ServerControl,
): Promise<FolderSetting> {
  const client = await server.start();
  const params: ConfiguredParams = { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) }, setting };
  const configured = await client.sendRequest<ConfiguredSetting | null>(CONFIGURED_REQUEST, params);
  if (!configured) return editorSetting(setting, uri);
  const { name: file, value } = configured;
  return {
    name: vscode.l10n.t('"{0}" of \'{1}\'', setting, file),
    effective: value,
    own: value,
    write: (written) => writeConfig(client, configured, setting, written),
  };
}

function editorSetting(name: string, uri: vscode.Uri): FolderSetting {
  const settings = vscode.workspace.getConfiguration(SECTION, uri);
  const levels = settings.inspect(name);
  const inFolder = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return {
    name: `"${SECTION}.${name}"`,
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
