import { type Position, PositionEncodingKind } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { LinePositions } from '../service/json/linePositions.ts';
import { Utf8Document } from './utf8Document.ts';
import { Utf8LinePositions } from './utf8LinePositions.ts';

/**
 * How the client counts the characters of a line (LSP, position encoding). Positions are made of offsets, and offsets of
 * positions, by what is created here and nowhere else, so that nobody has to convert, and nobody can forget to.
 */
export interface Positions {
  readonly encoding: PositionEncodingKind;
  /** A document whose positions the client understands. */
  create(uri: string, languageId: string, version: number, text: string): TextDocument;
  /** Makes changes, in the client's positions, to a document created here, which stays the same object. */
  update(document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument;
  /** The same for a text, maybe large, of which few places are ever looked at. */
  of(text: string): { positionAt(offset: number): Position };
}

/**
 * The first encoding that the client offers and we have: it names those first that cost it least.
 * @param offered its capability `general.positionEncodings`
 */
export function positionsFor(offered: readonly string[] | null | undefined): Positions {
  // Some clients write `null` for what they do not have.
  const chosen = offered?.find((encoding) => encoding === UTF8.encoding || encoding === UTF16.encoding);
  return chosen === UTF8.encoding ? UTF8 : UTF16;
}

const UTF16: Positions = {
  encoding: PositionEncodingKind.UTF16,
  create: TextDocument.create,
  update: TextDocument.update,
  of: (text) => new LinePositions(text),
};

const UTF8: Positions = {
  encoding: PositionEncodingKind.UTF8,
  create: (...given) => new Utf8Document(...given),
  update: (document, changes, version) => (document as Utf8Document).update(changes, version),
  of: (text) => new Utf8LinePositions(text),
};
