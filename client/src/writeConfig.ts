import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type ConfigSource,
  EDIT_CONFIG_REQUEST,
  type EditConfigParams,
  type EditConfigResult,
} from '../../server/src/protocol.ts';
import { whyNotWritable } from './readOnly.ts';

/**
 * Writes a setting into a configuration file and saves it, because what is saved counts; one undo in that file takes it back.
 * Rejects, with a reason for the user, and leaves the file as it is where it has other changes, or cannot be written.
 */
export async function writeConfig(
  client: LanguageClient,
  { uri, name }: ConfigSource,
  setting: EditConfigParams['setting'],
  value: unknown,
): Promise<void> {
  const file = vscode.Uri.parse(uri, true);
  const obstacle = await whyNotWritable(file);
  if (obstacle !== undefined) throw new Error(`'${name}' ${obstacle}`);
  const document = await vscode.workspace.openTextDocument(file);
  if (document.isDirty) throw new Error(vscode.l10n.t("'{0}' has changes that are not saved: save it first", name));
  const { version } = document;
  const params: EditConfigParams = { text: document.getText(), setting, value };
  const { edit } = await client.sendRequest<EditConfigResult>(EDIT_CONFIG_REQUEST, params);
  if (!edit) throw new Error(vscode.l10n.t("'{0}' cannot be read: correct it first", name));
  const change = new vscode.WorkspaceEdit();
  change.set(file, [client.protocol2CodeConverter.asTextEdit(edit)]);
  // Compared with nothing to wait for before the edit is applied. A file that was closed may have been opened again with another text.
  const isCurrent = !document.isClosed && document.version === version;
  const isApplied = isCurrent && (await vscode.workspace.applyEdit(change));
  if (!isApplied || !(await document.save())) throw new Error(vscode.l10n.t("'{0}' could not be saved", name));
}
