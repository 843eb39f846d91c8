import type { Entry, ItemList, PolicyDocument, Span, Statement, StatementChange, TextChange } from '../model.ts';
import { indentOf, isMultiLine, type Layout, layoutOf, lineStart } from './layout.ts';
import { editList, formatList } from './list.ts';

/**
 * Writes changes of a policy's statements as minimal text edits, in ascending order.
 * Comments, indentation, line ends, trailing commas and what is not touched stay as they are.
 *
 * The changes must leave the policy at least one statement: IAM refuses an empty list.
 */
export function writeJson(text: string, document: PolicyDocument, changes: readonly StatementChange[]): TextChange[] {
  const layout = layoutOf(text);
  const removed = changes.filter(({ change }) => change === 'remove').map(({ statement }) => statement);
  const edits =
    document.list && removed.length > 0
      ? editList(text, document.list, removedItems(document.list, removed), layout)
      : [];
  for (const { statement, change } of changes) {
    if (change !== 'remove') edits.push(...writeEntries(text, statement, change, layout));
  }
  return edits.sort((a, b) => a.start - b.start);
}

function removedItems(list: ItemList, removed: readonly Span[]): Map<number, readonly string[]> {
  return new Map(removed.map((item) => [list.items.findIndex(({ start }) => start === item.start), []]));
}

function writeEntries(
  text: string,
  statement: Statement,
  change: ReadonlyMap<Entry, readonly string[]>,
  layout: Layout,
): TextChange[] {
  const { list } = statement;
  const literals = (entries: readonly string[]) => entries.map((entry) => JSON.stringify(entry));
  if (list) {
    const indexOf = (entry: Entry) => list.items.findIndex(({ start }) => start === entry.start);
    const replacements = new Map([...change].map(([entry, entries]) => [indexOf(entry), literals(entries)] as const));
    return editList(text, list, replacements, layout);
  }
  return [...change].map(([{ start, end }, entries]) => {
    const texts = literals(entries);
    const only = texts.length === 1 ? texts[0] : undefined;
    return { start, end, text: only ?? formatSingle(text, statement, { start, end }, texts, layout) };
  });
}

/** A list in the place of a single string. */
function formatSingle(
  text: string,
  statement: Statement,
  value: Span,
  texts: readonly string[],
  layout: Layout,
): string {
  const spaced = /\s/.test(text.slice(statement.elementSpan.start, value.start));
  const ownIndent = indentOf(text, statement.elementSpan.start);
  const outerIndent = indentOf(text, statement.start);
  // The step from the statement to its keys says more of this author's indentation than the file's first line does.
  const step =
    isMultiLine(text, statement) && ownIndent.startsWith(outerIndent) ? ownIndent.slice(outerIndent.length) : '';
  const column = value.start - lineStart(text, value.start);
  return formatList(texts, column, ownIndent, { ...layout, indentUnit: step || layout.indentUnit }, spaced);
}
