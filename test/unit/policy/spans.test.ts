import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '../../../server/src/service/json/span.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import type { PolicyDocument } from '../../../server/src/service/policy/model.ts';
import { onlyPolicy } from '../../support/jsonOutline.ts';

// Comments, escapes and letters beyond 16 bits stand before what is looked at: offsets count UTF-16 units of the text.
const text = `/* 🎉 é */ {"a": {
  "Statement" : [
    {"Effect": "Deny", "NotAction": "iam:*"}, // one
    null,
    {"Sid": "🎉", "Effect": "Allow", "Action" : [ "s3:\\u0047et*", {"Ref": "R"}, "s3:🎉" ,], "Resource": "*"}
  ]
}}`;
const document = onlyPolicy(text);
const [denying, allowing] = document.statements;
const slice = ({ start, end }: Span) => text.slice(start, end);

test("A policy's span is its object", () => {
  assert.equal(slice(document), text.slice(text.indexOf('{', 13), -1));
});

test("A policy's heading is its Statement key", () => assert.equal(slice(document.heading), '"Statement"'));

test("A policy's list goes from bracket to bracket, and its items are all that is in it", () => {
  const list = document.list as NonNullable<PolicyDocument['list']>;
  assert.match(slice(list), /^\[\n.*\]$/s);
  assert.deepEqual(list.items.map(slice), [slice(denying as Span), 'null', slice(allowing as Span)]);
});

test("A statement's span is its object", () => {
  assert.equal(slice(denying as Span), '{"Effect": "Deny", "NotAction": "iam:*"}');
});

test("An element's span goes from its key to the end of its value", () => {
  assert.equal(slice(denying?.elementSpan as Span), '"NotAction": "iam:*"');
  assert.equal(slice(allowing?.elementSpan as Span), '"Action" : [ "s3:\\u0047et*", {"Ref": "R"}, "s3:🎉" ,]');
});

test("An entry's span is the string with its quotes, as it is written", () => {
  assert.deepEqual(denying?.entries.map(slice), ['"iam:*"']);
  assert.deepEqual(allowing?.entries.map(slice), ['"s3:\\u0047et*"', '"s3:🎉"']);
});

test('A list of actions has the spans of all its items', () => {
  assert.equal(denying?.list, undefined);
  assert.deepEqual(allowing?.list?.items.map(slice), ['"s3:\\u0047et*"', '{"Ref": "R"}', '"s3:🎉"']);
});

test('Pointers lead to statements and entries, whatever stands between them', () => {
  assert.deepEqual(
    document.statements.map(({ pointer, entries }) => [pointer, ...entries.map((entry) => entry.pointer)]),
    [
      ['/a/Statement/0', '/a/Statement/0/NotAction'],
      ['/a/Statement/2', '/a/Statement/2/Action/0', '/a/Statement/2/Action/2'],
    ],
  );
});

test('Pointers of a policy that is the whole file begin at its root', () => {
  const [statement] = onlyPolicy('{"Statement": {"Effect": "Allow", "Action": "s3:A"}}').statements;
  assert.equal(statement?.pointer, '/Statement');
  assert.equal(statement?.entries[0]?.pointer, '/Statement/Action');
});

test('Pointers escape ~ and / as RFC 6901 says', () => {
  const { documents } = json.read('{"~/~1": [{"Statement": {"Effect": "Allow", "Action": "s3:A"}}]}');
  assert.equal(documents[0]?.pointer, '/~0~1~01/0');
});
