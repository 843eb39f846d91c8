import assert from 'node:assert/strict';
import { Position, type Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The range of the first `part` of a text. */
export function rangeOf(text: string, part: string): Range {
  const start = text.indexOf(part);
  assert(start >= 0, `'${part}' is not in the text`);
  const document = documentOf(text);
  return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
}

/** The part of a text that a range covers. */
export function textIn(text: string, range: Range): string {
  return documentOf(text).getText(range);
}

/** The range of a whole text. */
export function wholeOf(text: string): Range {
  return { start: Position.create(0, 0), end: documentOf(text).positionAt(text.length) };
}

function documentOf(text: string): TextDocument {
  return TextDocument.create('memory:text', 'json', 0, text);
}
