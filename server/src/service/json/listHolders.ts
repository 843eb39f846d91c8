import { findEndOfPart } from './endOfPart.ts';
import type { ListHolder } from './values.ts';

/** So many characters may stand before the list in its object, and as many behind it. */
const LITTLE = 16 * 1024;

/** What stands before a list that is a member of an object. */
interface Head {
  readonly holder: ListHolder;
  /** Where the list starts. */
  readonly list: number;
  /** The members before the list. */
  readonly members: object;
}

/**
 * Reads an object up to the first of its members that is a list of such a name.
 * @returns nothing where none begins soon, or what stands before it is not sound
 */
export function readHead(text: string, start: number, keys: readonly string[]): Head | undefined {
  const head = text.slice(start, start + LITTLE);
  const beginning = /\s*"([^"\\]*)"\s*:\s*\[/y;
  for (let at = 1; at < head.length; at = endOfMember(head, at)) {
    beginning.lastIndex = at;
    const key = beginning.exec(head)?.[1];
    if (key === undefined || !keys.includes(key)) continue;
    const list = beginning.lastIndex - 1;
    const members = parseObject(`${head.slice(0, list)}0}`);
    if (!members || hasKey(members, keys, key)) return undefined;
    delete members[key];
    return { holder: { start, key }, list: start + list, members };
  }
  return undefined;
}

/**
 * Reads the rest of an object behind the list, which ends at `start`.
 * @returns its members, and where the object ends; nothing where it is long or not sound, or
 * where another member is called like such a list
 */
export function readTail(
  text: string,
  start: number,
  keys: readonly string[],
): { readonly members: object; readonly end: number } | undefined {
  const tail = text.slice(start, start + LITTLE);
  const end = findEndOfPart(tail, 0, [], Number.POSITIVE_INFINITY) + 1;
  // A member stands in for the list, so that the comma behind that is where it must be.
  const members = parseObject(`{"":0${tail.slice(0, end)}`);
  if (!members || hasKey(members, keys)) return undefined;
  delete members[''];
  return { members, end: start + end };
}

/** The offset behind the comma that follows a member; the end of the text where none does. */
function endOfMember(text: string, start: number): number {
  const end = findEndOfPart(text, start, [], 0);
  return text[end] === ',' ? end + 1 : text.length;
}

function hasKey(members: Readonly<Record<string, unknown>>, keys: readonly string[], except?: string): boolean {
  return keys.some((key) => key !== except && Object.hasOwn(members, key));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
