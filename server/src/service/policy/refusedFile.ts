import { MAX_DEPTH } from '../json/depth.ts';
import type { PolicyFile } from './model.ts';

/** A file without policies. */
export const NO_POLICIES: PolicyFile = { documents: [], problems: [] };

/**
 * A file of which nothing is read because of a limit of ours, of which no other tool tells the user.
 * @param at where to say so, in UTF-16 units
 */
export function refusedFile(message: string, at = 0): PolicyFile {
  return { documents: [], problems: [{ start: at, end: at + 1, message, isLimit: true }] };
}

/** A file that is longer than the limit, given in UTF-16 units. */
export function tooLongFile(limit: number): PolicyFile {
  return refusedFile(`Larger than ${limit / 1_000_000} million characters, so this file is not read`);
}

/** A file that nests too deep, and where. */
export function tooDeepFile(at: number): PolicyFile {
  return refusedFile(`Nested deeper than ${MAX_DEPTH} levels, so this file is not read`, at);
}
