import * as vscode from 'vscode';
import { REFINE_POLICY_REQUEST, type RefinePolicyResult } from '../../../server/src/protocol.ts';
import { applyRefinement } from '../applyRefinement.ts';
import { describeFailure } from '../describeFailure.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';

/**
 * "IAM: Refine Whole Policy": one undoable edit of the policy that is meant, or of one of its statements, then a message that
 * says what was done, or why nothing was.
 *
 * @param target a `PolicyTarget`; without it the policy at the cursor is meant
 */
export async function refinePolicy(server: ServerControl, target?: unknown): Promise<Outcome> {
  try {
    return show(await refine(server, target));
  } catch (error) {
    return show(describeFailure(error));
  }
}

async function refine(server: ServerControl, target: unknown): Promise<Outcome> {
  const meant = await meantPolicy(server, target);
  if (!meant) return { kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') };
  const { client, document, params } = meant;
  return applyRefinement(client, await client.sendRequest<RefinePolicyResult>(REFINE_POLICY_REQUEST, params), document);
}
