import * as vscode from 'vscode';
import type { SettlementChoice } from '../../../server/src/protocol.ts';
import { folderSetting } from '../folderSettings.ts';
import { show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { addToSetting, type SettingChange } from '../settingChange.ts';
import { undoStep } from '../undoStep.ts';

/** A line of the setting `principals` for a file's policy. */
export interface FileSettlement {
  readonly file: vscode.Uri;
  readonly settlement: SettlementChoice;
}

/**
 * Writes whose many policies are, each where it counts for its file and each place once, and tells so with a button that takes all of
 * it back. Rejects where one cannot be written: then none is.
 */
export async function writeSettlements(all: readonly FileSettlement[], server: ServerControl): Promise<void> {
  const byPlace = new Map<
    string,
    { readonly file: vscode.Uri; readonly members: Record<string, string | readonly string[]> }
  >();
  for (const { file, settlement } of all) {
    const { place } = await folderSetting('principals', file, server);
    const known = byPlace.get(place) ?? { file, members: {} };
    byPlace.set(place, known);
    Object.assign(known.members, settlement.value);
  }
  const changes: SettingChange[] = [];
  const undo = async () => {
    for (const change of changes.reverse()) if (change.isNew) await change.undo();
  };
  try {
    for (const { file, members } of byPlace.values()) {
      const change = await addToSetting('principals', file, members, server);
      if (change.refusal !== undefined) throw new Error(change.refusal);
      changes.push(change);
    }
  } catch (error) {
    await undo();
    throw error;
  }
  const names = [...new Set(changes.map(({ name }) => name))].join(', ');
  const message =
    all.length === 1
      ? vscode.l10n.t('It is confirmed whose 1 policy is: {0}', names)
      : vscode.l10n.t('It is confirmed whose {0} policies are: {1}', all.length, names);
  show({ kind: 'written', message }, [undoStep(undo)]);
}
