import { endOfString } from './lexical.ts';

/**
 * The offset of the comma at which a part that starts at `start` is long enough, of the list's closing bracket, or the end
 * of a text that has neither. Brackets of any kind count alike: whether they fit is found when the part is parsed.
 * @param starts takes where each item after the first one starts, white space before it included
 */
export function findEndOfPart(text: string, start: number, starts: number[], atOnce: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i) - 1;
        break;
      case 0x7b: // {
      case 0x5b:
        depth++;
        break;
      case 0x7d: // }
      case 0x5d:
        if (depth === 0) return i;
        depth--;
        break;
      case 0x2c: // ,
        if (depth > 0) break;
        if (i - start >= atOnce) return i;
        starts.push(i + 1);
        break;
    }
  }
  return text.length;
}
