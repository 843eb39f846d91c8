import type { NodeType } from 'jsonc-parser';
import { MAX_DEPTH } from './depth.ts';
import { endOfComment } from './lexical.ts';
import type { JsonNode } from './tree.ts';

/**
 * Reads a sound JSON or JSONC text, trailing commas allowed, that nests no deeper than `MAX_DEPTH`.
 * @returns its root; `undefined` when anything in the text is not as expected, be it harmless
 */
export function readSoundJson(text: string): JsonNode | undefined {
  return new SoundJson(text).read();
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

class SoundJson {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode | undefined {
    this.#skipTrivia();
    const root = this.#value(undefined, 0);
    this.#skipTrivia();
    return this.#at === this.#text.length ? root : undefined;
  }

  #value(parent: JsonNode | undefined, depth: number): JsonNode | undefined {
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x22: // "
        return this.#string(parent);
      case 0x7b: // {
        return depth < MAX_DEPTH ? this.#object(parent, depth + 1) : undefined;
      case 0x5b: // [
        return depth < MAX_DEPTH ? this.#array(parent, depth + 1) : undefined;
      default:
        return this.#scalar(parent);
    }
  }

  #object(parent: JsonNode | undefined, depth: number): JsonNode | undefined {
    const children: JsonNode[] = [];
    const node = new TreeNode('object', this.#at++, 0, parent, undefined, children);
    for (this.#skipTrivia(); this.#text.charCodeAt(this.#at) !== 0x7d; this.#skipTrivia()) {
      if (this.#text.charCodeAt(this.#at) !== 0x22) return undefined;
      const pair: JsonNode[] = [];
      const property = new TreeNode('property', this.#at, 0, node, undefined, pair);
      const key = this.#string(property);
      this.#skipTrivia();
      if (!key || this.#text.charCodeAt(this.#at) !== 0x3a) return undefined;
      this.#at++;
      this.#skipTrivia();
      const value = this.#value(property, depth);
      if (!value) return undefined;
      pair.push(key, value);
      property.length = this.#at - property.offset;
      children.push(property);
      if (!this.#comma(0x7d)) return undefined;
    }
    node.length = ++this.#at - node.offset;
    return node;
  }

  #array(parent: JsonNode | undefined, depth: number): JsonNode | undefined {
    const children: JsonNode[] = [];
    const node = new TreeNode('array', this.#at++, 0, parent, undefined, children);
    for (this.#skipTrivia(); this.#text.charCodeAt(this.#at) !== 0x5d; this.#skipTrivia()) {
      const value = this.#value(node, depth);
      if (!value) return undefined;
      children.push(value);
      if (!this.#comma(0x5d)) return undefined;
    }
    node.length = ++this.#at - node.offset;
    return node;
  }

  /** Passes the comma behind an item; the last one may lack it. */
  #comma(closing: number): boolean {
    this.#skipTrivia();
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x2c) this.#at++;
    return code === 0x2c || code === closing;
  }

  #string(parent: JsonNode | undefined): JsonNode | undefined {
    const text = this.#text;
    const start = this.#at;
    let escaped = false;
    let end = start + 1;
    for (let code = text.charCodeAt(end); code !== 0x22; code = text.charCodeAt(++end)) {
      if (code === 0x5c) {
        escaped = true;
        end++;
      }
      // Control characters have no place in a string. Behind the text's end there is no code, which is not at least a space, too.
      if (!(code >= 0x20)) return undefined;
    }
    this.#at = end + 1;
    const value = escaped ? decode(text.slice(start, end + 1)) : text.slice(start + 1, end);
    return value === undefined ? undefined : new TreeNode('string', start, end + 1 - start, parent, value);
  }

  #scalar(parent: JsonNode | undefined): JsonNode | undefined {
    const start = this.#at;
    SCALAR.lastIndex = start;
    if (!SCALAR.test(this.#text)) return undefined;
    this.#at = SCALAR.lastIndex;
    const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
    const type = value === null ? 'null' : (typeof value as 'number' | 'boolean');
    return new TreeNode(type, start, this.#at - start, parent, value);
  }

  #skipTrivia(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.#at++;
      else {
        const end = code === 0x2f ? endOfComment(text, this.#at) : this.#at;
        if (end <= this.#at) return;
        this.#at = end;
      }
    }
  }
}

/** All nodes have the same fields in the same order, which keeps going through them fast. */
class TreeNode implements JsonNode {
  readonly type: NodeType;
  readonly offset: number;
  length: number;
  readonly value: unknown;
  readonly parent: JsonNode | undefined;
  readonly children: JsonNode[] | undefined;

  constructor(
    type: NodeType,
    offset: number,
    length: number,
    parent: JsonNode | undefined,
    value?: unknown,
    children?: JsonNode[],
  ) {
    this.type = type;
    this.offset = offset;
    this.length = length;
    this.value = value;
    this.parent = parent;
    this.children = children;
  }
}

function decode(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
