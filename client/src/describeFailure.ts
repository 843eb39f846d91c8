import * as vscode from 'vscode';

/** What to tell the user where something failed that should not. */
export function describeFailure(error: unknown): { readonly kind: 'refused'; readonly message: string } {
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'refused', message: vscode.l10n.t('The policy could not be refined: {0}', reason) };
}
