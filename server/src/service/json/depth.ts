import { lineStringEnd } from './lexical.ts';

/** How deep objects and arrays may nest in a file that is read. Real templates stay below 30. */
export const MAX_DEPTH = 500;

/**
 * Where in a JSON or JSONC text the nesting first exceeds `limit`, as an offset; -1 when it never does.
 * The parser is recursive, so this look beforehand is what keeps a hostile file from exhausting the stack.
 */
export function findTooDeep(text: string, limit = MAX_DEPTH): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
      case 0x5b: // [
        if (++depth > limit) return i;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
      case 0x22: // "
        i = lineStringEnd(text, i);
        break;
      case 0x2f: // /
        i = skipComment(text, i);
        break;
    }
  }
  return -1;
}

function skipComment(text: string, start: number): number {
  const next = text[start + 1];
  if (next !== '/' && next !== '*') return start;
  if (next === '*') {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length : end + 1;
  }
  // Either character ends a line, as it does for the parser.
  const lineBreak = /[\n\r]/g;
  lineBreak.lastIndex = start;
  return lineBreak.exec(text)?.index ?? text.length;
}
