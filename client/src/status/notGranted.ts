import * as vscode from 'vscode';
import { SECTION } from '../../../server/src/protocol.ts';

/** Shows actions that are reported and not granted here; its arguments are what is said of them, and their list. In no palette. */
export const SHOW_NOT_GRANTED = `${SECTION}.showNotGranted`;

/** Lists actions for the user to search through; the button copies them all. */
export function showNotGranted(message: string, actions: readonly string[]): void {
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: vscode.l10n.t('Copy All Actions'),
  };
  const pick = vscode.window.createQuickPick();
  pick.title = message;
  pick.placeholder = vscode.l10n.t('Search the reported actions that no policy here grants');
  pick.items = actions.map((label) => ({ label }));
  pick.buttons = [copy];
  pick.onDidTriggerButton(async () => {
    await vscode.env.clipboard.writeText(actions.join('\n'));
    pick.hide();
  });
  pick.onDidAccept(() => pick.hide());
  pick.onDidHide(() => pick.dispose());
  pick.show();
}
