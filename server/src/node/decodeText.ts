import { isUtf8 } from 'node:buffer';

/**
 * The text of a file, its encoding told from the byte order mark: UTF-8 (also without a mark), or UTF-16 as
 * PowerShell's `>` writes it. The mark itself is not part of the text. Throws on bytes that are no UTF-8: a name that came out
 * damaged must not decide what a policy loses.
 *
 * All at once: to put the text of a large file together from parts takes as long as to decode all of it.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && !isUtf8(bytes)) throw new Error('it is not text in UTF-8; write it again as UTF-8');
  return new TextDecoder(encoding).decode(bytes);
}
