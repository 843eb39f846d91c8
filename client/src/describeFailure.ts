import * as vscode from 'vscode';

/** What to tell the user where something failed that should not. */
export function describeFailure(error: unknown): { readonly kind: 'refused'; readonly message: string } {
  return { kind: 'refused', message: vscode.l10n.t('The policy could not be refined: {0}', reasonOf(error)) };
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
