import * as vscode from 'vscode';
import { COMMANDS, type PolicyStatus, SECTION, type SettlementChoice } from '../../../server/src/protocol.ts';
import type { StatusLine } from './items.ts';

/** Copies a line for a configuration file; its argument is a `SettlementChoice`. In no palette. */
export const COPY_SETTLEMENT = `${SECTION}.copySettlement`;

/** So many ways to settle whose a policy is are shown; quick fixes have them all. */
const MAX_LINES = 2;

/** What settles whose a policy is, a line each, with a command that writes it, or copies one in which a name is to be put. */
export function settleLines({ settlements, target, kind }: PolicyStatus): StatusLine[] {
  // Of several who could be meant each has a line: one command lets the user pick.
  const shown = settlements.filter(
    ({ setting }, index) => kind !== 'ambiguous' || settlements.findIndex((one) => one.setting === setting) === index,
  );
  const isPick = settlements.length > shown.length;
  return shown.slice(0, MAX_LINES).map((choice, index) => ({
    id: `settle${index}`,
    name: vscode.l10n.t('What settles whose it is'),
    text: choice.line,
    command: commandOf(choice, target, isPick && choice.setting === 'principals'),
  }));
}

function commandOf(choice: SettlementChoice, target: PolicyStatus['target'], isPick: boolean): vscode.Command {
  if (choice.setting === 'principals' && choice.open)
    return { title: vscode.l10n.t('Copy Line'), command: COPY_SETTLEMENT, arguments: [choice] };
  const request = isPick ? target : { ...target, line: choice.line };
  return {
    title: TITLES[choice.setting](),
    tooltip: choice.title,
    command: COMMANDS.confirmPrincipal,
    arguments: [request],
  };
}

const TITLES = {
  principals: () => vscode.l10n.t('Confirm'),
  exclude: () => vscode.l10n.t('Exclude'),
  accounts: () => vscode.l10n.t('Say Accounts…'),
  match: () => vscode.l10n.t('Apply What Is Likely'),
} as const satisfies Readonly<Record<SettlementChoice['setting'], () => string>>;

/** Copies a line, and says where it belongs. */
export async function copySettlement({ line }: SettlementChoice): Promise<void> {
  await vscode.env.clipboard.writeText(line);
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Copied the line: put it into 'iam-policy-refiner.json', and the role's or user's name into it"),
  );
}
