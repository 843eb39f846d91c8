import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findTooDeep } from '../../../server/src/service/json/depth.ts';

describe('The first bracket beyond the limit is found', () => {
  const cases: Readonly<Record<string, [text: string, limit: number, offset: number]>> = {
    'not in a flat text': ['[1, [2], [3]]', 2, -1],
    'in lists': ['[[[1]]]', 2, 2],
    'in objects': ['{"a": {"b": {}}}', 2, 12],
    'in both': ['[{"a": []}]', 2, 7],
    'behind what has been closed': ['[[], [[]]]', 2, 6],
    'without any end': ['[[[', 2, 2],
    'not in strings': ['["[[[", "\\"[[["]', 1, -1],
    'not in line comments': ['[ // [[[\n]', 1, -1],
    'not in block comments': ['[ /* [[[\n[[[ */ ]', 1, -1],
    'behind a line comment': ['[ // [\n[', 1, 7],
    'behind a block comment': ['[ /* [ */ [', 1, 10],
    'behind a slash that begins no comment': ['[ / [', 1, 4],
    'behind a string that its line ends': ['[ "a\n[', 1, 5],
    'behind a string that a carriage return ends': ['[ "a\r[', 1, 5],
    'behind a comment that a carriage return ends': ['[ // a\r[', 1, 7],
    'not in an empty text': ['', 0, -1],
    'not behind a string without end': ['["[[[', 1, -1],
    'not behind a comment without end': ['[/*[[[', 1, -1],
  };
  for (const [name, [text, limit, offset]] of Object.entries(cases))
    test(name, () => assert.equal(findTooDeep(text, limit), offset));
});

test('A long text takes a moment', { timeout: 60_000 }, () => {
  assert.equal(findTooDeep('"\\'.repeat(1_000_000)), -1);
  assert.equal(findTooDeep('/*'.repeat(1_000_000)), -1);
  assert.equal(findTooDeep('[]'.repeat(1_000_000)), -1);
});
