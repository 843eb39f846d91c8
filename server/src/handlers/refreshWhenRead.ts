import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../messageOf.ts';
import type { HandlerContext, Refresh } from './context.ts';

/**
 * For answers that do not wait for findings which take long to read: gives what is to be called with the document of such an
 * answer, and calls `refresh` when they are read. Once, however many such answers are given meanwhile.
 */
export function refreshWhenRead(
  { workspace, connection }: Pick<HandlerContext, 'workspace' | 'connection'>,
  refresh: Refresh,
): (document: TextDocument) => void {
  let isReading = false;
  return async (document) => {
    if (isReading) return;
    isReading = true;
    try {
      await workspace.analyze(document);
    } catch (error) {
      connection.console.error(`Reading findings for ${document.uri} failed: ${messageOf(error)}`);
    }
    isReading = false;
    refresh();
  };
}
