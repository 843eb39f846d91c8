import type { Span } from '../../json/span.ts';
import { type EmbeddedText, fillHoles } from '../terraform/embedded.ts';

/** What a string of JSON stands for, and where each of its characters is. */
interface DecodedString {
  readonly text: string;
  /** The offset in the file of each UTF-16 unit, and of what follows the last one. */
  readonly offsets: readonly number[];
}

/** Decodes the string of JSON that starts at an offset of a file. `undefined` where it is none. */
export function decodeString(file: string, start: number, end: number): DecodedString | undefined {
  const offsets: number[] = [];
  for (let at = start + 1; at < end; at += lengthOfUnit(file, at)) offsets.push(at);
  try {
    const text: unknown = JSON.parse(file.slice(start, end));
    return typeof text === 'string' && offsets.length === text.length + 1 ? { text, offsets } : undefined;
  } catch {
    return undefined;
  }
}

/** How long the spelling of one UTF-16 unit is. */
function lengthOfUnit(file: string, at: number): number {
  if (file[at] !== '\\') return 1;
  return file[at + 1] === 'u' ? 6 : 2;
}

/**
 * The text of a string that is JSON, or would be once it is rendered; `undefined` where it is computed as a whole, or by more
 * than plain references: where those end, only a parser of expressions can say.
 */
export function stringText({ text, offsets }: DecodedString): EmbeddedText | undefined {
  const holes: Span[] = [...text.matchAll(INTERPOLATION)].map(({ 0: hole, index }) => {
    return { start: index, end: index + hole.length };
  });
  const json = fillHoles(text, holes);
  if (/[$%]\{/.test(json)) return undefined;
  return { json, holes, placeOf: (offset) => offsets[offset] ?? 0 };
}

/** An interpolation without strings, objects and comments in it; and what would be one, but for an escape, is none. */
const INTERPOLATION = /(?<!\$)\$\{[^{}"#/]*\}/g;
