import * as vscode from 'vscode';
import type { RefinedFile, RefinedPolicy, RefineWorkspaceResult } from '../../../server/src/protocol.ts';

/** One policy that may be refined, as the user picks it. */
export interface Choice extends vscode.QuickPickItem {
  readonly file: RefinedFile;
  readonly policy: RefinedPolicy;
}

/**
 * The policies to pick from, those first of which it is certain whose they are. Those at which one should think twice, and those that are
 * likely somebody's, are not picked, and say why.
 */
export function choicesOf({ files }: RefineWorkspaceResult): Choice[] {
  const choices = files.flatMap((file) => file.policies.map((policy) => choiceOf(policy, file)));
  return [...choices.filter(({ policy }) => !policy.likely), ...choices.filter(({ policy }) => policy.likely)];
}

function choiceOf(policy: RefinedPolicy, file: RefinedFile): Choice {
  const { address, principals, totals, likely, confirm } = policy;
  const name = vscode.workspace.asRelativePath(vscode.Uri.parse(file.uri));
  const place = address === undefined ? name : `${name}#${address}`;
  const whose = principals.join(', ');
  const amount = vscode.l10n.t('{0} of {1} granted actions unused', totals.unused, totals.granted);
  return {
    label: principals.length > 0 ? `${whose}${likely ? '?' : ''} — ${place}` : place,
    description: likely ? vscode.l10n.t('{0} if so', amount) : amount,
    detail: describeWhy(policy),
    picked: confirm === undefined && !likely,
    file,
    policy,
  };
}

function describeWhy({ why, likely, confirm }: RefinedPolicy): string {
  const because = likely ? vscode.l10n.t('Likely, because {0}', why) : vscode.l10n.t('Because {0}', why);
  if (confirm === undefined) return likely ? `$(question) ${because}` : because;
  return likely ? `$(warning) ${confirm}. ${because}` : `$(warning) ${confirm}`;
}

/** The likely ones that can be confirmed at once, because no more than one principal fits each. */
export function confirmable(choices: readonly Choice[]): Choice[] {
  return choices.filter(({ policy }) => policy.likely && policy.settlement && policy.principals.length === 1);
}
