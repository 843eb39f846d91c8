import type { Span } from '../../json/span.ts';
import type { Comments } from '../lists/comments.ts';
import { indentOf, type Layout, layoutOf, lineStart } from '../lists/layout.ts';

/** YAML's comments: a `#` behind white space begins one. */
export const HASH_COMMENTS: Comments = {
  skip: (text, at) => {
    const trivia = /(?:\s|(?<=\s)#.*)*/y;
    trivia.lastIndex = at;
    trivia.test(text);
    return trivia.lastIndex;
  },
  isIn: (text, start, end) => /(?:^|\s)#/.test(text.slice(start, end)),
  isAllOf: (rest) => /^\s*(?:(?<=\s)#.*)?$/.test(rest),
};

/** The layout of a YAML text, for its lists between brackets. */
export function yamlLayout(text: string): Layout {
  const layout = layoutOf(text, HASH_COMMENTS, (_, offset) => columnIndent(text, firstKey(text, offset)));
  const indentUnit = layout.indentUnit.startsWith('\t') ? '  ' : layout.indentUnit;
  return { ...layout, indentUnit, closesBehindItem: true };
}

/** The column of an offset, as white space. */
export function columnIndent(text: string, offset: number): string {
  const written = indentOf(text, offset);
  return written.length === offset - lineStart(text, offset) ? written : ' '.repeat(offset - lineStart(text, offset));
}

/** Whether a list or mapping is written between brackets. */
export function isFlow(text: string, { start }: Span): boolean {
  return text[start] === '[' || text[start] === '{';
}

/** The first letter of the line of `offset` that is neither white space nor the dash of an item. */
function firstKey(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start + (/^(?:[ \t]|-[ \t]+)*/.exec(text.slice(start, offset))?.[0].length ?? 0);
}
