import { writeJson } from '../json/write.ts';
import type { ItemList, Statement, StatementChange, TextChange } from '../model.ts';
import { HCL_COMMENTS } from './comments.ts';
import type { WrittenStatement } from './statements.ts';

/** What is to become of the statements of a file: which of them go, and what is edited in those that stay. */
export interface StatementChanges {
  readonly removed: ReadonlySet<WrittenStatement>;
  readonly edited: readonly StatementChange[];
}

/**
 * Sorts the changes of a policy's statements. One of several lists is emptied where another one is left; a statement of which
 * no list is left goes as a whole, unless it is the last: Terraform writes a statement without actions, and IAM refuses it.
 */
export function sortChanges(
  written: readonly WrittenStatement[],
  list: ItemList,
  changes: readonly StatementChange[],
): StatementChanges {
  const byStatement = new Map(changes.map((change) => [change.statement, change]));
  const changesOf = ({ parts }: WrittenStatement) => parts.flatMap((part) => byStatement.get(part) ?? []);
  const removed = new Set(written.filter((one) => changesOf(one).some(({ change }) => change.kind === 'remove')));
  const emptied = written.filter(
    (one) => !removed.has(one) && !one.hasOpaqueEntries && one.parts.every((part) => isEmptied(byStatement.get(part))),
  );
  for (const one of emptied) if (removed.size + 1 < list.items.length) removed.add(one);
  const stays = (one: WrittenStatement) => !removed.has(one) && !emptied.includes(one);
  return { removed, edited: written.filter(stays).flatMap(changesOf) };
}

function isEmptied(change: StatementChange | undefined): boolean {
  if (change?.change.kind !== 'replace') return false;
  const { replacements } = change.change;
  return change.statement.entries.every((entry) => replacements.get(entry)?.length === 0);
}

/** The edits of the entries of one statement. */
export function writeEntries(text: string, change: StatementChange): TextChange[] {
  const { statement } = change;
  const isWhole = statement.list === undefined || statement.entries.length === statement.list.items.length;
  if (isWhole && isEmptied(change)) return [{ ...placeOf(statement), text: '[]' }];
  return writeJson(text, {}, [change], HCL_COMMENTS);
}

/** The place of a list, or of the string that stands in its stead. */
function placeOf({ list, entries: [entry], elementSpan }: Statement): { readonly start: number; readonly end: number } {
  const { start, end } = list ?? entry ?? elementSpan;
  return { start, end };
}
