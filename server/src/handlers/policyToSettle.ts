import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PolicyParams } from '../protocol.ts';
import type { PolicyAnalysis } from '../service/analysis.ts';
import { findTarget } from '../service/target.ts';
import type { AnalyzedDocument } from '../workspace/workspace.ts';

/** The policy that the user wants to say something of, or why there is none, for the user. */
export type PolicyToSettle = { readonly policy: PolicyAnalysis } | { readonly refusal: string };

/** Finds the policy that a request of a command means, by which the user says whose it is: the only one of the file where it names none. */
export function policyToSettle(
  { position, pointer }: Pick<PolicyParams, 'position' | 'pointer'>,
  document: TextDocument,
  { analysis, folder }: AnalyzedDocument,
): PolicyToSettle {
  const [only, ...others] = analysis.policies;
  const policy =
    findTarget(analysis, { pointer, offset: position && document.offsetAt(position) })?.policy ??
    (pointer === undefined && others.length === 0 ? only : undefined);
  if (!policy && pointer !== undefined)
    return { refusal: 'The policy that was meant is no longer there: the file changed meanwhile' };
  if (!policy)
    return {
      refusal:
        others.length > 0 ? 'Put the cursor into one of the policies of this file' : 'There is no IAM policy here',
    };
  if (policy.standing.kind !== 'identity')
    return { refusal: 'Unused-access findings speak of identity policies only, and this is none' };
  if (folder === undefined)
    return { refusal: 'Open the folder that holds this file: findings are looked for in workspace folders' };
  return { policy };
}
