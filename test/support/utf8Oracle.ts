import type { Position } from 'vscode-languageserver-types';

/** A position as LSP counts it in an encoding. */
export type Encoding = 'utf-8' | 'utf-16';

/** What a position means: the number of the line, and what stands before it there. Written with Node's own encoder alone. */
export function before(
  { line, character }: Position,
  text: string,
  encoding: Encoding,
): [line: number, before: string] {
  const written = Buffer.from(text.split(/\r\n|\r|\n/)[line] ?? '', encoding === 'utf-8' ? 'utf8' : 'utf16le');
  const bytes = encoding === 'utf-8' ? character : 2 * character;
  if (bytes > written.length) throw new Error(`Line ${line} has no character ${character} in ${encoding}`);
  return [line, written.toString(encoding === 'utf-8' ? 'utf8' : 'utf16le', 0, bytes)];
}

/** The position of an offset of a text. */
export function positionIn(text: string, offset: number, encoding: Encoding): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return { line: lines.length - 1, character: encoding === 'utf-8' ? Buffer.byteLength(last) : last.length };
}
