import * as vscode from 'vscode';
import type { RefinePolicyParams, RefinePolicyResult } from '../../../server/src/protocol.ts';
import { chooseStep } from '../commands/confirmPrincipal.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { writeSettlement } from './writeSettlement.ts';

/**
 * Tells whose a policy likely is, with buttons that confirm it or let the user choose, and gives the outcome back. Waits for neither.
 *
 * @param params with what was asked for
 * @param goOn does it once it is confirmed, whether the settings have come to the server by then or not
 */
export function confirmFirst<T extends Outcome>(
  outcome: T,
  { uri, pointer, ...choice }: NonNullable<RefinePolicyResult['toConfirm']>,
  params: RefinePolicyParams,
  server: ServerControl,
  goOn: (confirmed: RefinePolicyParams) => Promise<unknown>,
): T {
  const confirm = async () => {
    const { kind } = await writeSettlement(vscode.Uri.parse(uri, true), choice, server);
    // The cursor may stand elsewhere by now.
    if (kind !== 'refused') await goOn({ ...params, pointer: params.pointer ?? pointer, isConfirmed: true });
  };
  return show(outcome, [{ label: vscode.l10n.t('Confirm'), run: confirm }, chooseStep({ uri, pointer })]);
}
