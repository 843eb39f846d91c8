import type { PolicyDocument, Statement, StatementChange } from '../policy/model.ts';

/**
 * What the statements of a policy say, in words that are the same for statements that say the same. Of an element that is made of
 * several lists, those that hold nothing count as absent: nobody can see that they were there.
 *
 * @param changes what is to become of them first
 */
export function tellStatements({ statements }: PolicyDocument, changes: readonly StatementChange[] = []): string[] {
  const changeOf = new Map(changes.map(({ statement, change }) => [statement, change]));
  return Array.from(groupsOf(statements), (parts) => {
    const [{ effect, element, hasPrincipal }] = parts;
    const lists = parts.map((part) => entriesAfter(part, changeOf.get(part))).filter((list) => list.length > 0);
    const isGone = parts.some((part) => changeOf.get(part)?.kind === 'remove');
    return isGone ? [] : [JSON.stringify([effect, element, hasPrincipal, ...lists])];
  }).flat();
}

/** The statements as they are written: lists that make up one element stand in one. */
function groupsOf(statements: readonly Statement[]): Iterable<readonly [Statement, ...Statement[]]> {
  const groups = new Map<number, [Statement, ...Statement[]]>();
  for (const statement of statements) {
    const group = groups.get(statement.start);
    if (group) group.push(statement);
    else groups.set(statement.start, [statement]);
  }
  return groups.values();
}

function entriesAfter({ entries }: Statement, change: StatementChange['change'] | undefined): readonly string[] {
  const values = entries.flatMap((entry) =>
    change?.kind === 'replace' ? (change.replacements.get(entry) ?? [entry.value]) : [entry.value],
  );
  return change?.kind === 'append' ? [...values, ...change.entries] : values;
}
