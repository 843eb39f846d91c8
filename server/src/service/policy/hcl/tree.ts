import type { Parser, ParseState, Tree, TreeCursor } from 'web-tree-sitter';
import type { Span } from '../../json/span.ts';

/** A node of a sound piece of HCL, as the grammar names it. Offsets are UTF-16 units. */
export interface HclNode extends Span {
  readonly type: string;
  /** The nodes that have a name; punctuation and comments are left out. */
  readonly children: readonly HclNode[];
}

/** A block at the top of a file, such as a `resource`. */
interface TopLevelBlock extends Span {
  /** Absent where the block is broken, or nested so deep that it is not read, or not asked for. */
  readonly node?: HclNode;
  /** Whether it does not parse whole: nobody can say what it means. */
  readonly isBroken: boolean;
}

/** A file as far as it is read. */
export interface HclFile {
  readonly blocks: readonly TopLevelBlock[];
  /** Where a syntax error lies outside all blocks: then the ends of the blocks themselves are in doubt. */
  readonly errorAt?: Span;
}

/** How deep the grammar's nodes may nest; each list or object is three or four levels. */
export const MAX_DEPTH = 1500;

/**
 * How often the parser, which asks now and then whether to go on, is let go on in a broken text: about three times in a hundred
 * characters. Looking for a way out of an error takes it so long that an editor would stand still.
 */
const MAX_BROKEN_TURNS = 10_000;

/**
 * Reads a file. `undefined` where the parser gives up: broken text may cost it so much that an editor would stand still.
 * @param isWanted by its text, whether a block is of interest; of others only the place is told
 */
export function parseHcl(parser: Parser, text: string, isWanted: (block: string) => boolean): HclFile | undefined {
  const tree = parseTree(parser, text);
  if (!tree) return undefined;
  const cursor = tree.walk();
  try {
    return new Reading(cursor, text, isWanted).file();
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/** The parser's own tree, which is to be deleted; `undefined` where it gives up. */
export function parseTree(parser: Parser, text: string): Tree | undefined {
  let turns = 0;
  // The type says that nothing is to be returned, the library says that `true` means to stop.
  const progressCallback = (({ hasError }: ParseState) => hasError && ++turns > MAX_BROKEN_TURNS) as (
    state: ParseState,
  ) => void;
  const tree = parser.parse(text, null, { progressCallback });
  if (!tree) {
    // What was begun would otherwise be gone on with in the next text.
    parser.reset();
    return undefined;
  }
  return tree;
}

class Reading {
  readonly #cursor: TreeCursor;
  readonly #text: string;
  readonly #isWanted: (block: string) => boolean;
  readonly #blocks: TopLevelBlock[] = [];
  #errorAt: Span | undefined;

  constructor(cursor: TreeCursor, text: string, isWanted: (block: string) => boolean) {
    this.#cursor = cursor;
    this.#text = text;
    this.#isWanted = isWanted;
  }

  file(): HclFile {
    this.#readTop();
    return { blocks: this.#blocks, ...(this.#errorAt && { errorAt: this.#errorAt }) };
  }

  /** Looks at the node of the cursor and, but for blocks, at what it holds. */
  #readTop(): void {
    const cursor = this.#cursor;
    const { nodeType: type, nodeIsMissing, startIndex: start, endIndex: end } = cursor;
    if (type === 'block') {
      this.#readBlock({ start, end });
      return;
    }
    if (type === 'ERROR' || nodeIsMissing) this.#errorAt ??= { start, end };
    if (type !== 'ERROR' && type !== 'config_file' && type !== 'body') {
      if (cursor.currentNode.hasError) this.#errorAt ??= { start, end };
      return;
    }
    if (!cursor.gotoFirstChild()) return;
    do this.#readTop();
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  #readBlock(span: Span): void {
    if (this.#cursor.currentNode.hasError) {
      this.#blocks.push({ ...span, isBroken: true });
      return;
    }
    if (!this.#isWanted(this.#text.slice(span.start, span.end))) {
      this.#blocks.push({ ...span, isBroken: false });
      return;
    }
    const node = this.#convert(0);
    this.#blocks.push(node ? { ...span, node, isBroken: false } : { ...span, isBroken: true });
  }

  /** The node of the cursor with all that it holds; `undefined` where it is nested too deep or a string goes over a line's end. */
  #convert(depth: number): HclNode | undefined {
    const cursor = this.#cursor;
    const { nodeType: type, startIndex: start, endIndex: end } = cursor;
    if (depth > MAX_DEPTH) return undefined;
    const children: HclNode[] = [];
    if (type !== 'string_lit' && cursor.gotoFirstChild()) {
      do {
        if (!cursor.nodeIsNamed || PUNCTUATION.has(cursor.nodeType)) continue;
        const child = this.#convert(depth + 1);
        if (!child) return undefined;
        children.push(child);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    if (this.#isBrokenOff({ type, start, end, children })) return undefined;
    return withoutWrapper({ type, start, end, children });
  }

  /** The grammar takes a string that goes on in another line, Terraform does not: a quote is missing, and the rest is read inside out. */
  #isBrokenOff({ type, start, end, children }: HclNode): boolean {
    if (type === 'string_lit') return this.#text.slice(start, end).includes('\n');
    if (type !== 'quoted_template') return false;
    return children.some(
      (part) => part.type === 'template_literal' && this.#text.slice(part.start, part.end).includes('\n'),
    );
  }
}

/** Named nodes that tell nothing but that a bracket or a quote stands there. */
const PUNCTUATION: ReadonlySet<string> = new Set([
  'comment',
  'block_start',
  'block_end',
  'tuple_start',
  'tuple_end',
  'object_start',
  'object_end',
  'quoted_template_start',
  'quoted_template_end',
  'template_interpolation_start',
  'template_interpolation_end',
  'heredoc_start',
]);

/** Nodes that mean what the one node inside them means; an interpolation only where its string holds nothing else. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'expression',
  'literal_value',
  'collection_value',
  'template_expr',
  'quoted_template',
]);

/**
 * What a node means: what is inside it, where only one thing is. That drops parentheses, and the quotes of `"${var.x}"`, as
 * Terraform 0.11 wanted references to be written. The span stays that of the whole.
 */
function withoutWrapper(node: HclNode): HclNode {
  const [only] = node.children;
  if (!only || node.children.length !== 1 || !WRAPPERS.has(node.type)) return node;
  // A string's text is told from its place, so none takes a place that is larger than its own.
  if (only.type === 'string_lit' && only.end - only.start < node.end - node.start) return node;
  if (node.type !== 'quoted_template') return { ...only, start: node.start, end: node.end };
  const [inside] = only.children;
  const isReference =
    only.type === 'template_interpolation' && only.children.length === 1 && inside?.type !== 'string_lit';
  return isReference && inside ? { ...inside, start: node.start, end: node.end } : node;
}
