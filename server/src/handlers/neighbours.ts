import type { TextDocument } from 'vscode-languageserver-textdocument';
import { stackOf } from '../messageOf.ts';
import type { HandlerContext, Refresh } from './context.ts';

/** How long after the last keystroke other documents are looked at. */
const PAUSE_MS = 300;

/**
 * Follows what documents that are typed in or closed change in others: a role that is renamed in one file has a say in whose the policies of
 * another are, wherever in the repository it lies. Gives what is to be called when something on disk may have such a say.
 */
export function registerNeighbours(
  { documents, workspace, connection }: Pick<HandlerContext, 'documents' | 'workspace' | 'connection'>,
  refreshes: readonly Refresh[],
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let typedIn: TextDocument | undefined;
  const look = async () => {
    const own = typedIn;
    typedIn = undefined;
    try {
      // What is typed in is brought up to date by whoever shows it.
      const outdated = (await workspace.outdated()).filter((document) => document !== own);
      if (outdated.length > 0) for (const refresh of refreshes) refresh(outdated);
    } catch (error) {
      connection.console.error(`Looking for what changes beside a document failed: ${stackOf(error)}`);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  };
  documents.onDidChangeContent(({ document }) => {
    typedIn = document;
    soon();
  });
  documents.onDidClose(soon);
  return soon;
}
