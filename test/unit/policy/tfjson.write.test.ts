import { describe, test } from 'node:test';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { assertRewriteIn, type RewriteCase } from '../../support/rewrite.ts';

/** A file with a policy document of these lines, in the form that `RewriteCase` wants. */
function documentOf(...lines: readonly string[]): string {
  const own = lines.map((line) => `${/^[-+]/.exec(line)?.[0] ?? ' '}      ${line.replace(/^[-+]/, '')}`);
  return [
    ' {',
    '   "data": {',
    '     "aws_iam_policy_document": { "app": {',
    ...own,
    '     } }',
    '   }',
    ' }',
    '',
  ].join('\n');
}

function assertRewrites(cases: Readonly<Record<string, RewriteCase>>): void {
  for (const [name, rewrite] of Object.entries(cases)) test(name, () => assertRewriteIn(tfjson, rewrite));
}

describe('Entries of a policy document are', () => {
  assertRewrites({
    'removed with their lines': {
      wishes: [{ 's3:A': [] }],
      diff: documentOf(
        '"statement": [{',
        '  "actions": [',
        '-    "s3:A",',
        '    "s3:B",',
        '    "${var.x}"',
        '  ],',
        '  "resources": ["*"]',
        '}]',
      ),
    },
    'replaced in place': {
      wishes: [{ 's3:*': ['s3:A', 's3:B*'] }],
      diff: documentOf(
        '-"statement": { "actions": ["s3:*", "sqs:*"] }',
        '+"statement": { "actions": ["s3:A", "s3:B*", "sqs:*"] }',
      ),
    },
    'replaced where one stands without a list': {
      wishes: [{ 's3:*': ['s3:A', 's3:B*'] }],
      diff: documentOf('-"statement": { "actions": "s3:*" }', '+"statement": { "actions": ["s3:A", "s3:B*"] }'),
    },
    'added to those that are not meant': {
      wishes: [['s3:B']],
      diff: documentOf(
        '-"statement": { "not_actions": ["s3:A"] }',
        '+"statement": { "not_actions": ["s3:A", "s3:B"] }',
      ),
    },
  });
});

describe('A statement is removed', () => {
  assertRewrites({
    'from a list': {
      wishes: [1],
      diff: documentOf(
        '"statement": [',
        '  {',
        '    "actions": ["s3:*"]',
        '-  },',
        '-  {',
        '-    "actions": ["sqs:*"]',
        '  }',
        ']',
      ),
    },
    'from a list on one line': {
      wishes: [0],
      diff: documentOf(
        '-"statement": [{ "actions": ["s3:*"] }, { "actions": ["sqs:*"] }]',
        '+"statement": [{ "actions": ["sqs:*"] }]',
      ),
    },
    'with its member where it stands alone and others give statements, too': {
      wishes: [0],
      diff: documentOf(
        '-"statement": {',
        '-  "actions": ["s3:*"]',
        '-},',
        '"dynamic": { "statement": { "for_each": [] } }',
      ),
    },
    'with the list of which none is left': {
      wishes: [0, 1],
      diff: documentOf(
        '-"source_policy_documents": ["${var.x}"],',
        '-"statement": [',
        '-  { "actions": ["s3:*"] },',
        '-  { "actions": ["sqs:*"] }',
        '-]',
        '+"source_policy_documents": ["${var.x}"]',
      ),
    },
    'with one of several members of that name': {
      wishes: [0],
      diff: documentOf('-"statement": { "actions": ["s3:*"] },', '"statement": [{ "actions": ["sqs:*"] }]'),
    },
    'and others are edited in the same turn': {
      wishes: [1, { 's3:A': [] }],
      diff: documentOf(
        '"statement": [',
        '-  { "actions": ["s3:A", "s3:B"] },',
        '-  { "actions": ["sqs:*"] },',
        '+  { "actions": ["s3:B"] },',
        '  { "actions": ["sns:*"] }',
        ']',
      ),
    },
    'from a text on one line': {
      wishes: [0],
      diff: [
        '-{"data":{"aws_iam_policy_document":{"a":{"statement":{"actions":["s3:*"]},"source_json":"${x}"}}}}',
        '+{"data":{"aws_iam_policy_document":{"a":{"source_json":"${x}"}}}}',
      ].join('\n'),
    },
    'with line ends of Windows and tabs kept': {
      wishes: [0],
      diff: documentOf('"statement": [', '-  { "actions": ["s3:*"] },', '  { "actions": ["sqs:*"] }', ']'),
      as: (text) => text.replaceAll('\n', '\r\n').replaceAll('  ', '\t'),
    },
  });
});

test('A policy in a value is written as in any JSON', () =>
  assertRewriteIn(tfjson, {
    wishes: [0],
    diff: `
 { "locals": { "policy": { "Statement": [
-  { "Effect": "Allow", "Action": "s3:*" },
   { "Effect": "Allow", "Action": "sqs:*" }
 ] } } }
`,
  }));
