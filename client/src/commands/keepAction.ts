import * as vscode from 'vscode';
import type { CodeAction, CodeActionParams, Command } from 'vscode-languageclient/node';
import { COMMANDS, type KeepRequest } from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { addToSetting } from '../settingChange.ts';
import { undoStep } from '../undoStep.ts';

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
  const { name, refusal, isNew, undo } = await addToSetting('keep', vscode.Uri.parse(uri, true), actions, server);
  if (refusal !== undefined) return show({ kind: 'refused', message: refusal });
  const [only] = actions;
  const message =
    actions.length === 1
      ? vscode.l10n.t("'{0}' is never reported from now on: it is in {1}", only ?? '', name)
      : vscode.l10n.t('{0} actions are never reported from now on: they are in {1}', actions.length, name);
  return isNew ? show({ kind: 'written', message }, [undoStep(undo)]) : show({ kind: 'nothing', message });
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

function isKeepRequest(value: unknown): value is KeepRequest {
  const { uri, actions } = (value ?? {}) as Partial<Record<keyof KeepRequest, unknown>>;
  return typeof uri === 'string' && isStringList(actions);
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
