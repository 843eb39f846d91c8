import path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { RefinePolicyResult } from '../../server/src/protocol.ts';
import type { Outcome } from './outcome.ts';
import { whyNotWritable } from './readOnly.ts';

/**
 * Applies what the server answered as one undoable edit. Asks before, where the server says so. Refused are an
 * answer for an older text, and a file that cannot be written: its edit could never be saved.
 */
export async function applyRefinement(
  client: LanguageClient,
  { kind, message, edit, confirm }: RefinePolicyResult,
  document: vscode.TextDocument,
): Promise<Outcome> {
  if (kind !== 'refined') return { kind, message };
  if (confirm !== undefined && !(await isConfirmed(confirm)))
    return { kind: 'nothing', message: vscode.l10n.t('The policy was left as it is') };
  const obstacle = await whyNotWritable(document.uri);
  if (obstacle !== undefined) {
    const name = path.posix.basename(document.uri.path);
    return { kind: 'refused', message: vscode.l10n.t("Nothing was applied: '{0}' {1}", name, obstacle) };
  }
  const workspaceEdit = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  // The converted edit has lost its version, so it is compared here, with nothing to wait for before it is applied.
  // A document that was closed may have been opened again as another one, with the same version.
  const isCurrent = !document.isClosed && versionOf(edit) === document.version;
  if (workspaceEdit && isCurrent && (await vscode.workspace.applyEdit(workspaceEdit))) return { kind, message };
  return {
    kind: 'refused',
    message: vscode.l10n.t('The policy changed meanwhile and was left as it is; refine it again'),
  };
}

/** The version of the document that an edit of one document was made for. */
function versionOf(edit: RefinePolicyResult['edit']): number | null | undefined {
  const [change] = edit?.documentChanges ?? [];
  return change && 'textDocument' in change ? change.textDocument.version : undefined;
}

async function isConfirmed(question: string): Promise<boolean> {
  const refine = vscode.l10n.t('Refine Anyway');
  return (await vscode.window.showWarningMessage(question, { modal: true }, refine)) === refine;
}
