import * as vscode from 'vscode';
import { reasonOf } from './describeFailure.ts';
import type { NextStep } from './outcome.ts';

/** The button that takes back what was done. */
export function undoStep(undo: () => Thenable<void>): NextStep {
  return {
    label: vscode.l10n.t('Undo'),
    async run() {
      try {
        await undo();
      } catch (error) {
        void vscode.window.showWarningMessage(vscode.l10n.t('It could not be undone: {0}', reasonOf(error)));
      }
    },
  };
}
