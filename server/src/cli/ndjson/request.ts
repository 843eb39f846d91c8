import { isUtf8 } from 'node:buffer';
import { messageOf } from '../../messageOf.ts';
import { isObject } from '../../service/findings/readers/shape.ts';
import { type Line, TOO_LONG } from './lines.ts';
import { rawMembers } from './members.ts';

/** The longest line that is read, in bytes; a policy and its findings have a few thousand. */
export const MAX_LINE_BYTES = 20_000_000;

/** What a line asks for. */
export interface Request {
  readonly name: LineName;
  /** The policy as it is written in the line, or the text that is given for it. */
  readonly policy: string;
  /** Whether the policy is given as a text, be it in YAML. */
  readonly isText: boolean;
  /** What is unused, and how it is written; absent where the line does not say. */
  readonly unused?: { readonly value: unknown; readonly raw: string };
  /** The names or ARNs of those who have the policy; absent where the line does not say. */
  readonly principals?: readonly string[];
}

/** A line of which nothing can be made. */
export interface BadLine {
  readonly name: LineName;
  readonly error: string;
}

/** What tells a line, and the row that comes of it, from others. */
export interface LineName {
  /** Counted from 1. */
  readonly line: number;
  /** The line's own `id`, as it is written there. */
  readonly id?: string;
  /** The line's own `file`. */
  readonly file?: string;
}

/** What a line asks for, or what is wrong with it; `undefined` for an empty one. */
export function readRequest(line: Line, number: number): Request | BadLine | undefined {
  const bad = (error: string, name: LineName = { line: number }): BadLine => ({ name, error });
  if (line === TOO_LONG) return bad(`it is longer than ${MAX_LINE_BYTES / 1_000_000} million bytes`);
  if (!isUtf8(line)) return bad('it is not UTF-8 text');
  const text = withoutMark(line.toString());
  let members: unknown;
  try {
    members = JSON.parse(text);
  } catch (error) {
    return /^\s*$/.test(text) ? undefined : bad(`it is not valid JSON: ${messageOf(error)}`);
  }
  if (!isObject(members)) return bad('it is no object such as {"policy": …, "unused": …}');
  const raw = rawMembers(text);
  const rawOf = (key: string) => raw.get(key) as string;
  // Who writes all columns of a table writes `null` for what is not there.
  const { id = null, file = null, policy = null, unused = null, principals = null } = members;
  const name: LineName = {
    line: number,
    ...(id !== null && { id: rawOf('id').replaceAll('\r', '') }),
    ...(typeof file === 'string' && { file }),
  };
  const names = typeof principals === 'string' ? [principals] : principals;
  if (file !== null && typeof file !== 'string') return bad('its "file" is no text', name);
  if (names !== null && !isListOfTexts(names)) return bad('its "principals" is no list of names or ARNs', name);
  if (policy === null) return bad('it has no "policy"', name);
  if (typeof policy !== 'string' && !isObject(policy)) return bad('its "policy" is neither an object nor a text', name);
  return {
    name,
    policy: typeof policy === 'string' ? policy : rawOf('policy'),
    isText: typeof policy === 'string',
    ...(unused !== null && { unused: { value: unused, raw: rawOf('unused') } }),
    ...(names !== null && { principals: names }),
  };
}

/** A byte order mark stands where a file began that is now part of the stream. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
