import { appendToList, editList } from '../lists/list.ts';
import type { Entry, ItemList, PolicyDocument, Statement, StatementChange, TextChange } from '../model.ts';
import { appendToBlockList, editBlockList, type ItemReplacement } from './blockList.ts';
import { isFlow, yamlLayout } from './layout.ts';
import { quotersFor } from './quotes.ts';
import { listInPlaceOf } from './single.ts';
import { takeLineBreakAlong } from './textEnd.ts';

/**
 * Writes changes of a policy's statements as minimal text edits, in ascending order.
 * Comments, indentation, quotes, line ends and what is not touched stay as they are.
 *
 * The changes must leave the policy at least one statement: IAM refuses an empty list.
 */
export function writeYaml(text: string, document: PolicyDocument, changes: readonly StatementChange[]): TextChange[] {
  const edits = document.list ? removeStatements(text, document.list, changes) : [];
  for (const { statement, change } of changes) {
    if (change.kind === 'replace') edits.push(...replaceEntries(text, document, statement, change.replacements));
    if (change.kind === 'append') edits.push(...appendEntries(text, document, statement, change.entries));
  }
  // What is added at the end of a line stands before what begins there.
  return takeLineBreakAlong(
    text,
    edits.sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

function removeStatements(text: string, list: ItemList, changes: readonly StatementChange[]): TextChange[] {
  const removed = changes.flatMap(({ statement, change }) => (change.kind === 'remove' ? [statement] : []));
  const replacements = removed.map((value) => ({ index: indexOf(list, value.start), value, texts: [] }));
  return editItems(text, list, replacements);
}

function replaceEntries(
  text: string,
  document: PolicyDocument,
  statement: Statement,
  replacements: ReadonlyMap<Entry, readonly string[]>,
): TextChange[] {
  const quoterOf = quotersFor(text, statement, document);
  const written = [...replacements].map(([entry, entries]) => ({ value: entry, texts: entries.map(quoterOf(entry)) }));
  const { list } = statement;
  if (list)
    return editItems(
      text,
      list,
      written.map((replacement) => ({ ...replacement, index: indexOf(list, replacement.value.start) })),
    );
  return written.map(({ value, texts }) => {
    const [only, ...others] = texts;
    return only !== undefined && others.length === 0
      ? { start: value.start, end: value.end, text: only }
      : listInPlaceOf(text, value, texts, statement, document);
  });
}

function appendEntries(
  text: string,
  document: PolicyDocument,
  statement: Statement,
  entries: readonly string[],
): TextChange[] {
  const { list } = statement;
  const last = statement.entries.at(-1);
  if (!last) return [];
  const texts = entries.map(quotersFor(text, statement, document)(last));
  if (!list) return [listInPlaceOf(text, last, [text.slice(last.start, last.end), ...texts], statement, document)];
  const layout = yamlLayout(text);
  return isFlow(text, list)
    ? appendToList(text, list, texts, layout)
    : appendToBlockList(text, list, texts, layout.eol);
}

function editItems(text: string, list: ItemList, replacements: readonly ItemReplacement[]): TextChange[] {
  if (replacements.length === 0) return [];
  const layout = yamlLayout(text);
  if (!isFlow(text, list)) return editBlockList(text, list, replacements, layout.eol);
  const byIndex = new Map(replacements.map(({ index, texts }) => [index, texts] as const));
  return editList(text, list, byIndex, layout).map((change) => keepCommentApart(text, change));
}

/** A `#` begins a comment only behind white space. */
function keepCommentApart(text: string, change: TextChange): TextChange {
  const sticks = text[change.end] === '#' && change.text === '' && /\S/.test(text[change.start - 1] ?? ' ');
  return sticks ? { ...change, text: ' ' } : change;
}

/** The item of a list in which something stands; items are in ascending order, and a list may have thousands. */
function indexOf({ items }: ItemList, offset: number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((items[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
