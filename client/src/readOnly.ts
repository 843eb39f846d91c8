import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Why a file cannot be changed, to stand behind its name: it was deleted or is read-only; `undefined` where it can. */
export async function whyNotWritable(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    const isReadOnly =
      permissions === vscode.FilePermission.Readonly || (await isLocked(uri)) || isReadOnlyBySetting(uri);
    return isReadOnly ? vscode.l10n.t('is read-only') : undefined;
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return isGone ? vscode.l10n.t('was deleted') : vscode.l10n.t('cannot be read');
  }
}

/** Of permissions on disk the editor tells extensions nothing. Whether its owner may write decides, as in the editor itself. */
async function isLocked(uri: vscode.Uri): Promise<boolean> {
  return uri.scheme === 'file' && ((await stat(uri.fsPath)).mode & 0o200) === 0;
}

/** Edits of extensions reach even files that the user told the editor to keep from being edited. */
function isReadOnlyBySetting(uri: vscode.Uri): boolean {
  const files = vscode.workspace.getConfiguration('files', uri);
  const isAny = (setting: string) =>
    Object.entries(files.get<Readonly<Record<string, boolean>>>(setting, {})).some(
      ([glob, isOn]) => isOn && isMatch(glob, uri),
    );
  return isAny('readonlyInclude') && !isAny('readonlyExclude');
}

function isMatch(glob: string, uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  const pattern = folder ? new vscode.RelativePattern(folder, glob) : glob;
  return document !== undefined && vscode.languages.match({ pattern }, document) > 0;
}
