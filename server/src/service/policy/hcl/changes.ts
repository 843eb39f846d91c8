import { writeJson } from '../json/write.ts';
import type { Statement, StatementChange, TextChange } from '../model.ts';
import { HCL_COMMENTS } from './comments.ts';
import type { WrittenStatement } from './statements.ts';

/** What is to become of the statements of a file: which of them go, and what is edited in those that stay. */
export interface StatementChanges {
  readonly removed: ReadonlySet<WrittenStatement>;
  readonly edited: readonly StatementChange[];
}

/** Sorts the changes of a policy's statements. Whoever removes one of several lists removes their statement. */
export function sortChanges(
  written: readonly WrittenStatement[],
  changes: readonly StatementChange[],
): StatementChanges {
  const byStatement = new Map(changes.map((change) => [change.statement, change]));
  const changesOf = ({ parts }: WrittenStatement) => parts.flatMap((part) => byStatement.get(part) ?? []);
  const removed = new Set(written.filter((one) => changesOf(one).some(({ change }) => change.kind === 'remove')));
  return { removed, edited: written.filter((one) => !removed.has(one)).flatMap(changesOf) };
}

function isEmptied({ statement, change }: StatementChange): boolean {
  if (change.kind !== 'replace') return false;
  const { replacements } = change;
  return statement.entries.every((entry) => replacements.get(entry)?.length === 0);
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
