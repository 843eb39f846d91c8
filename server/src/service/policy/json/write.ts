import type { Span } from '../../json/span.ts';
import { type Comments, SLASH_COMMENTS } from '../lists/comments.ts';
import { formatList } from '../lists/format.ts';
import { indentOf, isMultiLine, type Layout, layoutOf, lineEnd, lineStart } from '../lists/layout.ts';
import { appendToList, editList } from '../lists/list.ts';
import type { Entry, ItemList, PolicyDocument, Statement, StatementChange, TextChange } from '../model.ts';

/**
 * Writes changes of a policy's statements as minimal text edits, in ascending order.
 * Comments, indentation, line ends, trailing commas and what is not touched stay as they are.
 *
 * The changes must leave the policy at least one statement: IAM refuses an empty list.
 */
export function writeJson(
  text: string,
  document: Pick<PolicyDocument, 'list'>,
  changes: readonly StatementChange[],
  comments: Comments = SLASH_COMMENTS,
): TextChange[] {
  const layout = layoutOf(text, comments);
  const removed = new Set(
    changes.flatMap(({ statement, change }) => (change.kind === 'remove' ? statement.start : [])),
  );
  const edits =
    document.list && removed.size > 0
      ? editList(text, document.list, removedItems(document.list, removed), layout)
      : [];
  for (const { statement, change } of changes) {
    if (change.kind === 'replace') edits.push(...replaceEntries(text, statement, change.replacements, layout));
    if (change.kind === 'append') edits.push(...appendEntries(text, statement, change.entries, layout));
  }
  return edits.sort((a, b) => a.start - b.start);
}

/** What `editList` is to do where the items that start at these offsets go. */
export function removedItems({ items }: ItemList, starts: ReadonlySet<number>): Map<number, readonly string[]> {
  return new Map(items.flatMap(({ start }, index) => (starts.has(start) ? [[index, []] as const] : [])));
}

function replaceEntries(
  text: string,
  statement: Statement,
  replacements: ReadonlyMap<Entry, readonly string[]>,
  layout: Layout,
): TextChange[] {
  const { list } = statement;
  if (list) {
    const indexes = new Map(list.items.map(({ start }, index) => [start, index] as const));
    const items = new Map(
      [...replacements].map(([entry, entries]) => [indexes.get(entry.start) ?? -1, literals(entries)] as const),
    );
    return editList(text, list, items, layout);
  }
  return [...replacements].map(([{ start, end }, entries]) => {
    const texts = literals(entries);
    const only = texts.length === 1 ? texts[0] : undefined;
    return { start, end, text: only ?? formatSingle(text, statement, { start, end }, texts, layout) };
  });
}

function appendEntries(text: string, statement: Statement, entries: readonly string[], layout: Layout): TextChange[] {
  const { list } = statement;
  if (list) return appendToList(text, list, literals(entries), layout);
  return statement.entries.map(({ start, end }) => {
    const texts = [text.slice(start, end), ...literals(entries)];
    return { start, end, text: formatSingle(text, statement, { start, end }, texts, layout) };
  });
}

function literals(entries: readonly string[]): string[] {
  return entries.map((entry) => JSON.stringify(entry));
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
  // What stands before and behind the value on its line takes up room, too.
  const column = lineEnd(text, value.end) - lineStart(text, value.start) - (value.end - value.start);
  return formatList(texts, column, ownIndent, { ...layout, indentUnit: step || layout.indentUnit }, spaced);
}
