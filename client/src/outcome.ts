import * as vscode from 'vscode';

/** What a command did, or why it did nothing: the same that the user is told. */
export interface Outcome {
  readonly kind: 'refined' | 'written' | 'nothing' | 'refused';
  readonly message: string;
}

/** What the user may do next: a button, and what it does. It tells of what goes wrong itself. */
export interface NextStep {
  readonly label: string;
  run(): Thenable<unknown>;
}

/** Tells the user of an outcome, with a warning where something is in the way, and gives it back. Waits for no button. */
export function show<T extends Outcome>(outcome: T, steps: readonly NextStep[] = []): T {
  const display = outcome.kind === 'refused' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void display(outcome.message, ...steps.map(({ label }) => label)).then((chosen) =>
    steps.find(({ label }) => label === chosen)?.run(),
  );
  return outcome;
}
