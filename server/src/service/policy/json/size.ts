import { endOfString } from '../../json/lexical.ts';

/**
 * The characters of a fragment of JSON that IAM counts against its size quotas: all but white space between tokens,
 * and but for comments, which IAM never sees.
 */
export function jsonSize(fragment: string): number {
  let size = 0;
  for (let i = 0; i < fragment.length; i++) {
    const code = fragment.charCodeAt(i);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (code === 0x22) {
      const end = endOfString(fragment, i);
      size += end - i;
      i = end - 1;
    } else if (code === 0x2f && isComment(fragment, i)) {
      i = endOfComment(fragment, i) - 1;
    } else {
      size++;
    }
  }
  return size;
}

function isComment(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return next === 0x2f || next === 0x2a;
}

function endOfComment(text: string, start: number): number {
  if (text.charCodeAt(start + 1) === 0x2a) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length : end + 2;
  }
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 0x0a && text.charCodeAt(end) !== 0x0d) end++;
  return end;
}
