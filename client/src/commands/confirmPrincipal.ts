import * as vscode from 'vscode';
import {
  COMMANDS,
  SETTLEMENTS_REQUEST,
  type SettlementChoice,
  type SettlementsResult,
  type SettleRequest,
} from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type NextStep, type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { fillIn } from '../settlement/fillIn.ts';
import { writeSettlement } from '../settlement/writeSettlement.ts';

/** What else would be asked of the user: for key bindings, and for whoever runs the command. */
export interface SettleDecision {
  /** What only the user knows, by what it is asked for: accounts by globs. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * "IAM: Confirm Role or User": writes down that a policy is whose it likely is, or of several the one that the user picks, where it
 * counts, and offers to undo it. Of what else settles it, it writes the line that it is given.
 *
 * @param target a `SettleRequest`; without it the policy at the cursor is meant
 * @param decision a `SettleDecision`; without it the user is asked
 */
export async function confirmPrincipal(server: ServerControl, target?: unknown, decision?: unknown): Promise<Outcome> {
  try {
    return await confirm(server, target, isDecision(decision) ? decision.values : undefined);
  } catch (error) {
    return show({ kind: 'refused', message: vscode.l10n.t('Nobody could be confirmed: {0}', reasonOf(error)) });
  }
}

async function confirm(
  server: ServerControl,
  target: unknown,
  values: SettleDecision['values'] | undefined,
): Promise<Outcome> {
  const meant = await meantPolicy(server, target);
  if (!meant) return show({ kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') });
  const { client, document, params } = meant;
  const answer = await client.sendRequest<SettlementsResult>(SETTLEMENTS_REQUEST, params);
  if (answer.refusal !== undefined) return show({ kind: 'refused', message: answer.refusal });
  const { line } = (target ?? {}) as Partial<SettleRequest>;
  const wanted = answer.settlements.filter((choice) =>
    line === undefined ? choice.setting === 'principals' && !choice.open : choice.line === line,
  );
  const [first, ...others] = wanted;
  if (!first) return describeNothing(answer, line !== undefined, target);
  const chosen = others.length === 0 ? first : await pick(wanted);
  const value = chosen && (await fillIn(chosen, values));
  if (!chosen || value === undefined)
    return show({ kind: 'nothing', message: vscode.l10n.t('The settings were left as they are') });
  return writeSettlement(document.uri, { setting: chosen.setting, value }, server);
}

/** Lets the user pick one of those who could be meant. */
async function pick(choices: readonly SettlementChoice[]): Promise<SettlementChoice | undefined> {
  const items = choices.map((choice) => ({ label: choice.whose ?? choice.title, detail: choice.line, choice }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Whose Policy Is This?'),
    placeHolder: vscode.l10n.t('Each of them could have it: your choice is written down'),
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

function describeNothing({ kind, why, settlements }: SettlementsResult, isLine: boolean, target: unknown): Outcome {
  if (kind === 'certain')
    return show({ kind: 'nothing', message: vscode.l10n.t('There is nothing to confirm: {0}', why) });
  if (isLine)
    return show({
      kind: 'refused',
      message: vscode.l10n.t('What was to be written does not hold any more: the files changed meanwhile'),
    });
  const canChoose = settlements.some(({ setting }) => setting === 'principals');
  const message = vscode.l10n.t('There is nobody to confirm: {0}', why);
  return show({ kind: 'nothing', message }, canChoose ? [chooseStep(target)] : []);
}

/** The button that lets the user choose among all roles and users. */
export function chooseStep(target: unknown): NextStep {
  return {
    label: vscode.l10n.t('Choose Principal…'),
    run: () => vscode.commands.executeCommand(COMMANDS.choosePrincipal, target),
  };
}

function isDecision(value: unknown): value is SettleDecision {
  const { values } = (value ?? {}) as Partial<Record<keyof SettleDecision, unknown>>;
  return typeof values === 'object' && values !== null;
}
