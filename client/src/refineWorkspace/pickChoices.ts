import * as vscode from 'vscode';
import { type Choice, confirmable } from './choices.ts';

/** What the user picked. */
export interface Picked {
  readonly choices: readonly Choice[];
  /** Whether all likely policies that one principal alone fits are confirmed with it. */
  readonly confirmsAll: boolean;
}

/** How many problems there were, and where they are told. */
export function describeProblems(problems: number): string {
  return problems === 1
    ? vscode.l10n.t('1 problem: see the output (IAM: Show Policy Refiner Output)')
    : vscode.l10n.t('{0} problems: see the output (IAM: Show Policy Refiner Output)', problems);
}

/** Lets the user pick; `undefined` where the user leaves. */
export async function pickChoices(choices: readonly Choice[], problems: number): Promise<Picked | undefined> {
  const likely = choices.filter(({ policy }) => policy.likely);
  const all = confirmable(likely);
  const confirmAll: vscode.QuickPickItem = {
    label: vscode.l10n.t('$(check-all) Confirm all that fit one principal only'),
    description:
      likely.length === 1
        ? vscode.l10n.t('{0} of 1 likely policy', all.length)
        : vscode.l10n.t('{0} of {1} likely policies', all.length, likely.length),
    detail: vscode.l10n.t('Writes down whose they are, and refines them as well'),
    alwaysShow: true,
  };
  const items: readonly vscode.QuickPickItem[] = [
    ...choices.filter(({ policy }) => !policy.likely),
    ...(likely.length > 0 ? [separator(vscode.l10n.t('Likely, and to be confirmed'))] : []),
    ...(all.length > 0 ? [confirmAll] : []),
    ...likely,
    ...(problems > 0 ? [separator(describeProblems(problems))] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Refine All Policies in Workspace'),
    placeHolder: vscode.l10n.t('Which policies? Their changes are shown before anything is written'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked) return undefined;
  const confirmsAll = picked.includes(confirmAll);
  return {
    choices: choices.filter((choice) => picked.includes(choice) || (confirmsAll && isTakenWith(choice, all))),
    confirmsAll,
  };
}

/** Whether a policy is taken with all that are confirmed: not where one should think twice. */
export function isTakenWith(choice: Choice, confirmed: readonly Choice[]): boolean {
  return confirmed.includes(choice) && choice.policy.confirm === undefined;
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
