import * as vscode from 'vscode';
import type { SettingValue, SettlementChoice } from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { addToSetting } from '../settingChange.ts';
import { undoStep } from '../undoStep.ts';

/** Writes what settles whose a policy is where it counts for a file, and tells so with a button that takes it back. */
export async function writeSettlement(
  file: vscode.Uri,
  { setting, value }: Pick<SettlementChoice, 'setting' | 'value'>,
  server: ServerControl,
): Promise<Outcome> {
  try {
    const { name, refusal, isNew, undo } = await addToSetting(setting, file, value, server);
    if (refusal !== undefined) return show({ kind: 'refused', message: refusal });
    const message = describe(name, value);
    return isNew ? show({ kind: 'written', message }, [undoStep(undo)]) : show({ kind: 'nothing', message });
  } catch (error) {
    return show({ kind: 'refused', message: vscode.l10n.t('The setting could not be written: {0}', reasonOf(error)) });
  }
}

function describe(name: string, value: SettingValue): string {
  if (typeof value === 'string') return vscode.l10n.t("{0} is '{1}' from now on", name, value);
  if (isList(value)) return vscode.l10n.t('{0} names {1}', name, value.map((item) => `'${item}'`).join(', '));
  const says = Object.entries(value).map(([key, names]) =>
    vscode.l10n.t("{0} for '{1}'", [names].flat().map(nameOf).join(', '), key),
  );
  return vscode.l10n.t('{0} names {1}', name, says.join(', '));
}

/** What stands for a principal in messages: of an ARN, the name. */
function nameOf(principal: string): string {
  return principal.slice(principal.lastIndexOf('/') + 1);
}

/** `Array.isArray` tells nothing of lists that are read only. */
function isList(value: SettingValue): value is readonly string[] {
  return Array.isArray(value);
}
