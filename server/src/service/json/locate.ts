import { endOfString, skipTrivia } from './lexical.ts';
import type { Span } from './span.ts';

/** The keys and indexes that lead from the root of a JSON value to a part of it. */
export type JsonPath = readonly (string | number)[];

/** A place in a JSON text, which may hold several values one after another. */
export interface JsonPlace {
  /** Where the value that holds the place starts, in UTF-16 units; white space before it counts as part of it. */
  readonly offset: number;
  /** The way from that value. */
  readonly path: JsonPath;
}

/** A place inside another. */
export function inside({ offset, path }: JsonPlace, ...steps: JsonPath): JsonPlace {
  // Spreading leaves room for more behind the items, and there are as many places as names in large files.
  return { offset, path: path.concat(steps) };
}

/**
 * Finds the places of values in a JSON text. Nothing is parsed before it is asked for, and each container on the way to a
 * value is gone through once, however many of its values are asked for: findings files are large, and few of their places
 * are ever looked at. Ends on any text; iterative, so that depth costs no stack.
 */
export class JsonLocator {
  readonly #text: string;
  readonly #roots = new Map<number, Span>();
  /** The values inside a container, by key or index, for containers that were gone through, by their start. */
  readonly #children = new Map<number, ReadonlyMap<string | number, Span>>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The span of the value at a place; of the deepest part that exists when its path does not lead to a value. */
  locate({ offset, path }: JsonPlace): Span {
    let found = this.#rootAt(offset);
    for (const step of path) {
      const inner = this.#childrenOf(found).get(step);
      if (!inner) break;
      found = inner;
    }
    return found;
  }

  #rootAt(offset: number): Span {
    let root = this.#roots.get(offset);
    if (!root) {
      const start = skipTrivia(this.#text, offset);
      root = { start, end: endOfValue(this.#text, start) };
      this.#roots.set(offset, root);
    }
    return root;
  }

  #childrenOf({ start, end }: Span): ReadonlyMap<string | number, Span> {
    let children = this.#children.get(start);
    if (!children) {
      children = new Map(readChildren(this.#text, start, end));
      this.#children.set(start, children);
    }
    return children;
  }
}

/** The values inside the container from `start` to `end`, with their keys or indexes; none for a scalar. */
function* readChildren(text: string, start: number, end: number): Iterable<[string | number, Span]> {
  const opening = text[start];
  if (opening !== '{' && opening !== '[') return;
  let at = skipTrivia(text, start + 1);
  for (let index = 0; at < end && text[at] !== '}' && text[at] !== ']'; index++) {
    let key: string | number = index;
    if (opening === '{') {
      const keyEnd = endOfValue(text, at);
      key = readKey(text.slice(at, keyEnd));
      at = skipTrivia(text, keyEnd);
      if (text[at] === ':') at = skipTrivia(text, at + 1);
    }
    const valueEnd = Math.min(endOfValue(text, at), end);
    yield [key, { start: Math.min(at, end), end: valueEnd }];
    at = skipTrivia(text, valueEnd);
    if (text[at] === ',') at = skipTrivia(text, at + 1);
  }
}

function readKey(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/** The end of the value that starts at `start`; always behind `start`, but at the end of the text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; ) {
    switch (text[i]) {
      case '"':
        i = endOfString(text, i);
        break;
      case '{':
      case '[':
        depth++;
        i++;
        break;
      case '}':
      case ']':
        depth--;
        i++;
        break;
      case '/':
        i = Math.max(skipTrivia(text, i), i + 1);
        break;
      default:
        i = depth > 0 ? i + 1 : endOfScalar(text, i);
    }
    if (depth <= 0) return i;
  }
  return text.length;
}

/** The end of a number, a word, or whatever else stands where a value should; at least one character. */
function endOfScalar(text: string, start: number): number {
  const end = /[\s,:{}[\]"]/g;
  end.lastIndex = start;
  return Math.max(end.exec(text)?.index ?? text.length, start + 1);
}
