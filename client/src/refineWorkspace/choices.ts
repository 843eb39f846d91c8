import * as vscode from 'vscode';
import type { RefinedFile, RefinedPolicy, RefineWorkspaceResult } from '../../../server/src/protocol.ts';

/** One policy that may be refined, as the user picks it. */
export interface Choice extends vscode.QuickPickItem {
  readonly file: RefinedFile;
  readonly policy: RefinedPolicy;
}

/** The policies to pick from. Those at which one should think twice are not picked, and say why. */
export function choicesOf({ files }: RefineWorkspaceResult): Choice[] {
  return files.flatMap((file) =>
    file.policies.map((policy): Choice => {
      const { address, principals, totals, why, confirm } = policy;
      const name = vscode.workspace.asRelativePath(vscode.Uri.parse(file.uri));
      const place = address === undefined ? name : `${name}#${address}`;
      return {
        label: principals.length > 0 ? `${principals.join(', ')} — ${place}` : place,
        description: vscode.l10n.t('{0} of {1} granted actions unused', totals.unused, totals.granted),
        detail: confirm === undefined ? vscode.l10n.t('Because {0}', why) : `$(warning) ${confirm}`,
        picked: confirm === undefined,
        file,
        policy,
      };
    }),
  );
}

/** How many problems there were, and where they are told. */
export function describeProblems(problems: number): string {
  return problems === 1
    ? vscode.l10n.t('1 problem: see the output (IAM: Show Policy Refiner Output)')
    : vscode.l10n.t('{0} problems: see the output (IAM: Show Policy Refiner Output)', problems);
}

/** Lets the user pick; `undefined` where the user leaves. */
export async function pickChoices(choices: readonly Choice[], problems: number): Promise<Choice[] | undefined> {
  const hint = {
    label: describeProblems(problems),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const items: readonly (Choice | vscode.QuickPickItem)[] = problems > 0 ? [...choices, hint] : choices;
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Refine All Policies in Workspace'),
    placeHolder: vscode.l10n.t('Which policies? Their changes are shown before anything is written'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked && choices.filter((choice) => picked.includes(choice));
}
