import type { Span } from '../../json/span.ts';
import type { Comments } from './comments.ts';

/** How the author lays out a text, so that an edit can look like theirs. */
export interface Layout {
  /** The line end that the text uses first; `\n` when it has one line. */
  readonly eol: string;
  /** Whether the text is one line, which a line break may end. */
  readonly minified: boolean;
  /** One step of indentation. */
  readonly indentUnit: string;
  readonly comments: Comments;
  /** Whether a closing bracket stands behind the last item: YAML wants it deeper than the key, where nobody would write it on a line of its own. */
  readonly closesBehindItem: boolean;
  /** The indentation that what belongs to the line of `offset` is measured from. */
  indentAt(text: string, offset: number): string;
}

/** The widest line that a one-line list may make, in columns. */
export const MAX_COLUMNS = 100;

/** Reads the layout of a text from its first indented line. */
export function layoutOf(text: string, comments: Comments, indentAt: Layout['indentAt'] = indentOf): Layout {
  const newline = text.indexOf('\n');
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  return {
    eol: newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n',
    minified: !text.trimEnd().includes('\n'),
    indentUnit: indent?.startsWith('\t') ? '\t' : (indent ?? '  '),
    comments,
    indentAt,
    closesBehindItem: false,
  };
}

/** The start of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line that holds `offset`, its line break excluded. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > 0 && text[newline - 1] === '\r' && newline - 1 >= offset ? newline - 1 : newline;
}

/** The white space that the line of `offset` begins with. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  // Looked for backwards: of a text that is one line, the line's start is far off.
  let at = offset - 1;
  while (at >= 0 && text[at] !== '\n' && /\s/.test(text[at] as string)) at--;
  return at < 0 || text[at] === '\n';
}

/** Whether a span has a line break in it. */
export function isMultiLine(text: string, { start, end }: Span): boolean {
  const newline = text.indexOf('\n', start);
  return newline >= 0 && newline < end;
}
