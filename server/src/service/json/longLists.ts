import { findEndOfPart } from './endOfPart.ts';
import { skipBetween } from './lexical.ts';
import { readHead, readTail } from './listHolders.ts';
import type { JsonPiece, ListHolder } from './values.ts';

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
 * organisation's export. A part is some items that stand side by side. A list may also be a member of an object with little else
 * in it; behind its last part the other members are a piece of their own.
 *
 * Gives back `true` when that is all the text is. Otherwise what was read before must be forgotten, and the text read as
 * `readJsonValues` does; where a broken list is the reason, it is given back.
 *
 * @param keys what the list of an object may be called; not more than one of its members may be
 * @param atOnce how long a part is at least, in UTF-16 units; a shorter text is left to others
 */
export function* readLongLists(
  text: string,
  keys: readonly string[] = [],
  atOnce = MAX_AT_ONCE,
): Generator<JsonPiece, boolean | BrokenList> {
  if (text.length <= atOnce) return false;
  let end = 0;
  for (let start = skipBetween(text, 0); start < text.length; start = skipBetween(text, end)) {
    const head = text[start] === '{' ? readHead(text, start, keys) : undefined;
    if (text[start] !== '[' && !head) return false;
    const read = yield* readList(text, head?.list ?? start, atOnce, head?.holder);
    if (typeof read !== 'number') return head ? false : read;
    end = read;
    if (!head) continue;
    const tail = readTail(text, end, keys);
    if (!tail) return false;
    end = tail.end;
    yield { start, end, parsed: { value: { ...head.members, ...tail.members } }, endOf: head.holder };
  }
  return true;
}

/** Reads one list part by part; gives back the offset behind it. */
function* readList(
  text: string,
  list: number,
  atOnce: number,
  holder: ListHolder | undefined,
): Generator<JsonPiece, number | BrokenList> {
  for (let start = list + 1; ; ) {
    const starts = [start];
    const end = findEndOfPart(text, start, starts, atOnce);
    const isOpen = text[end] !== ']';
    const value = end === text.length ? undefined : parseItems(text.slice(start, end));
    const isEmptyList = !isOpen && start === list + 1 && value?.length === 0;
    // An item that is missing, as in `[1,,2]`, must not get lost where two parts meet.
    if (!value || (value.length !== starts.length && !isEmptyList)) return { list, start, end };
    yield { start, end, parsed: { value }, part: { list, starts, ...(holder && { holder }) } };
    start = end + 1;
    if (!isOpen) return start;
  }
}

function parseItems(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(`[${text}]`);
  } catch {
    return undefined;
  }
}
