import * as vscode from 'vscode';
import {
  REFINE_POLICY_REQUEST,
  type RefinePolicyParams,
  type RefinePolicyResult,
} from '../../../server/src/protocol.ts';
import { applyRefinement } from '../applyRefinement.ts';
import { describeFailure } from '../describeFailure.ts';
import { type MeantPolicy, meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';
import { confirmFirst } from '../settlement/confirmFirst.ts';

/**
 * "IAM: Refine Whole Policy": one undoable edit of the policy that is meant, or of one of its statements, then a message that
 * says what was done, or why nothing was. Of a policy that is only likely somebody's, the user is asked to confirm that first.
 *
 * @param target a `PolicyTarget`; without it the policy at the cursor is meant
 */
export async function refinePolicy(server: ServerControl, target?: unknown): Promise<Outcome> {
  try {
    const meant = await meantPolicy(server, target);
    if (!meant) return show({ kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') });
    return await refine(meant, meant.params, server);
  } catch (error) {
    return show(describeFailure(error));
  }
}

async function refine(meant: MeantPolicy, params: RefinePolicyParams, server: ServerControl): Promise<Outcome> {
  const { client, document } = meant;
  const result = await client.sendRequest<RefinePolicyResult>(REFINE_POLICY_REQUEST, params);
  const outcome = await applyRefinement(client, result, document);
  const { toConfirm } = result;
  if (!toConfirm) return show(outcome);
  return confirmFirst(outcome, toConfirm, params, server, async (confirmed) => {
    try {
      await refine(meant, confirmed, server);
    } catch (error) {
      show(describeFailure(error));
    }
  });
}
