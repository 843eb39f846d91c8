import { hover } from '../service/hover/hover.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves textDocument/hover. */
export function registerHover({ connection, documents, workspace, runtime }: HandlerContext): void {
  connection.onHover((params, token) => {
    const work = async () => {
      // A hover that comes late is of no use: where findings take long to read it says so.
      // Everything that waits comes before the analysis, so that the position is looked up in the text that was analysed.
      const details = await runtime.loadDetails();
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document, 'briefly'));
      if (!document || !analyzed) return null;
      return hover(document, analyzed.analysis, params.position, { details, now: Date.now() }) ?? null;
    };
    return runSafe(work, null, `Hover in ${params.textDocument.uri}`, token, connection.console);
  });
}
