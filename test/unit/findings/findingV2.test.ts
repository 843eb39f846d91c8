import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { today } from '../../support/catalogues.ts';
import { describeFindings } from '../../support/jsonFindings.ts';

// Answers of `aws accessanalyzer get-finding-v2`.

const ROLE = 'arn:aws:iam::111111111111:role/App';

suite('One answer is one finding', {
  'all that it says': [
    {
      id: 'f1',
      resource: ROLE,
      status: 'ACTIVE',
      analyzedAt: '2024-11-20T00:00:00Z',
      updatedAt: '2024-11-19T00:00:00Z',
      findingDetails: [
        {
          unusedPermissionDetails: {
            serviceNamespace: 's3',
            actions: [{ action: 'GetObject', lastAccessed: '2024-01-01T00:00:00Z' }, { action: 'PutObject' }],
          },
        },
        { unusedPermissionDetails: { serviceNamespace: 'ec2', lastAccessed: '2024-02-01T00:00:00Z' } },
      ],
    },
    [
      `${ROLE}, id f1, analyzed 2024-11-20T00:00:00Z, updated 2024-11-19T00:00:00Z`,
      '  s3: GetObject (2024-01-01T00:00:00Z) PutObject',
      '  ec2: whole (2024-02-01T00:00:00Z)',
    ].join('\n'),
  ],
  'a clone without status or dates counts as ACTIVE': [{ resource: ROLE, findingDetails: [] }, ROLE],
  'ARCHIVED is not ACTIVE': [{ resource: ROLE, status: 'ARCHIVED', findingDetails: [] }, `${ROLE}, inactive`],
  'RESOLVED is not ACTIVE': [{ resource: ROLE, status: 'RESOLVED', findingDetails: [] }, `${ROLE}, inactive`],
  'an unknown status is not ACTIVE': [{ resource: ROLE, status: 'SOON', findingDetails: [] }, `${ROLE}, inactive`],
  'null for a status is none': [{ resource: ROLE, status: null, findingDetails: [] }, ROLE],
  'a status that is no text is not ACTIVE': [{ resource: ROLE, status: 2, findingDetails: [] }, `${ROLE}, inactive`],
  'nor is a list of one': [{ resource: ROLE, status: ['ACTIVE'], findingDetails: [] }, `${ROLE}, inactive`],
  'a status of another name counts as well': [
    { resource: ROLE, status: 'ACTIVE', findingStatus: 'RESOLVED', findingDetails: [] },
    `${ROLE}, inactive`,
  ],
  'an answer with an error is not used, and that is said': [
    { resource: ROLE, status: 'ACTIVE', error: 'ACCESS_DENIED', findingDetails: [] },
    `${ROLE}, inactive\nproblem at /error: AWS met an error when it made this finding, so it is not used`,
  ],
  'without a resource it is about nobody': [{ findingDetails: [] }, 'nobody'],
  'fields of the wrong kind are absent': [{ id: ['f'], analyzedAt: null, findingDetails: [] }, 'nobody'],
  'an id may be a number': [{ id: 5, findingDetails: [] }, 'nobody, id 5'],
  'a number that JSON cannot tell from others is no id': [{ id: 2 ** 53, findingDetails: [] }, 'nobody'],
  'a resource that is no text is nobody that we know, and not nobody': [
    { resource: [ROLE], findingDetails: [] },
    'an unreadable principal',
  ],
  'others call it otherwise': [{ roleArn: ROLE, findingDetails: [] }, ROLE],
  'a date of the wrong kind is one that cannot be read': [
    { updatedAt: {}, findingDetails: [] },
    'nobody, updated an unreadable date',
  ],
  'a date may be written as seconds since 1970': [
    { updatedAt: 1735689600.0, findingDetails: [] },
    'nobody, updated 2025-01-01T00:00:00.000Z',
  ],
});

suite('An array of answers', {
  'is several findings': [
    [
      { id: 'f1', resource: ROLE, findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3' } }] },
      { id: 'f2', resource: ROLE, status: 'RESOLVED', findingDetails: [] },
    ],
    `${ROLE}, id f1\n  s3: whole\n${ROLE}, inactive, id f2`,
  ],
  'reports an item that is none, and reads the others': [
    [{ resource: ROLE, findingDetails: [] }, { serviceNamespace: 's3' }, null],
    [
      ROLE,
      'problem at /1: This is none of the known exports, and is not used',
      'problem at /2: This is none of the known exports, and is not used',
    ].join('\n'),
  ],
});

describe('Pages', () => {
  const page = (more: object) => ({ id: 'f1', updatedAt: '2024-11-20', findingDetails: [], ...more });
  const truncated = (...answers: readonly object[]) => {
    const { problems } = readFindings(answers.map((answer) => JSON.stringify(answer)).join('\n'), 'f.json', today);
    return problems.map(({ code, at }) => `${code} at ${typeof at === 'number' ? at : at.path.join('/')}`).join('; ');
  };
  const cases: Readonly<Record<string, [answers: readonly object[], expected: string]>> = {
    'of which the last is missing': [[page({ nextToken: 'x' })], 'truncated-findings at nextToken'],
    'of which the last is missing, in other spellings': [[page({ NextToken: 'x' })], 'truncated-findings at NextToken'],
    'of which the last is there': [[page({ nextToken: 'x' }), page({})], ''],
    'of which the last has null for a token': [[page({ nextToken: 'x' }), page({ nextToken: null })], ''],
    'in any order': [[page({}), page({ nextToken: 'x' })], ''],
    'of another finding do not count': [
      [page({ nextToken: 'x' }), page({ id: 'f2' })],
      'truncated-findings at nextToken',
    ],
    'of an older answer do not count': [
      [page({ nextToken: 'x' }), page({ updatedAt: '2024-11-19' })],
      'truncated-findings at nextToken',
    ],
    'of an older answer need not be complete': [[page({ nextToken: 'x', updatedAt: '2024-11-19' }), page({})], ''],
  };
  for (const [name, [answers, expected]] of Object.entries(cases))
    test(name, () => assert.equal(truncated(...answers), expected));
});

suite('Details', {
  'whose actions have another name do not speak of the whole service': [
    { resource: ROLE, findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3', unusedActions: ['A'] } }] },
    `${ROLE}\nproblem at /findingDetails/0/unusedPermissionDetails/unusedActions: 'unusedActions' is not known, and actions are named in a list called "actions"; without both the whole service is unused`,
  ],
  'with any field that is not known do not, either': [
    {
      resource: ROLE,
      findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3', permissions: ['GetObject'] } }],
    },
    `${ROLE}\nproblem at /findingDetails/0/unusedPermissionDetails/permissions: 'permissions' is not known, and actions are named in a list called "actions"; without both the whole service is unused`,
  ],
  'without actions speak of the whole service': details({ serviceNamespace: 's3' }, 's3: whole'),
  'with null for actions do, too': details({ serviceNamespace: 's3', actions: null }, 's3: whole'),
  'with an empty list of actions name nothing': details({ serviceNamespace: 's3', actions: [] }, 's3: '),
  'may name actions with their service': details(
    { serviceNamespace: 's3', actions: [{ action: 's3:GetObject' }, { action: 'S3:PutObject' }] },
    's3: GetObject PutObject',
  ),
  'may name actions as bare strings': details({ serviceNamespace: 's3', actions: ['GetObject'] }, 's3: GetObject'),
  'may be about a service called __proto__': details(
    JSON.parse('{"serviceNamespace": "__proto__", "actions": [{"action": "toString"}]}'),
    '__proto__: toString',
  ),
  'of an unused role speak of every service': [
    { resource: ROLE, findingDetails: [{ unusedIamRoleDetails: { lastAccessed: '2024-01-01T00:00:00Z' } }] },
    `${ROLE}\n  *: whole (2024-01-01T00:00:00Z)`,
  ],
  'of a role that was never used say no date': [
    { resource: ROLE, findingDetails: [{ unusedIamRoleDetails: {} }] },
    `${ROLE}\n  *: whole`,
  ],
  'about keys, passwords and outside access say nothing of actions': [
    {
      resource: ROLE,
      findingDetails: [
        { unusedIamUserAccessKeyDetails: { accessKeyId: 'AKIA' } },
        { unusedIamUserPasswordDetails: {} },
        { externalAccessDetails: { condition: {} } },
        { internalAccessDetails: {} },
      ],
    },
    ROLE,
  ],
});

suite('What makes no sense is a problem, and the rest is read', {
  'a detail that is no object': [
    { findingDetails: ['s3', { unusedPermissionDetails: { serviceNamespace: 'ec2' } }] },
    'nobody\n  ec2: whole\nproblem at /findingDetails/0: A finding detail must be an object such as {"unusedPermissionDetails": …}',
  ],
  'a number for a name': problem(
    { serviceNamespace: 's3', actions: [{ action: 1 }, { action: 'A' }, {}, null] },
    '  s3: A',
    '/actions/0: An action must be a string such as "GetBucketAcl"',
    '/actions/2: An action must be a string such as "GetBucketAcl"',
    '/actions/3: An action must be a string such as "GetBucketAcl"',
  ),
  'a pattern for a name, which could remove what nobody reported': problem(
    { serviceNamespace: 's3', actions: [{ action: 'Get*' }, { action: 'A' }] },
    '  s3: A',
    "/actions/0: 'Get*' is not the name of an action of 's3'",
  ),
  'a string for the list of actions': problem(
    { serviceNamespace: 's3', actions: 'GetObject' },
    undefined,
    '/actions: "actions" must be a list of action names; leave it out where the whole service is unused',
  ),
  'a number for the service': problem(
    { serviceNamespace: 3 },
    undefined,
    '/serviceNamespace: "serviceNamespace" must be a service prefix such as "s3"',
  ),
  'no service': problem({ actions: [] }, undefined, ': "serviceNamespace" must be a service prefix such as "s3"'),
});

type Case = [value: unknown, expected: string];

function details(permission: object, expected: string): Case {
  return [{ resource: ROLE, findingDetails: [{ unusedPermissionDetails: permission }] }, `${ROLE}\n  ${expected}`];
}

function problem(permission: object, found: string | undefined, ...problems: string[]): Case {
  const lines = problems.map((text) => `problem at /findingDetails/0/unusedPermissionDetails${text}`);
  return [
    { findingDetails: [{ unusedPermissionDetails: permission }] },
    ['nobody', ...(found === undefined ? [] : [found]), ...lines].join('\n'),
  ];
}

function suite(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    for (const [what, [value, expected]] of Object.entries(cases))
      test(what, () => assert.equal(describeFindings(value), expected));
  });
}
