import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JsonPiece, PAUSE, readJsonValues } from '../../../server/src/service/json/values.ts';

/** The pieces of a text: a value as JSON, what is broken in angle brackets, each with where it starts. */
function pieces(text: string): string {
  return valuesOf(text)
    .map(
      ({ start, end, parsed }) => `${start} ${parsed ? JSON.stringify(parsed.value) : `<${text.slice(start, end)}>`}`,
    )
    .join(' | ');
}

function valuesOf(text: string): JsonPiece[] {
  return [...readJsonValues(text)].filter((piece) => piece !== PAUSE);
}

describe('The values of a text', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'one, of any kind': ['null', '0 null'],
    'one with white space around it': [' {}\n', '0 {}'],
    'one a line': ['{"a":1}\n[2]\n{}\n', '0 {"a":1} | 8 [2] | 12 {}'],
    'one a line, with CRLF': ['{"a":1}\r\n{}', '0 {"a":1} | 9 {}'],
    'over several lines': ['{\n  "a": {\n  }\n}\n{\n}', '0 {"a":{}} | 17 {}'],
    'in one line': ['{"a":{}}[{}] {}', '0 {"a":{}} | 8 [{}] | 13 {}'],
    'with commas between': ['{},\n{},', '0 {} | 4 {}'],
    'with a byte order mark before each': ['\ufeff{}\n\ufeff{}', '1 {} | 5 {}'],
    'brackets and quotes in strings are none': ['{"a":"}\\"]{"}{"b\\\\":"["}', '0 {"a":"}\\"]{"} | 13 {"b\\\\":"["}'],
    'a list whose items start lines is one': ['[\n{},\n{}\n]\n{}', '0 [{},{}] | 11 {}'],
    'none at all': [' \n', ''],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) test(name, () => assert.equal(pieces(text), expected));
});

describe('A broken value leaves its neighbours whole', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'between two': ['{"a":1}\n{"b":nope}\n{"c":3}', '0 {"a":1} | 8 <{"b":nope}> | 19 {"c":3}'],
    'that was cut off in a line of its own': ['{"a":[1,\n{"b":2}', '0 <{"a":[1,\n> | 9 {"b":2}'],
    'that was cut off in a string': ['{"a":"x\n{"b":2}\n{}', '0 <{"a":"x\n> | 8 {"b":2} | 16 {}'],
    'that was cut off over several lines': [
      '{\n  "a": [\n    {\n{\n  "b": 2\n}',
      '0 <{\n  "a": [\n    {\n> | 17 {"b":2}',
    ],
    'at the end': ['{}\n{"a":', '0 {} | 3 <{"a":>'],
    'that is closed too often': ['{"a":1}}\n{}', '0 {"a":1} | 7 <}\n> | 9 {}'],
    'that is a message of some tool': [
      '{}\nAn error occurred (X) in {y}\n{}',
      '0 {} | 3 <An error occurred (X) in {y}\n> | 32 {}',
    ],
    'that is all there is': ['{"a"', '0 <{"a">'],
    'a list that was cut off, by its items that start lines': [
      '[\n{"a":1},\n{"b":',
      '0 <[\n> | 2 {"a":1} | 11 <{"b":>',
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) test(name, () => assert.equal(pieces(text), expected));
});

describe('No text takes long', () => {
  const texts: Readonly<Record<string, string>> = {
    'values in one line': '{}'.repeat(200_000),
    'brackets without end': '['.repeat(1_000_000),
    'brackets without end, one a line': '[\n'.repeat(200_000),
    'cut values': '{"a": 1\n'.repeat(200_000),
    'closing brackets': ']\n'.repeat(200_000),
    quotes: '"\n'.repeat(200_000),
    backslashes: '"\\'.repeat(500_000),
    'nested a million deep': '['.repeat(1_000_000) + ']'.repeat(1_000_000),
    words: 'x '.repeat(500_000),
  };
  for (const [name, text] of Object.entries(texts))
    test(name, { timeout: 60_000 }, () => assert.ok(valuesOf(text).length > 0));
});
