import * as vscode from 'vscode';
import { REFINE_POLICY_REQUEST, type RefinePolicyResult } from '../../../server/src/protocol.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';

/**
 * "IAM: Refine Whole Policy": one undoable edit of the policy that is meant, or of one of its statements, then a message that
 * says what was done, or why nothing was.
 *
 * @param target a `PolicyTarget`; without it the policy at the cursor is meant
 */
export async function refinePolicy(server: ServerControl, target?: unknown): Promise<Outcome> {
  try {
    return show(await refine(server, target));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return show({ kind: 'refused', message: vscode.l10n.t('The policy could not be refined: {0}', reason) });
  }
}

async function refine(server: ServerControl, target: unknown): Promise<Outcome> {
  const meant = await meantPolicy(server, target);
  if (!meant) return { kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') };
  const { client, document, params } = meant;
  const answer = await client.sendRequest<RefinePolicyResult>(REFINE_POLICY_REQUEST, params);
  const { kind, message, edit, confirm } = answer;
  if (kind !== 'refined') return { kind, message };
  if (confirm !== undefined && !(await isConfirmed(confirm)))
    return { kind: 'nothing', message: vscode.l10n.t('The policy was left as it is') };
  const workspaceEdit = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  // The converted edit has lost its version, so it is compared here, with nothing to wait for before it is applied.
  const isCurrent = versionOf(edit) === document.version;
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
