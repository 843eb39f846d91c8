import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { FileAnalysis } from '../analysis.ts';
import type { TextChange } from '../policy/model.ts';

/**
 * A workspace edit that holds for this version of the document only: an edit computed on an older text must not land on a newer one.
 * @throws where the analysis is not of the text that the document has now: then its offsets mean something else there
 */
export function toWorkspaceEdit(
  document: TextDocument,
  analysis: Pick<FileAnalysis, 'text'>,
  changes: readonly TextChange[],
  versioned = true,
): WorkspaceEdit {
  if (document.getText() !== analysis.text)
    throw new Error(`the text of ${document.uri} is no longer the one that was analysed`);
  const edits = toTextEdits(document, changes);
  if (!versioned) return { changes: { [document.uri]: edits } };
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] };
}

/** Changes as LSP's text edits. */
export function toTextEdits(document: TextDocument, changes: readonly TextChange[]): TextEdit[] {
  return changes.map(({ start, end, text }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText: text,
  }));
}
