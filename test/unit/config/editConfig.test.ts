import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editConfig } from '../../../server/src/config/editConfig.ts';
import { readConfig } from '../../../server/src/config/readConfig.ts';

/** Texts before and after, and the value that the setting is given. */
const CASES: Readonly<Record<string, [before: string, setting: string, value: unknown, after: string]>> = {
  'an action is added behind the last one, which keeps its comment': [
    '{\n  "keep": [\n    "a:b", // why\n    "c:d" // because\n  ]\n}\n',
    'keep',
    ['a:b', 'c:d', 'x:y'],
    '{\n  "keep": [\n    "a:b", // why\n    "c:d", // because\n    "x:y"\n  ]\n}\n',
  ],
  'an action is added to a list in one line': [
    '{\r\n\t"keep": ["a:b"],\r\n\t"severity": "error"\r\n}\r\n',
    'keep',
    ['a:b', 'x:y'],
    '{\r\n\t"keep": ["a:b", "x:y"],\r\n\t"severity": "error"\r\n}\r\n',
  ],
  'an action is added behind a trailing comma': [
    '{\n  "keep": [\n    "a:b",\n  ],\n}\n',
    'keep',
    ['a:b', 'x:y'],
    '{\n  "keep": [\n    "a:b",\n    "x:y",\n  ],\n}\n',
  ],
  'an action is added to an empty list': ['{"keep":[]}', 'keep', ['x:y'], '{"keep":["x:y"]}'],
  'an action is taken away with its comment': [
    '{\n  "keep": [\n    "a:b", // why\n    "c:d" // because\n  ]\n}\n',
    'keep',
    ['a:b'],
    '{\n  "keep": [\n    "a:b" // why\n  ]\n}\n',
  ],
  'the last action is taken away': ['{ "keep": ["a:b"] }', 'keep', [], '{ "keep": [] }'],
  'a policy is mapped': [
    '{\n  "principals": {\n    // the app\n    "a.json": ["A"] // hers\n  }\n}\n',
    'principals',
    { 'a.json': ['A'], 'b.json': ['B', 'C'] },
    '{\n  "principals": {\n    // the app\n    "a.json": ["A"], // hers\n    "b.json": ["B", "C"]\n  }\n}\n',
  ],
  'a policy is mapped anew, and the others stay': [
    '{\n  "principals": {"a.json": "A", "b.json": ["B"]}\n}\n',
    'principals',
    { 'a.json': ['C'], 'b.json': ['B'] },
    '{\n  "principals": {"a.json": ["C"], "b.json": ["B"]}\n}\n',
  ],
  'a policy is mapped in a line of others': [
    '{"principals": {"a.json": ["A"]}}',
    'principals',
    { 'a.json': ['A'], 'b.json': ['B'] },
    '{"principals": {"a.json": ["A"], "b.json": ["B"]}}',
  ],
  'the first policy is mapped': [
    '{\n  "principals": {}\n}\n',
    'principals',
    { 'b.json': ['B'] },
    '{\n  "principals": {\n    "b.json": ["B"]\n  }\n}\n',
  ],
  'a closer key takes the place of another': [
    '{\n  "principals": {\n    "a.json": ["A"],\n    "b/**": ["B"]\n  }\n}\n',
    'principals',
    { 'a.json': ['A'], 'b.json#X': ['C'] },
    '{\n  "principals": {\n    "a.json": ["A"],\n    "b.json#X": ["C"]\n  }\n}\n',
  ],
  'a setting is added': [
    '{\n    "severity": "error"\n}\n',
    'keep',
    ['a:b'],
    '{\n    "severity": "error",\n    "keep": ["a:b"]\n}\n',
  ],
  'a setting is added to an empty file': ['{\n}\n', 'keep', ['a:b'], '{\n  "keep": ["a:b"]\n}\n'],
  'a setting is taken away': [
    '{\n  // ours\n  "severity": "error",\n  "keep": ["a:b"]\n}\n',
    'keep',
    undefined,
    '{\n  // ours\n  "severity": "error"\n}\n',
  ],
  'nothing is changed by the value that is there': [
    '{ "principals": { "a.json" : [ "A" ] } }',
    'principals',
    { 'a.json': ['A'] },
    '{ "principals": { "a.json" : [ "A" ] } }',
  ],
  'a list with comments in it is compared by what it says': [
    '{ "principals": { "a.json": ["A" /* hers */], "b.json": ["B"] } }',
    'principals',
    { 'a.json': ['A'] },
    '{ "principals": { "a.json": ["A" /* hers */] } }',
  ],
};

describe('In a configuration file', () => {
  for (const [name, [before, setting, value, after]] of Object.entries(CASES)) {
    test(name, () => {
      const edited = editConfig(before, setting, value);
      assert.equal(edited, after);
      const { config, problems } = readConfig(edited);
      assert.deepEqual((config as Record<string, unknown>)[setting], value);
      assert.ok(problems.every(({ message }) => /no action such as/.test(message)));
    });
  }

  test('that is broken nothing is changed', () => {
    for (const text of ['{"keep": [}', '[]', '', '['.repeat(600)])
      assert.equal(editConfig(text, 'keep', ['a:b']), undefined);
  });
});
