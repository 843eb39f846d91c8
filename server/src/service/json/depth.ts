import { endOfComment, lineStringEnd } from './lexical.ts';

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
      case 0x2f: {
        const end = endOfComment(text, i);
        if (end < 0) return -1;
        if (end > i) i = end - 1;
        break;
      }
    }
  }
  return -1;
}
