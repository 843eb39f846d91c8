import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyChanges, type TextChange } from '../../server/src/service/policy/model.ts';

/** The text with the changes made, which must be in ascending order and not overlap: an editor refuses them otherwise. */
export function applyDisjoint(text: string, changes: readonly TextChange[]): string {
  let at = 0;
  for (const { start, end } of changes) {
    assert.ok(at <= start && start <= end, `${JSON.stringify(changes)} are in order in ${JSON.stringify(text)}`);
    at = end;
  }
  const result = applyChanges(text, changes);
  assert.equal(applyInEditor(text, changes), result, 'an editor makes the same of it');
  return result;
}

function applyInEditor(text: string, changes: readonly TextChange[]): string {
  const document = TextDocument.create('file:///a', 'text', 1, text);
  const range = ({ start, end }: TextChange) => ({ start: document.positionAt(start), end: document.positionAt(end) });
  return TextDocument.applyEdits(
    document,
    changes.map((change) => ({ range: range(change), newText: change.text })),
  );
}
