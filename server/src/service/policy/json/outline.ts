import type { Span } from '../../json/span.ts';
import { type JsonNode, parseJsonTree } from '../../json/tree.ts';
import { LIST, type Outline } from '../outline.ts';

/** Tells what a text in JSON or JSONC says. */
export function outlineJson(text: string, outline: Outline): void {
  const { root } = parseJsonTree(text);
  if (root) outlineValue(root, (span) => outline.leaf('', span, text.slice(span.start, span.end)), outline);
}

/**
 * Tells what a value of JSON says.
 * @param leaf tells what a string, number or other scalar says, which stands for a value
 * @param place where in the file a span of the value's text is
 */
export function outlineValue(
  node: JsonNode,
  leaf: (span: Span, value: unknown) => void,
  outline: Outline,
  place: (span: Span) => Span = (span) => span,
): void {
  const visit = ({ type, offset, length, value, children = [] }: JsonNode) => {
    const span = { start: offset, end: offset + length };
    if (type === 'array' || type === 'object') {
      outline.open(type === 'array' ? LIST : type, place(span));
      for (const child of children) visit(child);
      outline.close();
    } else if (type === 'property') {
      const [key, inside] = children;
      outline.open(type, place(span), String(key?.value));
      if (inside) visit(inside);
      outline.close();
    } else leaf(span, value);
  };
  visit(node);
}
