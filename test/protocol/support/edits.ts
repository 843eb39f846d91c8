import assert from 'node:assert/strict';
import { TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';

/** The edits of one document; finds that there are none for another, and that versioned ones are for this version. */
export function editsFor(edit: WorkspaceEdit, document: { uri: string; version: number }): TextEdit[] {
  if (edit.documentChanges === undefined) {
    assert.deepEqual(Object.keys(edit.changes ?? {}), [document.uri]);
    return edit.changes?.[document.uri] ?? [];
  }
  assert.equal(edit.changes, undefined);
  const [change, ...others] = edit.documentChanges;
  assert.deepEqual(others, []);
  assert(TextDocumentEdit.is(change));
  assert.deepEqual(change.textDocument, document);
  return change.edits as TextEdit[];
}
