import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unifiedDiff } from '../../server/src/cli/diff/unifiedDiff.ts';
import { applyChanges, type TextChange } from '../../server/src/service/policy/model.ts';
import { Folder } from '../support/cli.ts';
import '../support/seed.ts';

interface Case {
  readonly text: string;
  readonly changes: readonly TextChange[];
}

/** Texts of few letters, so that lines are often the same, with line breaks of all kinds, and some that do not end with one. */
const text = fc
  .array(fc.constantFrom('a', 'b', 'a\n', 'b\n', '\n', 'c\r\n', '\r', '\\ No newline\n', '--- a\n', '@@\n', 'ä\n'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

/** Cuts a text at some places and replaces every other piece. */
const cases: fc.Arbitrary<Case> = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(), fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n'), maxLength: 8 }))))
  .map(([before, edits]) => {
    const places = edits.map(([place]) => place % (before.length + 1)).sort((a, b) => a - b);
    const changes = edits.flatMap(([, added], index): TextChange[] => {
      const [start, end] = [places[index], places[index + 1]];
      return index % 2 === 1 || start === undefined || end === undefined ? [] : [{ start, end, text: added }];
    });
    return { text: before, changes };
  });

test('`git apply` makes the new text of every diff', async (t) => {
  const folder = new Folder(t);
  folder.git(['init', '--quiet']);
  fc.assert(
    fc.property(fc.array(cases, { minLength: 1, maxLength: 100 }), (all) => {
      const named = all.map((one, index) => ({ ...one, name: `${index}.txt` }));
      folder.write(Object.fromEntries(named.map(({ name, text }) => [name, text])));
      const diff = named.map(({ name, text, changes }) => unifiedDiff(name, text, changes)).join('');
      const run = folder.git(['apply', '--allow-empty', '--whitespace=nowarn', '-'], diff);
      assert.deepEqual(run, { status: 0, stdout: '', stderr: '' });
      for (const { name, text, changes } of named) assert.equal(folder.read(name), applyChanges(text, changes));
    }),
    { numRuns: 60 },
  );
});

test('Lines that stay are no part of a change', () => {
  fc.assert(
    fc.property(cases, ({ text, changes }) => {
      const same = changes.map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
      assert.equal(unifiedDiff('a', text, same), '');
    }),
  );
});
