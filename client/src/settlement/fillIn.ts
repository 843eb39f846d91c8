import * as vscode from 'vscode';
import type { SettingValue, SettlementChoice } from '../../../server/src/protocol.ts';

/**
 * The value of a settlement with what only the user knows, such as which account a folder is deployed to; `undefined` where the user
 * leaves.
 * @param known what is known already, by the keys that would be asked for
 */
export async function fillIn(
  { value, open = [] }: SettlementChoice,
  known: Readonly<Record<string, string>> = {},
): Promise<SettingValue | undefined> {
  const filled: Record<string, string> = {};
  for (const key of open) {
    const account = known[key] ?? (await askAccount(key));
    if (account === undefined) return undefined;
    filled[key] = account;
  }
  return open.length === 0 ? value : { ...(value as Readonly<Record<string, string>>), ...filled };
}

function askAccount(glob: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Which Account Is '{0}' Deployed To?", glob),
    placeHolder: '111122223333',
    prompt: vscode.l10n.t('The 12 digits of its id'),
    ignoreFocusOut: true,
    validateInput: (text) => (isAccount(text) ? undefined : vscode.l10n.t('An account id has 12 digits')),
  });
}

function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
