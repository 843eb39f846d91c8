import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLongLists } from '../../../server/src/service/json/longLists.ts';

/** The parts of a text, each with its list and where its items start, and at the end what was given back. */
function parts(text: string, atOnce: number): string {
  const lines: string[] = [];
  const reading = readLongLists(text, ['list', 'List'], atOnce);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return [...lines, JSON.stringify(value)].join(' | ');
    const { part, endOf, parsed } = value;
    const holder = part?.holder ?? endOf;
    const held = holder ? `${holder.start}.${holder.key} ` : '';
    lines.push(`${held}${part ? `${part.list}@${part.starts.join()}` : 'rest'} ${JSON.stringify(parsed?.value)}`);
  }
}

describe('A long list is read in parts', () => {
  const cases: Readonly<Record<string, [text: string, atOnce: number, expected: string]>> = {
    'of one item each': ['[1,2,3]', 1, '0@1 [1] | 0@3 [2] | 0@5 [3] | true'],
    'of several items': ['[1,2,3,4]', 3, '0@1,3 [1,2] | 0@5,7 [3,4] | true'],
    'cut at commas of its own only': [
      '[{"a":[1,2]},"x,]\\"",{}]',
      1,
      '0@1 [{"a":[1,2]}] | 0@13 ["x,]\\""] | 0@21 [{}] | true',
    ],
    'with white space': [' [\n 1 ,\n 2\n]\n', 1, '1@2 [1] | 1@7 [2] | true'],
    'with a byte order mark': ['\ufeff[1,2]', 1, '1@2 [1] | 1@4 [2] | true'],
    'as a member of an object': ['{"list":[1,2]}', 1, '0.list 8@9 [1] | 0.list 8@11 [2] | 0.list rest {} | true'],
    'between others': [
      ' { "a" : [[]], "List" : [ ] , "b": {} } [3]',
      1,
      '1.List 24@25 [] | 1.List rest {"a":[[]],"b":{}} | 40@41 [3] | true',
    ],
    'one after another': ['[1]\n[2,3],[]', 1, '0@1 [1] | 4@5 [2] | 4@7 [3] | 10@11 [] | true'],
  };
  for (const [name, [text, atOnce, expected]] of Object.entries(cases))
    test(name, () => assert.equal(parts(text, atOnce), expected));
});

describe('What is no sound list is left to others', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'an object': ['{"a":1}', 'false'],
    'an object without such a list': ['{"other":[1]}', 'false'],
    'an object in which such a list is deeper': ['{"a":{"list":[1]}}', 'false'],
    'an object with two such lists': ['{"list":[1],"List":[2]}', '0.list 8@9 [1] | false'],
    'an object in which it is overridden': ['{"list":[1],"l\\u0069st":0}', '0.list 8@9 [1] | false'],
    'an object with a broken list': ['{"list":[1,,2]}', '0.list 8@9 [1] | false'],
    'an object that is broken before it': ['{"a" 1,"list":[1]}', 'false'],
    'an object that is broken behind it': ['{"list":[1] "a":2}', '0.list 8@9 [1] | false'],
    'an object that was cut off': ['{"list":[1],"a":2', '0.list 8@9 [1] | false'],
    'an object that is closed as a list': ['{"list":[1],"a":2]', '0.list 8@9 [1] | false'],
    'a list before an object': ['[1]{}', '0@1 [1] | false'],
    'a list that was cut off': ['[1,2', '0@1 [1] | {"list":0,"start":3,"end":4}'],
    'a list that was cut off in a string': ['[1,"2]', '0@1 [1] | {"list":0,"start":3,"end":6}'],
    'a comma too many at the end': ['[1,]', '0@1 [1] | {"list":0,"start":3,"end":3}'],
    'a comma too many between': ['[1,,2]', '0@1 [1] | {"list":0,"start":3,"end":5}'],
    'a comma too many at the start': ['[,1]', '{"list":0,"start":1,"end":3}'],
    'brackets that do not fit': ['[1,{]', '0@1 [1] | {"list":0,"start":3,"end":5}'],
    'an item that is no JSON': ['[1,nope,2]', '0@1 [1] | {"list":0,"start":3,"end":7}'],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => assert.equal(parts(text, 1), expected));

  test('a text that is not long', () => assert.equal(parts('[1,2]', 5), 'false'));
});
