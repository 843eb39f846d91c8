import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { FileAnalysis } from '../analysis.ts';
import type { PolicyDocument, StatementChange, TextChange } from '../policy/model.ts';

/** The text changes that make changes of statements true in a file. */
export function writeChanges(
  analysis: FileAnalysis,
  document: PolicyDocument,
  changes: readonly StatementChange[],
): TextChange[] {
  return analysis.syntax.write(analysis.text, document, changes);
}

/** A workspace edit that holds for this version of the document only: an edit computed on an older text must not land on a newer one. */
export function toWorkspaceEdit(
  document: TextDocument,
  changes: readonly TextChange[],
  versioned = true,
): WorkspaceEdit {
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
