import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  REFINE_POLICY_REQUEST,
  type RefinePolicyParams,
  type RefinePolicyResult,
} from '../../../server/src/protocol.ts';
import type { ServerControl } from '../serverControl.ts';

/** What the command did, or why it did nothing: the same that the user is told. */
type Outcome = Pick<RefinePolicyResult, 'kind' | 'message'>;

/** "IAM: Refine Whole Policy": one undoable edit of the active editor, then a message that says what was done, or why nothing was. */
export async function refinePolicy(server: ServerControl): Promise<Outcome> {
  const outcome = await refineActiveEditor(server);
  const display = outcome.kind === 'refused' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void display(outcome.message);
  return outcome;
}

async function refineActiveEditor(server: ServerControl): Promise<Outcome> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return { kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') };
  try {
    const client = await server.start();
    const { kind, message, edit, confirm } = await requestEdit(client, editor);
    if (kind !== 'refined') return { kind, message };
    if (confirm !== undefined && !(await isConfirmed(confirm)))
      return { kind: 'nothing', message: vscode.l10n.t('The policy was left as it is') };
    const workspaceEdit = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
    // The converted edit has lost its version, so it is compared here, with nothing to wait for before it is applied.
    const isCurrent = versionOf(edit) === editor.document.version;
    if (workspaceEdit && isCurrent && (await vscode.workspace.applyEdit(workspaceEdit))) return { kind, message };
    return {
      kind: 'refused',
      message: vscode.l10n.t('The policy changed meanwhile and was left as it is; refine it again'),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', message: vscode.l10n.t('The policy could not be refined: {0}', reason) };
  }
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

function requestEdit(client: LanguageClient, { document, selection }: vscode.TextEditor): Promise<RefinePolicyResult> {
  const params: RefinePolicyParams = {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    position: client.code2ProtocolConverter.asPosition(selection.active),
  };
  return client.sendRequest<RefinePolicyResult>(REFINE_POLICY_REQUEST, params);
}
