import { type NodeType, type ParseError, parseTree } from 'jsonc-parser';
import { findTooDeep } from './depth.ts';
import { readSoundJson } from './soundJson.ts';

/** A value, or a property, of a JSON text. What is not there is `undefined` or absent. */
export interface JsonNode {
  readonly type: NodeType;
  /** Where it starts, and how long it is, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  /** What a string, number or other scalar says. */
  readonly value?: unknown;
  readonly parent?: JsonNode | undefined;
  /** The items of an array, the properties of an object, the key and value of a property. */
  readonly children?: readonly JsonNode[] | undefined;
}

/** A JSON or JSONC text as a tree whose nodes know their places. */
export interface JsonTree {
  /** Absent in a text that holds no value, or nests too deep. */
  readonly root: JsonNode | undefined;
  readonly errors: readonly ParseError[];
  /** Where the nesting first exceeds the limit; -1 when it never does. */
  readonly tooDeep: number;
}

/**
 * Parses a JSON or JSONC text; trailing commas are allowed. Of broken text the tree holds what can be read.
 *
 * A sound text, which is nearly every one, is read in one pass that makes nothing but the nodes: that is several times faster
 * than jsonc-parser's events. What that pass does not expect makes it give up, and jsonc-parser, which can mend broken text,
 * decides what it is.
 */
export function parseJsonTree(text: string): JsonTree {
  const root = readSoundJson(text);
  if (root) return { root, errors: [], tooDeep: -1 };
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) return { root: undefined, errors: [], tooDeep };
  const errors: ParseError[] = [];
  return { root: parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true }), errors, tooDeep };
}
