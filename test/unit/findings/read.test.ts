import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFindings } from '../../../server/src/service/findings/read.ts';
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
    test(name, () => assert.equal(describeFile(readFindings(text, 'f.json')), expected));
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
    test(name, () => assert.equal(describeFile(readFindings(text, 'f.json')), expected));

  test('lists in lists behind what ends at a lone carriage return, as it does for the parser', () => {
    for (const opening of ['// a comment', '"a string without its end'])
      assert.doesNotThrow(() => readFindings(`[${opening}\r${'['.repeat(10_000)}`, 'f.json'), opening);
  });
});

test('Each finding knows its file', () => {
  const { file, findings } = readFindings('[{"findingDetails": []}]', 'some/f.json');
  assert.deepEqual([file, findings[0]?.file], ['some/f.json', 'some/f.json']);
});

test('A file of tens of thousands of findings takes a moment', { timeout: 60_000 }, () => {
  const finding = {
    resource: 'arn:aws:iam::111111111111:role/App',
    findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3' } }],
  };
  const text = JSON.stringify(Array.from({ length: 50_000 }, () => finding));
  assert.equal(readFindings(text, 'f.json').findings.length, 50_000);
});
