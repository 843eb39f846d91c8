import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type YAMLSeq,
} from 'yaml';
import { MAX_DEPTH } from '../../json/depth.ts';
import type { PolicyProblem } from '../model.ts';
import { markShared, type References } from './anchors.ts';
import { findTooDeepToken } from './depth.ts';
import { YamlNode } from './node.ts';
import { functionOf, isCustomTag } from './tags.ts';
import { markTagged } from './templateTags.ts';

/** A YAML text as trees of values that know their places, one a document. */
export interface YamlTrees {
  readonly roots: readonly YamlNode[];
  readonly problems: readonly PolicyProblem[];
  /** Where the nesting first exceeds the limit; -1 when it never does. */
  readonly tooDeep: number;
}

/** Parses a YAML text. Aliases are not followed, so nothing grows beyond the text; of broken text the trees hold what can be read. */
export function parseYamlTrees(text: string): YamlTrees {
  const tokens = [...new Parser().parse(text)];
  const tooDeep = findTooDeepToken(tokens, MAX_DEPTH);
  if (tooDeep >= 0) return { roots: [], problems: [], tooDeep };
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, true, text.length)];
  const roots = documents.flatMap(({ contents }) => (contents ? [new TreeBuilder(text).build(contents as Node)] : []));
  return { roots, problems: documents.flatMap(problemsOf), tooDeep };
}

function problemsOf({ errors }: Document.Parsed): PolicyProblem[] {
  return errors.map(({ pos: [start, end], message }) => ({
    start,
    end: Math.max(end, start + 1),
    message: `YAML syntax error: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
  }));
}

/** Makes a tree of values of what the parser makes of one document. */
class TreeBuilder {
  readonly #text: string;
  readonly #references: References = { anchors: new Map(), aliases: new Map() };

  constructor(text: string) {
    this.#text = text;
  }

  build(root: Node): YamlNode {
    const tree = this.#node(root, undefined);
    markShared(this.#references);
    markTagged(this.#text, tree);
    return tree;
  }

  #node(node: Node, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    const { tag } = node;
    if (isAlias(node)) return this.#alias(node, parent, itemOffset);
    if (tag !== undefined && isCustomTag(tag)) return this.#tagged(node, tag, parent, itemOffset);
    const made = this.#untagged(node, parent, itemOffset);
    const { anchor } = node as { anchor?: string };
    if (anchor) add(this.#references.anchors, anchor, made);
    return made;
  }

  #untagged(node: Node, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    if (isSeq(node)) return this.#list(node, parent, itemOffset);
    if (!isMap(node)) return this.#scalar(node, parent, itemOffset);
    const made = new YamlNode('object', startOf(node), parent, itemOffset);
    made.children = node.items.flatMap((pair) => (pair.key ? [this.#property(pair as never, made)] : []));
    return close(made, node.flow ? endOf(node) : undefined);
  }

  #property({ key, value }: { key: Node; value: Node | null }, parent: YamlNode): YamlNode {
    const made = new YamlNode('property', startOf(key), parent);
    const name = new YamlNode('string', startOf(key), made);
    // Other keys than scalars mean nothing to us.
    name.value = isScalar(key) ? (typeof key.value === 'string' ? key.value : key.source) : undefined;
    name.length = endOf(key) - startOf(key);
    name.size = JSON.stringify(String(name.value)).length;
    this.#noteKey(key, name);
    made.children = [name, value ? this.#node(value, made) : nothing(endOf(key), made)];
    return close(made);
  }

  /** What is named in a key, or refers to something, counts as elsewhere. */
  #noteKey(key: Node, name: YamlNode): void {
    const { anchor } = key as { anchor?: string };
    if (isAlias(key)) add(this.#references.aliases, key.source, name);
    else if (!isScalar(key)) this.#node(key, name);
    else if (anchor) add(this.#references.anchors, anchor, name);
  }

  #list(node: YAMLSeq, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    const made = new YamlNode('array', startOf(node), parent, itemOffset);
    const dashes = dashesOf(node);
    made.children = node.items.map((item, index) => this.#node(item as Node, made, dashes[index]));
    return close(made, node.flow ? endOf(node) : undefined);
  }

  #scalar(node: Node, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    const { value, type: style, tag } = isScalar(node) ? node : { value: undefined, type: undefined, tag: undefined };
    // A text of several lines, and one whose type is said, are no entries that could be written anew.
    const isPlain = tag === undefined || isCustomTag(tag);
    const isText = typeof value === 'string' && isPlain && !style?.startsWith('BLOCK');
    const type = isText ? 'string' : typeof value === 'boolean' ? 'boolean' : 'null';
    const made = new YamlNode(type, startOf(node), parent, itemOffset);
    made.value = typeof value === 'string' || type === 'boolean' ? value : undefined;
    // The line breaks that end a block scalar stand between it and what follows.
    made.length = this.#text.slice(startOf(node), endOf(node)).trimEnd().length;
    made.size = (JSON.stringify(value) ?? 'null').length;
    return made;
  }

  /** A short form, `!Ref X`, as the long form that it stands for: `{"Ref": "X"}`. */
  #tagged(node: Node, tag: string, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    const made = new YamlNode('object', startOf(node), parent, itemOffset);
    const property = new YamlNode('property', startOf(node), made);
    const name = new YamlNode('string', startOf(node), property);
    name.value = functionOf(tag);
    name.size = JSON.stringify(name.value).length;
    property.children = [name, this.#untagged(node, property)];
    made.children = [close(property)];
    const { anchor } = node as { anchor?: string };
    if (anchor) add(this.#references.anchors, anchor, made);
    return close(made);
  }

  #alias(node: Alias, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
    const made = nothing(startOf(node), parent, itemOffset);
    made.length = endOf(node) - startOf(node);
    made.size = this.#references.anchors.get(node.source)?.at(-1)?.size ?? made.size;
    add(this.#references.aliases, node.source, made);
    return made;
  }
}

function nothing(offset: number, parent: YamlNode | undefined, itemOffset?: number): YamlNode {
  const made = new YamlNode('null', offset, parent, itemOffset);
  made.size = 'null'.length;
  return made;
}

/**
 * Counts what a node holds.
 * @param end where its brackets end; without any, it ends where the last thing in it does
 */
function close(node: YamlNode, end?: number): YamlNode {
  const children = node.children ?? [];
  const last = children.at(-1);
  node.length = (end ?? (last ? last.offset + last.length : node.offset)) - node.offset;
  const inside = children.reduce((sum, { size }) => sum + size, 0);
  // A property has a colon; a list or an object has brackets, and commas between what it holds.
  node.size = inside + (node.type === 'property' ? 1 : 2 + Math.max(0, children.length - 1));
  return node;
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

function endOf({ range }: Node): number {
  return range?.[1] ?? 0;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Where the items of a block list start; none for a flow list. */
function dashesOf({ srcToken }: YAMLSeq): number[] {
  if (srcToken?.type !== 'block-seq') return [];
  return srcToken.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? []);
}
