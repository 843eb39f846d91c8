import { isUtf8 } from 'node:buffer';

/** So many bytes are decoded at once; a few milliseconds' work. Even, as UTF-16 needs it. */
const MAX_AT_ONCE = 2 * 1024 * 1024;

/**
 * The text of a file, its encoding told from the byte order mark: UTF-8 (also without a mark), or UTF-16 as
 * PowerShell's `>` writes it. The mark itself is not part of the text. Throws on bytes that are no UTF-8: a name that came out
 * damaged must not decide what a policy loses.
 */
export function decodeText(bytes: Uint8Array): string {
  const steps = decodeInSteps(bytes);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps of a few milliseconds, for who has something else to do between them. */
export function* decodeInSteps(bytes: Uint8Array): Generator<undefined, string, void> {
  // A view: nothing is copied.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = buffer[0] === 0xff && buffer[1] === 0xfe;
  const isBigEndian = buffer[0] === 0xfe && buffer[1] === 0xff;
  const isUtf16 = isLittleEndian || isBigEndian;
  if (!isUtf16 && !isUtf8(bytes)) throw new Error('it is not text in UTF-8; write it again as UTF-8');
  const mark = isUtf16 ? 2 : buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  const parts: string[] = [];
  for (let start = mark, end = start; start < buffer.length; start = end) {
    end = isUtf16 ? Math.min(start + MAX_AT_ONCE, buffer.length) : endOfCharacters(buffer, start + MAX_AT_ONCE);
    const part = buffer.subarray(start, end);
    // An odd byte at the end is half of a letter.
    const even = part.subarray(0, part.length & ~1);
    if (isBigEndian) parts.push(Buffer.from(even).swap16().toString('utf16le'));
    else parts.push(isLittleEndian ? even.toString('utf16le') : part.toString('utf8'));
    yield;
  }
  return parts.join('');
}

/** The first offset from `at` on where no character of UTF-8 is cut in two. */
function endOfCharacters(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end++;
  return Math.min(end, bytes.length);
}
