import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PolicyParams, RefinePolicyResult } from '../protocol.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import { toWorkspaceEdit } from '../service/codeActions/edits.ts';
import { type FileRefinement, refineFile } from '../service/refineFile.ts';
import type { TargetQuery } from '../service/target.ts';
import type { HandlerContext } from './context.ts';

/** What to answer when something went wrong that the user can do nothing about. */
export const FAILED: RefinePolicyResult = {
  kind: 'refused',
  message: 'The policy could not be refined; the output channel "IAM Policy Refiner" says why',
};

/** What to answer where there is nothing that could be analysed. */
export const NO_POLICY: RefinePolicyResult = {
  kind: 'nothing',
  message:
    'Nothing to refine: open a saved file that holds an IAM policy, and see that "iamPolicyRefiner.enable" is on',
};

/** What a request about a policy came to. */
export interface AnsweredRequest {
  readonly document: TextDocument;
  readonly analysis: FileAnalysis;
  readonly query: TargetQuery;
  readonly refinement: FileRefinement;
  readonly result: RefinePolicyResult;
}

/** Refines what a request names, for those who write it and those who only show it; `undefined` where nothing can be analysed. */
export async function refineRequested(
  { textDocument, position, pointer }: PolicyParams,
  { connection, documents, workspace, client }: HandlerContext,
): Promise<AnsweredRequest | undefined> {
  const document = documents.get(textDocument.uri);
  const analyzed = document && (await workspace.analyze(document));
  if (!document || !analyzed) return undefined;
  const { analysis } = analyzed;
  const query = { pointer, offset: position && document.offsetAt(position) };
  const refinement = refineFile(analysis, query);
  for (const { refined } of analysis.policies) {
    if (refined && refined.refinement.proof !== 'ok')
      connection.console.error(`Proof refused: ${refined.refinement.proof}`);
  }
  const { kind, message, edits, confirm } = refinement;
  const edit = edits.length > 0 && toWorkspaceEdit(document, analysis, edits, client.versionedEdits);
  const result = { kind, message, ...(confirm !== undefined && { confirm }), ...(edit && { edit }) };
  return { document, analysis, query, refinement, result };
}
