import { PREVIEW_REQUEST, type PreviewParams, type PreviewResult } from '../protocol.ts';
import { preview } from '../service/preview.ts';
import type { HandlerContext } from './context.ts';
import { FAILED, NO_POLICY, refineRequested } from './refineRequest.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Preview Refined Policy": the refined text, what speaks for it, and the edit that makes it true. */
export function registerPreview(context: HandlerContext): void {
  const { connection } = context;
  connection.onRequest(PREVIEW_REQUEST, (params: PreviewParams, token) => {
    const failed: PreviewResult = { ...FAILED, facts: [FAILED.message] };
    const work = async (): Promise<PreviewResult> => {
      const answered = await refineRequested(params, context);
      if (!answered) return { ...NO_POLICY, facts: [NO_POLICY.message] };
      const { document, analysis, query, refinement, result } = answered;
      return { ...result, version: document.version, ...preview(analysis, refinement, query) };
    };
    return runSafe(work, failed, `Previewing ${params.textDocument.uri}`, token, connection.console);
  });
}
