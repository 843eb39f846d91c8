import * as vscode from 'vscode';

/** What a command did, or why it did nothing: the same that the user is told. */
export interface Outcome {
  readonly kind: 'refined' | 'written' | 'nothing' | 'refused';
  readonly message: string;
}

/** Tells the user of an outcome, with a warning where something is in the way, and gives it back. */
export function show<T extends Outcome>(outcome: T): T {
  const display = outcome.kind === 'refused' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void display(outcome.message);
  return outcome;
}
