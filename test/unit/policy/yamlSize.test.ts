import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatementChange } from '../../../server/src/service/policy/model.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { measureChanges } from '../../../server/src/service/size.ts';
import { onlyPolicy } from '../../support/yamlOutline.ts';

// IAM sees the JSON that is made of a file.

describe('A policy in YAML has the size of its JSON', () => {
  const cases: Readonly<Record<string, [text: string, json: unknown]>> = {
    'lists, quotes and comments': [
      `
Version: '2012-10-17' # the only one
Statement:
  - Effect: Allow
    Action: ["s3:A", s3:B, 's3:C']
    Resource: 'it''s'
    Condition:
      Bool: {aws:SecureTransport: true}
      NumericLessThan: {aws:MultiFactorAuthAge: 10, x: null, y: }
`,
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:A', 's3:B', 's3:C'],
            Resource: "it's",
            Condition: {
              Bool: { 'aws:SecureTransport': true },
              NumericLessThan: { 'aws:MultiFactorAuthAge': 10, x: null, y: null },
            },
          },
        ],
      },
    ],
    'short forms of functions': [
      "Statement:\n  Effect: Allow\n  Action: s3:A\n  Resource: [!Sub 'a${b}', !GetAtt A.B, !Ref C]\n",
      {
        Statement: {
          Effect: 'Allow',
          Action: 's3:A',
          Resource: [{ 'Fn::Sub': 'a${b}' }, { 'Fn::GetAtt': 'A.B' }, { Ref: 'C' }],
        },
      },
    ],
    'texts of several lines': [
      'Statement:\n  - Effect: Allow\n    Action: s3:A\n    Sid: |\n      a\n      b\n',
      { Statement: [{ Effect: 'Allow', Action: 's3:A', Sid: 'a\nb\n' }] },
    ],
    'a list of statements, and what is put around it': [
      '- Effect: Allow\n  Action: s3:A\n',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:A' }] },
    ],
  };
  for (const [name, [text, value]] of Object.entries(cases))
    test(name, () => assert.equal(onlyPolicy(text).size, JSON.stringify(value).length));
});

test('A list that statements share counts for each of them', () => {
  const text = 'Statement:\n- Effect: Allow\n  Action: &a [s3:A, s3:*]\n- Effect: Allow\n  Action: *a\n';
  const document = onlyPolicy(text);
  const [statement] = document.statements;
  const last = statement?.entries[1];
  assert.ok(statement && last);
  const value = { Effect: 'Allow', Action: ['s3:A', 's3:*'] };
  assert.equal(document.size, JSON.stringify({ Statement: [value, value] }).length);
  const changes: StatementChange[] = [
    { statement, change: { kind: 'replace', replacements: new Map([[last, ['s3:B', 's3:C']]]) } },
  ];
  const after = onlyPolicy(applyChanges(text, yaml.write(text, document, changes)));
  assert.equal(measureChanges(document, changes).after, after.size);
});

test('What changes do to the size is foretold', () => {
  const text = `
Statement:
  - Effect: Allow
    Action: s3:*
  - Effect: Allow
    Action: [ec2:A, ec2:B, "ec2:C*"]
  - Effect: Allow
    NotAction: iam:*
  - Effect: Allow
    Action: sqs:A
`;
  const document = onlyPolicy(text);
  const [single, list, not, gone] = document.statements;
  assert.ok(single?.entries[0] && list?.entries[0] && list.entries[2] && not && gone);
  const changes: StatementChange[] = [
    { statement: single, change: { kind: 'replace', replacements: new Map([[single.entries[0], ['s3:A', 's3:B']]]) } },
    {
      statement: list,
      change: {
        kind: 'replace',
        replacements: new Map([
          [list.entries[0], []],
          [list.entries[2], ['ec2:C1', 'ec2:C2']],
        ]),
      },
    },
    { statement: not, change: { kind: 'append', entries: ['s3:A'] } },
    { statement: gone, change: { kind: 'remove' } },
  ];
  const after = onlyPolicy(applyChanges(text, yaml.write(text, document, changes)));
  assert.equal(measureChanges(document, changes).after, after.size);
});
