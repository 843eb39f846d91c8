import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../service/json/span.ts';
import type { Place } from './format.ts';

/** A span of a document as people count it. */
export function placeOf(document: TextDocument, { start, end }: Span): Place {
  const from = document.positionAt(start);
  const to = document.positionAt(end);
  return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}
