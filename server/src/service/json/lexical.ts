/** The offset behind the closing quote of the string that opens at `start`; the end of the text where it has none. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text.charCodeAt(quote - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/**
 * The offset of the quote, or of the line break, that ends the string opened at `start`; the end of the text where neither
 * comes. No JSON string goes on in another line, so one without its end harms its own line only.
 */
export function lineStringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22 || code === 0x0a || code === 0x0d) return i;
  }
  return text.length;
}

/** The first offset from `at` on that is neither white space nor inside a comment. */
export function skipTrivia(text: string, at: number): number {
  // A loop, because a regular expression would need stack for every turn, and white space may go on for millions of characters.
  for (let end = at; ; ) {
    const code = text.charCodeAt(end);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7f && /\s/.test(text[end] as string))) end++;
    else {
      const behind = code === 0x2f ? endOfComment(text, end) : end;
      if (behind <= end) return end;
      end = behind;
    }
  }
}

/** The offset behind the comment that starts at `start`; `start` itself where none does, -1 where a block comment is not closed. */
export function endOfComment(text: string, start: number): number {
  const next = text.charCodeAt(start) === 0x2f ? text.charCodeAt(start + 1) : 0;
  if (next === 0x2f) return endOfLine(text, start);
  if (next !== 0x2a) return start;
  const close = text.indexOf('*/', start + 2);
  return close < 0 ? -1 : close + 2;
}

/** The offset of the line break, either character, that comes first from `at` on; the end of the text where none does. */
export function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 0x0a && text.charCodeAt(end) !== 0x0d) end++;
  return end;
}

/** Passes over what stands between values: white space (a byte order mark counts as such) and commas. */
export function skipBetween(text: string, at: number): number {
  const between = /[\s,]*/y;
  between.lastIndex = at;
  between.test(text);
  return between.lastIndex;
}
