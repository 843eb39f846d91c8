import { hover } from '../service/hover/hover.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** So long a hover waits for findings that are being read; it says so when there is no more time. */
const PATIENCE_MS = 30;

/** Serves textDocument/hover. */
export function registerHover({ connection, documents, workspace, runtime }: HandlerContext): void {
  connection.onHover((params, token) => {
    const work = async () => {
      // Everything that waits comes before the analysis, so that the position is looked up in the text that was analysed.
      const details = await runtime.loadDetails();
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document, PATIENCE_MS));
      return (document && analyzed && hover(document, analyzed.analysis, params.position, details)) ?? null;
    };
    return runSafe(work, null, `Hover in ${params.textDocument.uri}`, token, connection.console);
  });
}
