import * as vscode from 'vscode';
import type { CodeAction, CodeActionParams, Command } from 'vscode-languageclient/node';
import { COMMANDS, type KeepRequest } from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import { folderSetting } from '../folderSettings.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';

/**
 * "IAM: Keep Action…": writes actions into the setting `keep`, of the configuration file where that says it, so that they are never
 * reported again, and offers to undo it.
 *
 * @param request a `KeepRequest`; without it the entry at the cursor is meant
 */
export async function keepAction(server: ServerControl, request?: unknown): Promise<Outcome> {
  try {
    const asked = isKeepRequest(request) ? request : await requestAtCursor(server);
    if (!asked)
      return show({
        kind: 'nothing',
        message: vscode.l10n.t('Put the cursor on an entry that is marked as unused first'),
      });
    return await keep(asked, server);
  } catch (error) {
    return show({ kind: 'refused', message: vscode.l10n.t('The setting could not be written: {0}', reasonOf(error)) });
  }
}

async function keep({ uri, actions }: KeepRequest, server: ServerControl): Promise<Outcome> {
  const file = vscode.Uri.parse(uri, true);
  const setting = await folderSetting('keep', file, server);
  const kept = listOf(setting.effective);
  if (!kept)
    return show({
      kind: 'refused',
      message: vscode.l10n.t('{0} must be a list: correct it first', setting.name),
    });
  const added = actions.filter((action) => !kept.includes(action));
  // Lists of several levels are not joined by VS Code: what the user keeps everywhere must stand here too.
  if (added.length > 0) await setting.write([...kept, ...added]);
  const [only] = actions;
  const message =
    actions.length === 1
      ? vscode.l10n.t("'{0}' is never reported from now on: it is in {1}", only ?? '', setting.name)
      : vscode.l10n.t('{0} actions are never reported from now on: they are in {1}', actions.length, setting.name);
  if (added.length === 0) return show({ kind: 'nothing', message });
  void offerUndo(message, () => withdraw(file, added, setting.own === undefined ? kept.length : undefined, server));
  return { kind: 'written', message };
}

async function offerUndo(message: string, undo: () => Thenable<void>): Promise<void> {
  const label = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(message, label)) === label) await undo();
}

/**
 * Takes back what was added, whatever else was written since.
 * @param copied where the list was made for it, how much of other levels was copied into it: a list that holds no more goes
 */
async function withdraw(
  file: vscode.Uri,
  added: readonly string[],
  copied: number | undefined,
  server: ServerControl,
): Promise<void> {
  const setting = await folderSetting('keep', file, server);
  const left = (listOf(setting.own) ?? []).filter((action) => !added.includes(action));
  await setting.write(left.length === copied ? undefined : left);
}

/** What the quick fix of the entry at the cursor would keep. */
async function requestAtCursor(server: ServerControl): Promise<KeepRequest | undefined> {
  const meant = await meantPolicy(server, undefined);
  const { position } = meant?.params ?? {};
  if (!meant || !position) return undefined;
  const { client, params } = meant;
  const answer = await client.sendRequest<readonly (CodeAction | Command)[] | null>('textDocument/codeAction', {
    textDocument: params.textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['quickfix'] },
  } satisfies CodeActionParams);
  const commands = (answer ?? []).flatMap(({ command }) => (typeof command === 'object' ? [command] : []));
  const request = commands.find(({ command }) => command === COMMANDS.keepAction)?.arguments?.[0];
  return isKeepRequest(request) ? request : undefined;
}

/** The setting as a list; one action may stand alone. `undefined` for what it must not be. */
function listOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  return isStringList(value) ? value : undefined;
}

function isKeepRequest(value: unknown): value is KeepRequest {
  const { uri, actions } = (value ?? {}) as Partial<Record<keyof KeepRequest, unknown>>;
  return typeof uri === 'string' && isStringList(actions);
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
