import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { skipTrivia } from '../../../server/src/service/json/lexical.ts';
import { JsonLocator, type JsonPath } from '../../../server/src/service/json/locate.ts';

/** What stands where the path leads. */
function at(text: string, ...path: JsonPath): string {
  const { start, end } = new JsonLocator(text).locate({ offset: 0, path });
  return text.slice(start, end);
}

describe('A path leads to the text of a value', () => {
  const text = ` {
    "a": [1, "two", {"three": null}, [[4]]],
    "b\\u0063": {"": true, "/": -1.5e3, "__proto__": "ordinary", "d": "é 🎉 \\"]}"}, // a comment
    "e": /* { */ [ ]
  }
`;
  const cases: readonly [path: JsonPath, found: string][] = [
    [[], text.trim()],
    [['a'], '[1, "two", {"three": null}, [[4]]]'],
    [['a', 0], '1'],
    [['a', 1], '"two"'],
    [['a', 2, 'three'], 'null'],
    [['a', 3, 0, 0], '4'],
    [['bc', ''], 'true'],
    [['bc', '/'], '-1.5e3'],
    [['bc', '__proto__'], '"ordinary"'],
    [['bc', 'd'], '"é 🎉 \\"]}"'],
    [['e'], '[ ]'],
  ];
  for (const [path, found] of cases) test(`/${path.join('/')}`, () => assert.equal(at(text, ...path), found));
});

describe('A path that leads to nothing ends at the deepest part that exists', () => {
  const text = '{"a": [1, {"b": "c"}]}';
  const cases: readonly [path: JsonPath, found: string][] = [
    [['x'], text],
    [['a', 2], '[1, {"b": "c"}]'],
    [['a', '0'], '[1, {"b": "c"}]'],
    [['a', 1, 'x', 'y'], '{"b": "c"}'],
    [['a', 1, 'b', 'c'], '"c"'],
    [['a', 0, 0], '1'],
  ];
  for (const [path, found] of cases) test(`/${path.join('/')}`, () => assert.equal(at(text, ...path), found));
});

describe('Text that is no JSON gives some place inside it', () => {
  const texts = [
    '',
    ' ',
    '{',
    '[1,',
    '{"a"',
    '{"a":',
    '{"a": "b',
    ']',
    '{"a": 1}}',
    '{1: 2}',
    '{"a" 1}',
    '[,]',
    'nonsense',
    '"',
  ];
  for (const text of texts) {
    test(JSON.stringify(text), () => {
      for (const path of [[], ['a'], [0], ['a', 0, 'b']]) {
        const { start, end } = new JsonLocator(text).locate({ offset: 0, path });
        assert(0 <= start && start <= end && end <= text.length, `${start} to ${end}`);
      }
    });
  }
});

test('Depth costs no stack', () => {
  const depth = 10_000;
  const text = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  assert.equal(at(text, 0, 0), text.slice(2, -2));
});

test('White space may go on for millions of characters before a comment', () => {
  const text = `${' '.repeat(15_000_000)}/* c */ // d\n 7`;
  assert.equal(skipTrivia(text, 0), text.length - 1);
});
