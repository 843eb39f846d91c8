import { endOfString, skipBetween } from './lexical.ts';
import type { JsonPiece } from './values.ts';

/**
 * So many characters of a text are parsed at once, in UTF-16 units. It is half a millisecond's work, and ten times as much for
 * the first part, before the code has been compiled. An editor's server has other things to do meanwhile, and the parsed values
 * of all of a long text would take several times its room.
 */
export const MAX_AT_ONCE = 16 * 1024;

/** Where a list ceases to be JSON. */
export interface BrokenList {
  /** Where the list starts. */
  readonly list: number;
  /** The part that does not parse: from behind a comma to the next, or to the end of the text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a text that is a list too long to be parsed at once, or several such lists one after another, part by part: an
 * organisation's export. A part is some items that stand side by side.
 *
 * Gives back `true` when that is all the text is. Otherwise what was read before must be forgotten, and the text read as
 * `readJsonValues` does; where a broken list is the reason, it is given back.
 *
 * @param atOnce how long a part is at least, in UTF-16 units; a shorter text is left to others
 */
export function* readLongLists(text: string, atOnce = MAX_AT_ONCE): Generator<JsonPiece, boolean | BrokenList> {
  if (text.length <= atOnce) return false;
  let end = 0;
  for (let list = skipBetween(text, 0); list < text.length; list = skipBetween(text, end)) {
    if (text[list] !== '[') return false;
    for (let start = list + 1, isOpen = true; isOpen; start = end + 1) {
      const starts = [start];
      end = findEndOfPart(text, start, starts, atOnce);
      isOpen = text[end] !== ']';
      const value = end === text.length ? undefined : parseItems(text.slice(start, end));
      const isEmptyList = !isOpen && start === list + 1 && value?.length === 0;
      // An item that is missing, as in `[1,,2]`, must not get lost where two parts meet.
      if (!value || (value.length !== starts.length && !isEmptyList)) return { list, start, end };
      yield { start, end, parsed: { value }, part: { list, starts } };
    }
    end++;
  }
  return true;
}

function parseItems(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(`[${text}]`);
  } catch {
    return undefined;
  }
}

/**
 * The offset of the comma at which a part that starts at `start` is long enough, of the list's closing bracket, or the end
 * of a text that has neither. Brackets of any kind count alike: whether they fit is found when the part is parsed.
 * @param starts takes where each item after the first one starts, white space before it included
 */
function findEndOfPart(text: string, start: number, starts: number[], atOnce: number): number {
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
