import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { today } from '../../support/catalogues.ts';
import { describeFile } from '../../support/jsonFindings.ts';

const UNKNOWN =
  'unknown\nproblem at /: Not a known findings export. Known are the answers of `aws accessanalyzer get-finding-v2` and of `aws iam get-service-last-accessed-details` (one, or several), and lists of {"serviceNamespace": …, "actions": […]}';

describe('The shape of the content decides who reads a file', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'a list of services': ['[{"serviceNamespace": "s3"}]', 'nobody\n  s3: whole'],
    'an answer': ['{"findingDetails": []}', 'nobody'],
    'a list of answers': ['[{"findingDetails": []}]', 'nobody'],
    'a list with both is one of answers': [
      '[{"serviceNamespace": "s3"}, {"findingDetails": []}]',
      'nobody\nproblem at /0: This is none of the known exports, and is not used',
    ],
    'an empty list is an export without findings': ['[]', ''],
    "an empty object is nobody's": ['{}', UNKNOWN],
    "a string is nobody's": ['"s3"', UNKNOWN],
    "null is nobody's": ['null', UNKNOWN],
    "a list of something else is nobody's": ['[{"service": "s3"}, 1, null, []]', UNKNOWN],
    'a service that is not in a list is a list of one': ['{"serviceNamespace": "s3"}', 'nobody\n  s3: whole'],
    'an inherited field is none': ['[{"__proto__": {"serviceNamespace": "s3"}}]', UNKNOWN],
    'findingDetails that are no list are none': ['{"findingDetails": {}}', UNKNOWN],
    "a policy is nobody's": ['{"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}', UNKNOWN],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => assert.equal(describeFile(readFindings(text, 'f.json', today)), expected));
});

describe('What is no JSON says where and why', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    nothing: ['', 'unknown\nproblem at 0: The file is empty'],
    'white space': [' \n', 'unknown\nproblem at 0: The file is empty'],
    'half a list': ['[{"serviceNamespace": "s3"', 'unknown\nproblem at 26: Not valid JSON: close brace expected'],
    'a comment': ['[] // none', 'unknown\nproblem at 3: Not valid JSON: invalid comment token'],
    'a trailing comma': ['[1,]', 'unknown\nproblem at 3: Not valid JSON: value expected'],
    'lists in lists, and no end': ['['.repeat(10_000), 'unknown\nproblem at 500: Nested too deep'],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => assert.equal(describeFile(readFindings(text, 'f.json', today)), expected));

  test('lists in lists behind what ends at a lone carriage return, as it does for the parser', () => {
    for (const opening of ['// a comment', '"a string without its end'])
      assert.doesNotThrow(() => readFindings(`[${opening}\r${'['.repeat(10_000)}`, 'f.json', today), opening);
  });
});

describe('Several values in one file', () => {
  const answer = (id: string) =>
    `{"id": "${id}", "findingDetails": [{"unusedPermissionDetails": {"serviceNamespace": "s3"}}]}`;
  const [a, b] = [answer('a'), answer('b')];
  const both = 'nobody, id a\n  s3: whole\nnobody, id b\n  s3: whole';
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'one a line': [`${a}\n${b}\n`, both],
    'one after another': [`${a}${b}`, both],
    'lists of them': [`[${a}]\n[${b}]`, both],
    'in a list called findings': [`{"findings": [${a}, ${b}]}`, both],
    'with a byte order mark': [`\ufeff${a}\n${b}`, both],
    'with what AWS’s SDKs add': [`${a.replace('{', '{"ResponseMetadata": {}, ')}\n${b}`, both],
    'a broken one between them is said to be, at its place in the whole text': [
      `${a}\n{"id": nope}\n${b}`,
      `${both}\nproblem at ${a.length + 8}: Not valid JSON: invalid symbol`,
    ],
    'what lies in an answer that was cut off is no plain list': [
      '{\n"id":"1",\n"status":"RESOLVED",\n"findingDetails":[\n{"unusedPermissionDetails":\n{\n"serviceNamespace":"s3"\n}',
      'unknown\nproblem at 52: Not valid JSON: close bracket expected\nproblem at 80: Not valid JSON: value expected',
    ],
    'another tool’s value between them is said to be': [
      `${a}\n{}\n${b}`,
      `${both}\nproblem at ${a.length + 1}/: This is none of the known exports, and is not used`,
    ],
    'what makes no sense is said with its own value': [
      `${a}\n{"findingDetails": [1]}`,
      `nobody, id a\n  s3: whole\nnobody\nproblem at ${a.length + 1}/findingDetails/0: A finding detail must be an object such as {"unusedPermissionDetails": …}`,
    ],
    'items of a plain list, one a line, are one finding': [
      '{"serviceNamespace": "s3", "actions": ["A"]}\n{"serviceNamespace": "sqs"}',
      'nobody\n  s3: A\n  sqs: whole',
    ],
    'plain lists are each a finding of its own': [
      '[{"serviceNamespace": "s3"}]\n[{"serviceNamespace": "sqs"}]',
      'nobody\n  s3: whole\nnobody\n  sqs: whole',
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => assert.equal(describeFile(readFindings(text, 'f.json', today)), expected));
});

test('Of a file with a million odd names the first are listed', { timeout: 60_000 }, () => {
  const text = `[{"serviceNamespace": "s3", "actions": [${'1,'.repeat(1_000_000)}"A"]}]`;
  const { findings, problems } = readFindings(text, 'f.json', today);
  assert.equal(problems.length, 1001);
  assert.equal(problems.at(-1)?.message, 'More problems are not listed');
  const actions = findings[0]?.services[0]?.actions;
  assert.deepEqual(actions !== 'whole' && [[...(actions?.names ?? [])], actions?.indexes], [['A'], [1_000_000]]);
});

test('Each finding knows its file', () => {
  const { file, findings } = readFindings('[{"findingDetails": []}]', 'some/f.json', today);
  assert.deepEqual([file, findings[0]?.file], ['some/f.json', 'some/f.json']);
});

test('A file of tens of thousands of findings takes a moment', { timeout: 60_000 }, () => {
  const finding = {
    resource: 'arn:aws:iam::111111111111:role/App',
    findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3' } }],
  };
  const text = JSON.stringify(Array.from({ length: 50_000 }, () => finding));
  assert.equal(readFindings(text, 'f.json', today).findings.length, 50_000);
});
