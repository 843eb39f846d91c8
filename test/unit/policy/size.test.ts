import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onlyPolicy } from '../../support/jsonOutline.ts';

const minified = '{"Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:Put*"]}]}';

describe('IAM counts what is left of a policy without white space between its tokens', () => {
  const cases: Readonly<Record<string, string>> = {
    'minified JSON': minified,
    indented: JSON.stringify(JSON.parse(minified), null, 4),
    'indented by tabs, with CRLF line ends': JSON.stringify(JSON.parse(minified), null, '\t').replaceAll('\n', '\r\n'),
    'with comments': minified.replace('[{', '[ // a "comment", {\n{').replace(']}]', '] /* one // more * / */ }]'),
    'with a comment that a lone carriage return ends': minified.replace('[{', '[ // a comment\r{'),
  };
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => assert.equal(onlyPolicy(text).size, minified.length));
  }
});

test('White space inside strings counts, and what looks like a comment there', () => {
  const text = '{"Statement":[{"Effect":"Allow","Action":"s3:A","Sid":" a  b\\" // c /* d */ "}]}';
  assert.equal(onlyPolicy(text).size, text.length);
});

test('Escapes count as they are written', () => {
  const text = minified.replace('Get', '\\u0047et');
  assert.equal(onlyPolicy(text).size, minified.length + 5);
});

test('Only the policy counts, not the template around it', () => {
  assert.equal(onlyPolicy(`{"Description": "a b c", "PolicyDocument": ${minified} }`).size, minified.length);
});

test('A statement and an entry are counted like the whole', () => {
  const [statement] = onlyPolicy('{"Statement":[{"Effect" : "Allow", "Action": "s3:A" // c\n}]}').statements;
  assert.equal(statement?.size, '{"Effect":"Allow","Action":"s3:A"}'.length);
  assert.equal(statement?.entries[0]?.size, '"s3:A"'.length);
});
