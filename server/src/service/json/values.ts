import { MAX_DEPTH } from './depth.ts';
import { endOfLine, lineStringEnd, skipBetween } from './lexical.ts';
import { MAX_AT_ONCE } from './longLists.ts';

/** A stretch of a text: one JSON value, or something between values that is none. Offsets are UTF-16 units. */
export interface JsonPiece {
  readonly start: number;
  readonly end: number;
  /** The value, in a box of its own because `null` is one; absent for what is no JSON. */
  readonly parsed?: { readonly value: unknown };
  /** Of a part of a long list, whose items are the value: where the list starts, and where each of these items does. */
  readonly part?: { readonly list: number; readonly starts: readonly number[]; readonly holder?: ListHolder };
  /** Of the last piece of an object with a long list, whose other members are the value. */
  readonly endOf?: ListHolder;
}

/** An object of which a long list is one member: where it starts, and the member's key. */
export interface ListHolder {
  readonly start: number;
  readonly key: string;
}

/** Stands for nothing: whoever reads a long text bit by bit may do something else now. */
export const PAUSE = undefined;

/**
 * Reads the JSON values of a text: nearly always one, but a shell loop with `>>` writes one after another. Commas between
 * them are passed over.
 *
 * A broken value does not take its neighbours with it: after one that is never closed, such as the output of a command that
 * was interrupted, reading goes on at the next line that begins with a bracket. Every character is looked at a fixed number
 * of times, whatever the text is.
 */
export function* readJsonValues(text: string): Iterable<JsonPiece | typeof PAUSE> {
  // A long text that is several values, or was cut off, would be parsed to its end only to learn so.
  const whole = text.length > MAX_AT_ONCE ? undefined : parse(text);
  if (whole) yield { start: 0, end: text.length, parsed: whole };
  else yield* splitValues(text);
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function* splitValues(text: string): Iterable<JsonPiece | typeof PAUSE> {
  let found: Ends | undefined;
  let broken = 0;
  let nextLine = 0;
  for (let start = skipBetween(text, 0), end = start; start < text.length; start = skipBetween(text, end)) {
    // One value a line is what most tools write, and needs no search for its end.
    end = found ? start : endOfLine(text, start);
    const isLongList = text[start] === '[' && end - start > MAX_AT_ONCE;
    let parsed = found || isLongList ? undefined : parse(text.slice(start, end));
    if (!parsed) {
      found ??= yield* findEnds(text);
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

interface Ends {
  /** Where the containers end that may be a value of their own, by where they start: on top, or at the start of a line. */
  readonly ends: ReadonlyMap<number, number>;
  /** The brackets that open at the start of a line, in their order. */
  readonly lines: readonly number[];
}

/** Finds the closing bracket of each container that may be a value, in one pass. Strings end with their line, as JSON's do. */
function* findEnds(text: string): Generator<typeof PAUSE, Ends> {
  const search = new EndSearch(text);
  while (!search.go(MAX_AT_ONCE)) yield PAUSE;
  return search;
}

class EndSearch implements Ends {
  readonly ends = new Map<number, number>();
  readonly lines: number[] = [];
  readonly #text: string;
  #at = 0;
  readonly #open: number[] = [];
  #tooDeep = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Searches so many characters more; true at the end of the text. */
  go(length: number): boolean {
    const text = this.#text;
    const open = this.#open;
    const until = Math.min(this.#at + length, text.length);
    let i = this.#at;
    for (; i < until; i++) {
      switch (text.charCodeAt(i)) {
        case 0x22: // "
          i = lineStringEnd(text, i);
          break;
        case 0x7b: // {
        case 0x5b: {
          const startsLine = this.#startsLine(i);
          if (startsLine) this.lines.push(i);
          if (open.length < MAX_DEPTH) open.push(i);
          else if (startsLine) {
            // Nothing nests that deep: what is open was never closed.
            open.splice(0, open.length, i);
            this.#tooDeep = 0;
          } else this.#tooDeep++;
          break;
        }
        case 0x7d: // }
        case 0x5d:
          this.#close(i + 1);
          break;
      }
    }
    this.#at = i;
    return i >= text.length;
  }

  #close(end: number): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const start = this.#open.pop();
    if (start !== undefined && (this.#open.length === 0 || this.#startsLine(start))) this.ends.set(start, end);
  }

  #startsLine(at: number): boolean {
    const before = this.#text.charCodeAt(at - 1);
    return at === 0 || before === 0x0a || before === 0x0d;
  }
}
