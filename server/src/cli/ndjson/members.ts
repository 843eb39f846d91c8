import { findEndOfPart } from '../../service/json/endOfPart.ts';
import { endOfString } from '../../service/json/lexical.ts';

/**
 * The members of an object as they are written: what is handed back, or edited, must not lose what parsing does not keep, such as the
 * digits of a large number. Of members of the same name the last one counts, as for `JSON.parse`.
 *
 * @param text an object in JSON that was found to be sound
 */
export function rawMembers(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  const last = text.lastIndexOf('}');
  for (let start = text.indexOf('{') + 1; start <= last; ) {
    const end = findEndOfPart(text, start, [], 0);
    const key = text.indexOf('"', start);
    // An empty object has a part, and no key in it.
    if (key < 0 || key > end) break;
    const endOfKey = endOfString(text, key);
    const value = text.slice(text.indexOf(':', endOfKey) + 1, end).trim();
    members.set(JSON.parse(text.slice(key, endOfKey)) as string, value);
    start = end + 1;
  }
  return members;
}
