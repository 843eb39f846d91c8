import { REFINE_POLICY_REQUEST, type RefinePolicyParams, type RefinePolicyResult } from '../protocol.ts';
import type { HandlerContext } from './context.ts';
import { FAILED, NO_POLICY, refineRequested } from './refineRequest.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Refine Whole Policy": the edit and what to tell the user, or why there is none. */
export function registerRefinePolicy(context: HandlerContext): void {
  const { connection } = context;
  connection.onRequest(REFINE_POLICY_REQUEST, (params: RefinePolicyParams, token) => {
    const work = async (): Promise<RefinePolicyResult> => (await refineRequested(params, context))?.result ?? NO_POLICY;
    return runSafe(work, FAILED, `Refining ${params.textDocument.uri}`, token, connection.console);
  });
}
