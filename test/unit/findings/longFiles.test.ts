import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { JsonLocator } from '../../../server/src/service/json/locate.ts';
import { today } from '../../support/catalogues.ts';
import { answer, describeFile } from '../../support/jsonFindings.ts';

/** More answers than are parsed at once. */
const ANSWERS = Array.from({ length: 2_000 }, (_, index) =>
  answer(`arn:aws:iam::111111111111:role/Role${index}`, { s3: ['GetObject', `New${index}`] }),
);
const LIST = JSON.stringify(ANSWERS);

const read = (text: string) => readFindings(text, 'f.json', today);

/** What the answers say, however they were written. */
const EXPECTED = ANSWERS.map((one) => describeFile(read(JSON.stringify(one)))).join('\n');

describe('A file that is too long to be parsed at once says the same', () => {
  const texts: Readonly<Record<string, string>> = {
    'as a list': LIST,
    'as an indented list': JSON.stringify(ANSWERS, null, 2),
    'as two lists': `${JSON.stringify(ANSWERS.slice(0, 900))}\n${JSON.stringify(ANSWERS.slice(900))}`,
    'one a line': ANSWERS.map((one) => JSON.stringify(one)).join('\n'),
    'as a list called findings': JSON.stringify({ findings: ANSWERS }),
    'as a list before an answer': `${JSON.stringify(ANSWERS.slice(0, -1))}${JSON.stringify(ANSWERS.at(-1))}`,
  };
  for (const [name, text] of Object.entries(texts)) test(name, () => assert.equal(describeFile(read(text)), EXPECTED));
});

test('Its places are found', () => {
  const locator = new JsonLocator(LIST);
  for (const index of [0, 1, 777, 1_999]) {
    const place = read(LIST).findings[index]?.services[0]?.place;
    assert(place);
    const { start, end } = locator.locate(place);
    assert.deepEqual(JSON.parse(LIST.slice(start, end)).actions[1], { action: `New${index}` });
  }
});

describe('A long list that is broken is said to be, at its place, and is not used', () => {
  const at = LIST.indexOf('role/Role1500');
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'cut off in a string': [LIST.slice(0, at), `unknown\nproblem at AT: Not valid JSON: unexpected end of string`],
    'with a comma too many': [
      LIST.replace('},{"id":"finding-of-arn:aws:iam::111111111111:role/Role1500"', ',$&'),
      'unknown\nproblem at AT: Not valid JSON: property name expected',
    ],
    'with a comma too many at its end': [
      `${LIST.slice(0, -1)},]`,
      `unknown\nproblem at ${LIST.length}: Not valid JSON: value expected`,
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => {
      const file = read(text);
      const [problem] = file.problems;
      assert.equal(describeFile(file).replace(/(?<=problem at )\d+/, expected.includes('AT') ? 'AT' : '$&'), expected);
      assert((typeof problem?.at === 'number' && Math.abs(problem.at - at) < 300) || problem?.at === LIST.length);
    });
});

test('Items of a plain list that stand before an answer are not used', () => {
  const file = read(`[{"serviceNamespace": "s3", "actions": [1]},${LIST.slice(1)}`);
  assert.equal(describeFile(file), `${EXPECTED}\nproblem at 1/: This is none of the known exports, and is not used`);
});

test('A plain list of several parts is one finding', () => {
  const items = Array.from({ length: 10_000 }, () => ({ serviceNamespace: 's3', actions: ['GetObject'] }));
  assert.deepEqual(
    read(JSON.stringify(items)).findings.map(({ services }) => services.length),
    [10_000],
  );
});
