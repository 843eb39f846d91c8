import * as vscode from 'vscode';
import {
  REFINE_POLICY_REQUEST,
  type RefinePolicyParams,
  type RefinePolicyResult,
} from '../../../server/src/protocol.ts';
import type { ServerControl } from '../serverControl.ts';

/** "IAM: Refine Whole Policy": one undoable edit of the active editor, then a message that says what was done, or why nothing was. */
export async function refinePolicy(server: ServerControl): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open an IAM policy first'));
    return;
  }
  try {
    const client = await server.start();
    const { document, selection } = editor;
    const params: RefinePolicyParams = {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      position: client.code2ProtocolConverter.asPosition(selection.active),
    };
    const { kind, message, edit } = await client.sendRequest<RefinePolicyResult>(REFINE_POLICY_REQUEST, params);
    if (kind !== 'refined') {
      show(kind, message);
      return;
    }
    const workspaceEdit = await client.protocol2CodeConverter.asWorkspaceEdit(
      edit as Parameters<typeof client.protocol2CodeConverter.asWorkspaceEdit>[0],
    );
    const applied = workspaceEdit !== undefined && (await vscode.workspace.applyEdit(workspaceEdit));
    if (applied) show(kind, message);
    else show('refused', vscode.l10n.t('The policy changed meanwhile and was left as it is; refine it again'));
  } catch (error) {
    show(
      'refused',
      vscode.l10n.t('The policy could not be refined: {0}', error instanceof Error ? error.message : String(error)),
    );
  }
}

function show(kind: RefinePolicyResult['kind'], message: string): void {
  const display = kind === 'refused' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void display(message);
}
