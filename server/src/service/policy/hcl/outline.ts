import type { Parser, TreeCursor } from 'web-tree-sitter';
import type { Span } from '../../json/span.ts';
import { LIST, type Outline } from '../outline.ts';
import { outlineEmbedded } from '../terraform/embeddedOutline.ts';
import { heredocText } from './heredoc.ts';
import { MAX_DEPTH, parseTree } from './tree.ts';

/** Tells what a text in HCL says; of a heredoc that is JSON, what that says. A block that does not parse whole is told as it is written. */
export function outlineHcl(parser: Parser, text: string, outline: Outline): void {
  const tree = parseTree(parser, text);
  if (!tree) {
    outline.leaf('unread', { start: 0, end: text.length }, text);
    return;
  }
  const cursor = tree.walk();
  try {
    new Walk(cursor, text, outline).visit(0);
  } finally {
    cursor.delete();
    tree.delete();
  }
}

class Walk {
  readonly #cursor: TreeCursor;
  readonly #text: string;
  readonly #outline: Outline;

  constructor(cursor: TreeCursor, text: string, outline: Outline) {
    this.#cursor = cursor;
    this.#text = text;
    this.#outline = outline;
  }

  /** Tells what the node of the cursor says. */
  visit(depth: number): void {
    const cursor = this.#cursor;
    const { nodeType: type, startIndex: start, endIndex: end } = cursor;
    const span = { start, end };
    if (type === 'comment' || DIVIDERS.has(type)) return;
    const isWhole = type === 'string_lit' || depth > MAX_DEPTH || (type === 'block' && cursor.currentNode.hasError);
    if (!isWhole && type === 'heredoc_template' && this.#visitHeredoc(span)) return;
    if (isWhole || !cursor.gotoFirstChild()) {
      this.#outline.leaf(type, span, this.#text.slice(start, end));
      return;
    }
    const isWrapper = WRAPPERS.has(type);
    if (!isWrapper) this.#outline.open(type === 'tuple' ? LIST : type, span);
    do this.visit(depth + 1);
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
    if (!isWrapper) this.#outline.close();
  }

  #visitHeredoc(span: Span): boolean {
    const parts = this.#cursor.currentNode.children.flatMap((part) =>
      part ? [{ type: part.type, start: part.startIndex, end: part.endIndex, children: [] }] : [],
    );
    const embedded = heredocText({ ...span, type: 'heredoc_template', children: parts }, this.#text);
    return embedded !== undefined && outlineEmbedded(embedded, span, this.#text, this.#outline);
  }
}

/** What stands around and between things, and is told by what they are. */
const DIVIDERS: ReadonlySet<string> = new Set([
  ',',
  'tuple_start',
  'tuple_end',
  'object_start',
  'object_end',
  'block_start',
  'block_end',
]);

/** What means no more than the one thing in it. */
const WRAPPERS: ReadonlySet<string> = new Set(['expression', 'literal_value', 'collection_value', 'template_expr']);
