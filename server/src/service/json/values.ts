import { MAX_DEPTH } from './depth.ts';
import { lineStringEnd } from './lexical.ts';

/** A stretch of a text: one JSON value, or something between values that is none. Offsets are UTF-16 units. */
export interface JsonPiece {
  readonly start: number;
  readonly end: number;
  /** The value, in a box of its own because `null` is one; absent for what is no JSON. */
  readonly parsed?: { readonly value: unknown };
}

/**
 * Reads the JSON values of a text: nearly always one, but a shell loop with `>>` writes one after another. Commas between
 * them are passed over.
 *
 * A broken value does not take its neighbours with it: after one that is never closed, such as the output of a command that
 * was interrupted, reading goes on at the next line that begins with a bracket. Every character is looked at a fixed number
 * of times, whatever the text is.
 */
export function readJsonValues(text: string): JsonPiece[] {
  const whole = parse(text);
  return whole ? [{ start: 0, end: text.length, parsed: whole }] : [...splitValues(text)];
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function* splitValues(text: string): Iterable<JsonPiece> {
  let found: Ends | undefined;
  let broken = 0;
  let nextLine = 0;
  for (let start = skipBetween(text, 0), end = start; start < text.length; start = skipBetween(text, end)) {
    // One value a line is what most tools write, and needs no search for its end.
    end = found ? start : endOfLine(text, start);
    let parsed = found ? undefined : parse(text.slice(start, end));
    if (!parsed) {
      found ??= findEnds(text);
      while ((found.lines[nextLine] ?? text.length) <= start) nextLine++;
      const close = found.ends.get(start);
      parsed = close === undefined ? undefined : parse(text.slice(start, close));
      end = close ?? found.lines[nextLine] ?? text.length;
    }
    if (!parsed && ++broken > MAX_BROKEN) end = text.length;
    yield parsed ? { start, end, parsed } : { start, end };
  }
}

/** After so many broken values the rest is taken for one more: nobody wrote it to be read, and each costs time. */
const MAX_BROKEN = 1000;

function endOfLine(text: string, at: number): number {
  const lineBreak = text.indexOf('\n', at);
  return lineBreak < 0 ? text.length : lineBreak;
}

/** White space (a byte order mark counts as such) and commas. */
function skipBetween(text: string, at: number): number {
  const between = /[\s,]*/y;
  between.lastIndex = at;
  between.test(text);
  return between.lastIndex;
}

interface Ends {
  /** Where the containers end that may be a value of their own, by where they start: on top, or at the start of a line. */
  readonly ends: ReadonlyMap<number, number>;
  /** The brackets that open at the start of a line, in their order. */
  readonly lines: readonly number[];
}

/** Finds the closing bracket of each container that may be a value, in one pass. Strings end with their line, as JSON's do. */
function findEnds(text: string): Ends {
  const ends = new Map<number, number>();
  const lines: number[] = [];
  const open: number[] = [];
  let tooDeep = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = lineStringEnd(text, i);
        break;
      case 0x7b: // {
      case 0x5b: {
        const startsLine = i === 0 || isLineBreak(text.charCodeAt(i - 1));
        if (startsLine) lines.push(i);
        if (open.length < MAX_DEPTH) open.push(i);
        else if (startsLine) {
          // Nothing nests that deep: what is open was never closed.
          open.splice(0, open.length, i);
          tooDeep = 0;
        } else tooDeep++;
        break;
      }
      case 0x7d: // }
      case 0x5d: {
        if (tooDeep > 0) {
          tooDeep--;
          break;
        }
        const start = open.pop();
        if (start === undefined) break;
        if (open.length === 0 || start === 0 || isLineBreak(text.charCodeAt(start - 1))) ends.set(start, i + 1);
        break;
      }
    }
  }
  return { ends, lines };
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
