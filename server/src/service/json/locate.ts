import { createScanner } from 'jsonc-parser';
import type { Span } from '../json/span.ts';

/** The keys and indexes that lead from the root of a JSON value to a part of it. */
export type JsonPath = readonly (string | number)[];

// jsonc-parser's SyntaxKind is an ambient const enum, which code that is compiled file by file cannot name.
const OPEN_BRACE = 1;
const CLOSE_BRACE = 2;
const OPEN_BRACKET = 3;
const CLOSE_BRACKET = 4;
const COMMA = 5;
const COLON = 6;
const STRING = 10;
const EOF = 17;

/**
 * The span of the value at `path` in a JSON text; the deepest part of it that exists when the path does not lead to a value.
 * Scans the text once and builds nothing, because findings files are large and few of their places are ever asked for.
 */
export function locate(text: string, path: JsonPath): Span {
  const scanner = createScanner(text, true);
  let token = scanner.scan();
  let found = skipValue();
  for (let depth = 0; depth < path.length; depth++) {
    const inner = enter(found, path[depth] as string | number);
    if (!inner) break;
    found = inner;
  }
  return found;

  function next(): number {
    token = scanner.scan();
    return token;
  }

  /** Reads the value at the current token and gives its span. Iterative, so that depth costs no stack. */
  function skipValue(): Span {
    const start = scanner.getTokenOffset();
    let depth = 0;
    let end = start;
    do {
      if (token === OPEN_BRACE || token === OPEN_BRACKET) depth++;
      else if (token === CLOSE_BRACE || token === CLOSE_BRACKET) depth--;
      end = scanner.getTokenOffset() + scanner.getTokenLength();
      next();
    } while (depth > 0 && token !== EOF);
    return { start, end };
  }

  /** The value below `container` at `key`. */
  function enter(container: Span, key: string | number): Span | undefined {
    scanner.setPosition(container.start);
    const opening = next();
    if (opening !== OPEN_BRACE && opening !== OPEN_BRACKET) return undefined;
    next();
    for (let index = 0; token !== EOF && token !== CLOSE_BRACE && token !== CLOSE_BRACKET; index++) {
      let name: string | number = index;
      if (opening === OPEN_BRACE) {
        name = token === STRING ? scanner.getTokenValue() : '';
        if (next() === COLON) next();
      }
      const value = skipValue();
      if (name === key) return value;
      if (token === COMMA) next();
    }
    return undefined;
  }
}
