import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeFindings } from '../../support/jsonFindings.ts';

// The article's plain list: `[{serviceNamespace, actions?}]`. It names nobody, so all of it is one finding.

const ROLE = 'arn:aws:iam::111111111111:role';
const LIST = '"actions" must be a list of action names; leave it out where the whole service is unused';
const ITEM = 'Each item must be an object such as {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}';
const ACTION = 'An action must be a string such as "GetBucketAcl"';
const SERVICE = '"serviceNamespace" must be a service prefix such as "s3"';

suite('What is read', {
  'names of actions': [
    [
      { serviceNamespace: 's3', actions: ['GetBucketAcl', 'PutObject'] },
      { serviceNamespace: 'lambda', actions: ['Invoke'] },
    ],
    'nobody\n  s3: GetBucketAcl PutObject\n  lambda: Invoke',
  ],
  'a service without actions is unused as a whole': [[{ serviceNamespace: 's3' }], 'nobody\n  s3: whole'],
  'so is one whose actions are null': [[{ serviceNamespace: 's3', actions: null }], 'nobody\n  s3: whole'],
  'an empty list of actions names nothing': [[{ serviceNamespace: 's3', actions: [] }], 'nobody\n  s3: '],
  'names with their service prefix, in any case': [
    [{ serviceNamespace: 's3', actions: ['s3:GetBucketAcl', 'S3:PutObject'] }],
    'nobody\n  s3: GetBucketAcl PutObject',
  ],
  'names in odd case, as AWS spells them where it has them': [
    [{ serviceNamespace: 'S3', actions: ['getBUCKETacl', 's3:x'] }],
    'nobody\n  S3: GetBucketAcl x',
  ],
  'services with a dash or a digit': [
    [{ serviceNamespace: 'access-analyzer' }, { serviceNamespace: 'ec2' }],
    'nobody\n  access-analyzer: whole\n  ec2: whole',
  ],
  'a service called __proto__ is an ordinary one': [
    JSON.parse('[{"serviceNamespace": "__proto__", "actions": ["constructor", "__proto__"]}]'),
    'nobody\n  __proto__: constructor __proto__',
  ],
});

suite('Items that say whose they are', {
  'are a finding a principal': [
    [
      { resource: `${ROLE}/A`, serviceNamespace: 's3', actions: ['X'] },
      { resource: `${ROLE}/B`, serviceNamespace: 's3', actions: ['Y'] },
      { resource: `${ROLE}/A`, serviceNamespace: 'ec2', actions: ['Z'] },
      { serviceNamespace: 'sqs', actions: ['W'] },
    ],
    `${ROLE}/A\n  s3: X\n  ec2: Z\n${ROLE}/B\n  s3: Y\nnobody\n  sqs: W`,
  ],
  'by ARN or name, however they call it': [
    [
      { roleName: 'A', serviceNamespace: 's3', actions: ['X'] },
      { role_arn: `${ROLE}/B`, serviceNamespace: 's3', actions: ['X'] },
      { User: 'Ann', serviceNamespace: 's3', actions: ['X'] },
      { roleName: 'C', roleArn: `${ROLE}/C`, serviceNamespace: 's3', actions: ['X'] },
    ],
    `A\n  s3: X\n${ROLE}/B\n  s3: X\nAnn\n  s3: X\n${ROLE}/C\n  s3: X`,
  ],
  'and what is no longer ACTIVE says nothing': [
    [
      { resource: 'A', status: 'ARCHIVED', serviceNamespace: 's3', actions: ['X'] },
      { resource: 'A', status: 'ACTIVE', serviceNamespace: 's3', actions: ['Y'] },
    ],
    'A, inactive\n  s3: X\nA\n  s3: Y',
  ],
  "be it by what is no name: then they are nobody else's": [
    [{ resource: '*', serviceNamespace: 's3', actions: ['X'] }],
    '*\n  s3: X',
  ],
});

suite('What makes no sense is a problem, and the rest is read', {
  'a number for a name': [
    [{ serviceNamespace: 's3', actions: ['A', 1, 'B'] }],
    `nobody\n  s3: A B\nproblem at /0/actions/1: ${ACTION}`,
  ],
  'a pattern for a name, which could remove what nobody reported': [
    [{ serviceNamespace: 's3', actions: ['Get*', 's3:*', 'A?', 'B'] }],
    [
      'nobody',
      '  s3: B',
      "problem at /0/actions/0: 'Get*' is not the name of an action of 's3'",
      "problem at /0/actions/1: 's3:*' is not the name of an action of 's3'",
      "problem at /0/actions/2: 'A?' is not the name of an action of 's3'",
    ].join('\n'),
  ],
  "a name with another service's prefix": [
    [{ serviceNamespace: 's3', actions: ['ec2:RunInstances', 'A'] }],
    "nobody\n  s3: A\nproblem at /0/actions/0: 'ec2:RunInstances' is not the name of an action of 's3'",
  ],
  'an empty name': [
    [{ serviceNamespace: 's3', actions: ['', 's3:'] }],
    "nobody\n  s3: \nproblem at /0/actions/0: '' is not the name of an action of 's3'\nproblem at /0/actions/1: 's3:' is not the name of an action of 's3'",
  ],
  'a string for the list of actions': [
    [{ serviceNamespace: 's3', actions: 'GetObject' }, { serviceNamespace: 'ec2' }],
    `nobody\n  ec2: whole\nproblem at /0/actions: ${LIST}`,
  ],
  'false for the list of actions': [
    [{ serviceNamespace: 's3', actions: false }],
    `nobody\nproblem at /0/actions: ${LIST}`,
  ],
  'a list for the service': [[{ serviceNamespace: ['s3'] }], `nobody\nproblem at /0/serviceNamespace: ${SERVICE}`],
  'a pattern for the service': [
    [{ serviceNamespace: '*' }, { serviceNamespace: 's3' }],
    `nobody\n  s3: whole\nproblem at /0/serviceNamespace: ${SERVICE}`,
  ],
  'an item without a service': [
    [{ serviceNamespace: 's3' }, { actions: ['A'] }],
    `nobody\n  s3: whole\nproblem at /1: ${SERVICE}`,
  ],
  'an item that is no object': [[{ serviceNamespace: 's3' }, 's3'], `nobody\n  s3: whole\nproblem at /1: ${ITEM}`],
});

function suite(name: string, cases: Readonly<Record<string, [value: unknown, expected: string]>>): void {
  describe(name, () => {
    for (const [what, [value, expected]] of Object.entries(cases))
      test(what, () => assert.equal(describeFindings(value), expected));
  });
}
