import { lineStart } from '../lists/layout.ts';
import type { PolicyDocument } from '../model.ts';
import { type Excerpt, LIST, type Outline } from '../outline.ts';
import { isFlow } from './layout.ts';
import type { YamlNode } from './node.ts';
import { parseYamlTrees } from './tree.ts';

/** Tells what a text in YAML says. */
export function outlineYaml(text: string, outline: Outline): void {
  const visit = ({ type, offset, length, children = [], value }: YamlNode) => {
    const span = { start: offset, end: offset + length };
    if (type === 'array' || type === 'object') {
      outline.open(type === 'array' ? LIST : type, span);
      for (const child of children) visit(child);
      outline.close();
    } else if (type === 'property') {
      const [key, inside] = children;
      outline.open(type, span, String(key?.value));
      if (inside) visit(inside);
      outline.close();
    } else outline.leaf(`${type} ${value}`, span, text.slice(span.start, span.end));
  };
  for (const root of parseYamlTrees(text).roots) {
    outline.open('document', { start: -1, end: -1 });
    visit(root);
    outline.close();
  }
}

/** A policy with its lines, where it is written in lines: what is between brackets may share them with something else. */
export function excerptYaml(text: string, { start, end }: PolicyDocument): Excerpt | undefined {
  if (isFlow(text, { start, end })) return undefined;
  const newline = text.indexOf('\n', end);
  return { start, end: newline < 0 ? text.length : newline + 1, before: ' '.repeat(start - lineStart(text, start)) };
}
