import { REFINE_POLICY_REQUEST, type RefinePolicyParams, type RefinePolicyResult } from '../protocol.ts';
import { toWorkspaceEdit, writeChanges } from '../service/codeActions/edits.ts';
import { refineOutcome } from '../service/outcome.ts';
import { describeOutgrown, measureChanges, outgrowsQuota } from '../service/size.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Refine Whole Policy": the edit and what to tell the user, or why there is none. */
export function registerRefinePolicy({ connection, documents, workspace, client }: HandlerContext): void {
  connection.onRequest(REFINE_POLICY_REQUEST, (params: RefinePolicyParams, token) => {
    const failed: RefinePolicyResult = {
      kind: 'refused',
      message: 'The policy could not be refined; the output channel "IAM Policy Refiner" says why',
    };
    const work = async (): Promise<RefinePolicyResult> => {
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document));
      if (!document || !analyzed)
        return {
          kind: 'nothing',
          message:
            'Nothing to refine: open a saved file that holds an IAM policy, and see that "iamPolicyRefiner.enable" is on',
        };
      const { analysis } = analyzed;
      const { kind, message, changes } = refineOutcome(analysis, params.position && document.offsetAt(params.position));
      for (const { refined } of analysis.policies) {
        if (refined && refined.refinement.proof !== 'ok')
          connection.console.error(`Proof refused: ${refined.refinement.proof}`);
      }
      if (changes.length === 0) return { kind, message };
      const outgrown = changes
        .map(({ policy, changes: statements }) => measureChanges(policy.document, statements))
        .find(outgrowsQuota);
      const edits = changes.flatMap(({ policy, changes: statements }) =>
        writeChanges(analysis, policy.document, statements),
      );
      return {
        kind,
        message,
        edit: toWorkspaceEdit(document, edits, client.versionedEdits),
        ...(outgrown && {
          confirm: `Refined, the policy would have ${describeOutgrown(outgrown)}. IAM would refuse it`,
        }),
      };
    };
    return runSafe(work, failed, `Refining ${params.textDocument.uri}`, token, connection.console);
  });
}
