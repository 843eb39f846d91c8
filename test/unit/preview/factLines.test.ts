import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeFacts } from '../../../client/src/preview/factLines.ts';

const FACTS = ['whose', 'proven'];

/** The lines as they look with their facts. */
function drawn(facts: readonly string[], lines: readonly string[], before: readonly string[] = lines): string[] {
  const placed = placeFacts(facts, lines, before, 4);
  return lines.map((line, at) => {
    const fact = placed.find((candidate) => candidate.line === at);
    return fact ? line + ' '.repeat(fact.gap) + fact.text : line;
  });
}

test('Facts stand in a column', () => {
  assert.deepEqual(drawn(FACTS, ['{', '  "a": 1', '}']), ['{           whose', '  "a": 1    proven', '}']);
});

test('Facts stand above the first line that changed', () => {
  const before = ['{', '  "a": 1,', '  "b": [', '    2', '  ]', '}'];
  const after = before.with(3, '    3');
  assert.deepEqual(drawn(FACTS, after, before), [
    '{',
    '  "a": 1,    whose',
    '  "b": [     proven',
    '    3',
    '  ]',
    '}',
  ]);
});

test('Facts stand at the top where the first line changed, and at the end where the last lines did', () => {
  assert.deepEqual(drawn(FACTS, ['a', 'b', 'c'], ['x', 'b', 'c']), ['a    whose', 'b    proven', 'c']);
  assert.deepEqual(drawn(FACTS, ['a', 'b'], ['a', 'b', 'c']), ['a    whose', 'b    proven']);
});

test('A tab is as wide as to the next stop', () => {
  assert.deepEqual(
    placeFacts(FACTS, ['\ta', ' \tabc'], [], 4).map(({ gap }) => gap),
    [6, 4],
  );
});

test('In a text of one line all facts stand behind it', () => {
  assert.deepEqual(drawn(FACTS, ['{}']), ['{}    whose · proven']);
});

test('Without facts nothing is shown', () => {
  assert.deepEqual(placeFacts([], ['{}'], [], 4), []);
});
