import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import type { Statement } from '../../server/src/service/policy/model.ts';
import { type IacFile, iacPaths, readIacFile } from '../support/iacFiles.ts';
import { statementValues } from '../support/statementValues.ts';

// Files that stop short, or lack something in their middle, as they do while somebody types.

const runs = Number(process.env.FC_RUNS ?? 40);

for (const name of iacPaths()) {
  test(`${name} is read wherever typing stops`, async () => {
    const file = await readIacFile(name);
    const cut = fc.record({
      at: fc.nat(file.text.length),
      length: fc.oneof(fc.constant(file.text.length), fc.nat(60)),
      typed: fc.constantFrom(
        '',
        '- ',
        '[',
        '{',
        '"',
        "'",
        '*',
        '&',
        '!',
        ':',
        '\n',
        '\t',
        '? ',
        '| ',
        '%',
        '---\n',
        '{{ x }}',
      ),
    });
    fc.assert(
      fc.property(cut, ({ at, length, typed }) =>
        checkTyped(file, file.text.slice(0, at) + typed + file.text.slice(at + length)),
      ),
      { numRuns: runs, includeErrorInReport: true },
    );
  });
}

/** Nothing throws; places are inside the text; and of a file that may be edited, each statement is one that others read as well. */
function checkTyped({ syntax }: IacFile, text: string): void {
  const { documents, problems } = syntax.read(text);
  for (const { start, end } of problems) assert.ok(0 <= start && start <= end && start <= text.length);
  for (const document of documents) {
    assert.ok(document.size > 0);
    for (const { start, end } of [
      document,
      ...document.statements,
      ...document.statements.flatMap((each) => each.entries),
    ])
      assert.ok(0 <= start && start <= end && end <= text.length);
  }
  const values = problems.length === 0 ? statementValues(text) : undefined;
  if (!values) return;
  const byPointer = new Map(values.map(({ pointer, value }) => [pointer, value]));
  for (const statement of documents.flatMap((document) => document.statements)) {
    const value = byPointer.get(statement.pointer);
    assert.ok(value, `${statement.pointer} is a statement`);
    assert.equal(statement.effect, value.Effect);
    assert.deepEqual(missing(statement, value[statement.element]), []);
  }
}

/** The entries that the other reader does not see in the element. */
function missing({ entries }: Statement, element: unknown): string[] {
  const seen: unknown[] = Array.isArray(element) ? element : [element];
  return entries.flatMap(({ value }) => (seen.includes(value) ? [] : [value]));
}
