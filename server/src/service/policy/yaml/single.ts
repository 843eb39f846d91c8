import type { Span } from '../../json/span.ts';
import { formatList } from '../lists/format.ts';
import { lineEnd, lineStart, MAX_COLUMNS } from '../lists/layout.ts';
import type { PolicyDocument, Statement, TextChange } from '../model.ts';
import { columnIndent, isFlow, yamlLayout } from './layout.ts';

/** A list in the place of a single string, in the style of the policy's other lists. */
export function listInPlaceOf(
  text: string,
  value: Span,
  texts: readonly string[],
  statement: Statement,
  document: PolicyDocument,
): TextChange {
  const key = statement.elementSpan.start;
  const between = /^[^\n]*?:[ \t]*(?:&\S+[ \t]+)?$/.exec(text.slice(key, value.start))?.[0];
  const { hasDashes, dashIndent } = styleOf(text, document);
  const flow = inBrackets(text, value, texts, key);
  const fits = !flow.includes('\n') && lineEnd(text, value.end) - lineStart(text, value.start) <= MAX_COLUMNS;
  // Between brackets there are no lists with dashes.
  if (isFlow(text, statement) || between === undefined || (!hasDashes && fits)) return { ...value, text: flow };
  const { eol } = yamlLayout(text);
  const indent = columnIndent(text, key) + dashIndent;
  return {
    start: key + between.trimEnd().length,
    end: value.end,
    text: texts.map((item) => `${eol}${indent}- ${item}`).join(''),
  };
}

function inBrackets(text: string, value: Span, texts: readonly string[], key: number): string {
  const column = lineEnd(text, value.end) - lineStart(text, value.start) - (value.end - value.start);
  const spaced = /:\s/.test(text.slice(key, value.start));
  const layout = yamlLayout(text);
  return formatList(texts, column, layout.indentAt(text, key), layout, spaced);
}

/** How a policy's lists of actions are written. */
interface ListStyle {
  /** Whether some have dashes, or there are none to tell. */
  readonly hasDashes: boolean;
  readonly dashIndent: string;
}

/** By policy: each of its statements may ask. */
const styles = new WeakMap<PolicyDocument, ListStyle>();

function styleOf(text: string, document: PolicyDocument): ListStyle {
  let style = styles.get(document);
  if (!style) {
    const lists = document.statements.flatMap(({ list }) => list ?? []);
    const hasDashes = lists.length === 0 || lists.some((list) => !isFlow(text, list));
    style = { hasDashes, dashIndent: dashIndentOf(text, document) };
    styles.set(document, style);
  }
  return style;
}

/** How far the author indents dashes below their key: as in another list of actions, or the list of statements, or anywhere. */
function dashIndentOf(text: string, document: PolicyDocument): string {
  const lists = [
    ...document.statements.map(({ elementSpan, list }) => ({ key: elementSpan.start, list })),
    { key: document.heading.start, list: document.list },
  ];
  const sample = lists.find(({ list }) => list && !isFlow(text, list));
  if (sample?.list) {
    const step = columnOf(text, sample.list.start) - columnOf(text, sample.key);
    if (step >= 0) return ' '.repeat(step);
  }
  const [, key = '', indent = '  '] = /^( *(?:- +)*)[\w.:'"/-]+:[ \t]*(?:#.*)?\r?\n( *)- /m.exec(text) ?? [];
  return ' '.repeat(Math.max(0, indent.length - key.length));
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
