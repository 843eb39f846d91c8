import * as vscode from 'vscode';

/**
 * Copies commands for a shell, a line each, and says so. Placeholders such as `<analyzer-arn>`, which only the user can fill
 * in, are named: a command that still has one fails. No line break ends the last one, so that nothing runs by being pasted alone.
 */
export async function copyCommands(commands: readonly string[]): Promise<void> {
  const text = commands.join('\n');
  await vscode.env.clipboard.writeText(text);
  const [placeholder] = /<[\w-]+>/.exec(text) ?? [];
  const copied =
    commands.length === 1 ? vscode.l10n.t('Copied the command') : vscode.l10n.t('Copied {0} commands', commands.length);
  const next =
    placeholder === undefined
      ? vscode.l10n.t('run it in a terminal of this folder')
      : vscode.l10n.t(
          "put what it stands for in the place of '{0}', and run it in a terminal of this folder",
          placeholder,
        );
  void vscode.window.showInformationMessage(`${copied}: ${next}`);
}
