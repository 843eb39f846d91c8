import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import type { Entry, StatementChange } from '../../server/src/service/policy/model.ts';
import { yaml } from '../../server/src/service/policy/yaml/index.ts';
import { measureChanges } from '../../server/src/service/size.ts';
import { applyDisjoint } from '../support/disjoint.ts';
import { statementValues } from '../support/statementValues.ts';
import { onlyPolicy } from '../support/yamlOutline.ts';

// Random lists of actions in random layouts, and what the writer makes of them.

const name = fc.constantFrom(
  's3:A',
  's3:Get*',
  'ec2:B',
  '*',
  '*:C',
  'iam:D?',
  's3:LongNameOfAnActionThatTakesMuchRoomOnItsLine',
);
const item = fc.record({
  value: name,
  quote: fc.constantFrom('', '"', "'"),
  comment: fc.boolean(),
  above: fc.boolean(),
  replacement: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
});
type Item = typeof item extends fc.Arbitrary<infer T> ? T : never;

const layout = fc.record({
  list: fc.constantFrom('dashes', 'dashes at the key', 'brackets', 'lines between brackets', 'lines of two'),
  eol: fc.constantFrom('\n', '\r\n'),
  gap: fc.constantFrom(' ', '   '),
  place: fc.constantFrom('first', 'middle', 'last'),
  endsWithLineBreak: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

const items = fc.array(item, { minLength: 1, maxLength: 6 }).map((all) =>
  // One must stay, or have a successor.
  all.every(({ replacement }) => replacement?.length === 0)
    ? all.map((each, i) => (i === 0 ? { ...each, replacement: undefined } : each))
    : all,
);

test('A list has exactly the entries that it is to have, in order, and its comments', () => {
  fc.assert(
    fc.property(items, layout, (list, style) => {
      const text = render(list, style);
      const document = onlyPolicy(text);
      const [statement] = document.statements;
      assert.ok(statement);
      const replacements = new Map<Entry, readonly string[]>();
      for (const [index, { replacement }] of list.entries())
        if (replacement) replacements.set(statement.entries[index] as Entry, replacement);
      const changes: StatementChange[] =
        replacements.size > 0 ? [{ statement, change: { kind: 'replace', replacements } }] : [];
      const after = applyDisjoint(text, yaml.write(text, document, changes));
      const expected = list.flatMap(({ value, replacement }) => replacement ?? [value]);
      assert.deepEqual(statementValues(after)?.[0]?.value, { Effect: 'Allow', Action: expected, Resource: 'r' }, after);
      assert.deepEqual(yaml.read(after).problems, [], after);
      assert.equal(measureChanges(document, changes).after, onlyPolicy(after).size);
      for (const [index, { above, comment, replacement }] of list.entries()) {
        if (above && hasCommentsAbove(style)) assert.ok(after.includes(`# above ${index}`), after);
        if (comment && hasCommentsBehind(style) && replacement?.length !== 0)
          assert.ok(after.includes(`# behind ${index}`), after);
      }
      assert.equal(/(?<!\r)\n/.test(after), style.eol === '\n');
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 2000), includeErrorInReport: true },
  );
});

function hasCommentsAbove({ list }: Layout): boolean {
  return list.startsWith('dashes') || list === 'lines between brackets';
}

function hasCommentsBehind({ list }: Layout): boolean {
  return list !== 'brackets' && list !== 'lines of two';
}

function render(list: readonly Item[], style: Layout): string {
  const element = `Action:${renderList(list, style).join('\n')}`;
  const others = ['Effect: Allow', 'Resource: r'];
  others.splice({ first: 0, middle: 1, last: 2 }[style.place], 0, element);
  const lines = ['Statement:', ...others.map((each, index) => (index === 0 ? '  - ' : '    ') + each)];
  return (lines.join('\n') + (style.endsWithLineBreak ? '\n' : '')).replaceAll('\n', style.eol);
}

/** What stands behind the key, line by line. */
function renderList(list: readonly Item[], style: Layout): string[] {
  const texts = list.map(({ value, quote }) => {
    const needed = quote || (value.startsWith('*') ? "'" : '');
    return needed + value + needed;
  });
  const behind = (index: number) => (list[index]?.comment && hasCommentsBehind(style) ? ` # behind ${index}` : '');
  const indent = style.list === 'dashes at the key' ? '    ' : '      ';
  const above = (index: number) => (list[index]?.above && hasCommentsAbove(style) ? [`${indent}# above ${index}`] : []);
  const comma = (index: number) => (index < texts.length - 1 ? ',' : '');
  switch (style.list) {
    case 'brackets':
      return [` [${texts.join(', ')}]`];
    case 'lines between brackets':
      return [' [', ...texts.flatMap((text, i) => [...above(i), `${indent}${text}${comma(i)}${behind(i)}`]), '      ]'];
    case 'lines of two':
      return [' [', ...texts.map((text, i) => `${indent}${text}${comma(i)}`), '      ]'].flatMap((line, i, all) =>
        i % 2 === 1 && i + 2 < all.length
          ? [`${line} ${all[i + 1]?.trimStart()}`]
          : i % 2 === 0 && i > 0 && i + 1 < all.length
            ? []
            : [line],
      );
    default:
      return ['', ...texts.flatMap((text, i) => [...above(i), `${indent}-${style.gap}${text}${behind(i)}`])];
  }
}
