import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import type { RefineContext } from '../../../server/src/service/refine/entry.ts';
import { refineNotAction } from '../../../server/src/service/refine/notAction.ts';
import { refinePolicy } from '../../../server/src/service/refine/policy.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, type Reports } from '../../support/refine.ts';

const small = catalogueWith({
  iam: ['CreateUser', 'GetRole', 'PassRole'],
  s3: ['GetBucketAcl', 'GetObject', 'PutObject'],
  sqs: ['DeleteMessage', 'ReceiveMessage', 'SendMessage'],
});

interface Exclusion {
  readonly why: string;
  readonly listed: readonly string[];
  readonly unused: Reports;
  readonly keep?: readonly string[];
  readonly added: readonly string[];
}

describe('to NotAction is added', () => {
  const rows: readonly Exclusion[] = [
    {
      why: 'what is unused, by its exact names and sorted',
      listed: ['iam:*'],
      unused: { sqs: ['SendMessage', 'DeleteMessage'], s3: ['PutObject', 'GetBucketAcl'] },
      added: ['s3:GetBucketAcl', 's3:PutObject', 'sqs:DeleteMessage', 'sqs:SendMessage'],
    },
    {
      why: 'the catalogue’s spelling, whatever the report’s',
      listed: ['iam:*'],
      unused: { S3: ['putobject'] },
      added: ['s3:PutObject'],
    },
    {
      why: 'every name, not a wildcard, when a report names all of a service',
      listed: ['iam:*'],
      unused: { sqs: ['DeleteMessage', 'ReceiveMessage', 'SendMessage'] },
      added: ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
    },
    {
      why: 'a service as a whole that is unused as a whole',
      listed: ['iam:*'],
      unused: { sqs: 'whole', s3: ['PutObject'] },
      added: ['s3:PutObject', 'sqs:*'],
    },
    {
      why: 'a service as a whole of which some actions are listed already',
      listed: ['sqs:Send*'],
      unused: { sqs: 'whole' },
      added: ['sqs:*'],
    },
    {
      why: 'a whole service that the catalogue lacks',
      listed: ['iam:*'],
      unused: { future: 'whole' },
      added: ['future:*'],
    },
    {
      why: 'every service when nothing is used, but never what AWS does not track',
      listed: ['s3:*'],
      unused: { '*': 'whole' },
      added: ['iam:CreateUser', 'iam:GetRole', 'sqs:*'],
    },
    {
      why: 'all of iam but PassRole, name by name',
      listed: ['s3:*'],
      unused: { iam: 'whole' },
      added: ['iam:CreateUser', 'iam:GetRole'],
    },
    {
      why: 'iam:PassRole when it is reported by name',
      listed: ['s3:*'],
      unused: { iam: ['PassRole'] },
      added: ['iam:PassRole'],
    },
    {
      why: 'all of a whole service but what the user keeps, name by name',
      listed: ['iam:*'],
      unused: { sqs: 'whole' },
      keep: ['sqs:Receive*'],
      added: ['sqs:DeleteMessage', 'sqs:SendMessage'],
    },
    {
      why: 'nothing that the user keeps',
      listed: ['iam:*'],
      unused: { s3: ['PutObject', 'GetObject'] },
      keep: ['S3:put*'],
      added: ['s3:GetObject'],
    },
    {
      why: 'a reported name that the catalogue lacks, as it is reported',
      listed: ['iam:*'],
      unused: { s3: ['GetFuture', 'PutObject'], future: ['Do'] },
      added: ['future:Do', 's3:GetFuture', 's3:PutObject'],
    },
    {
      why: 'nothing that an entry of the user lists already, exactly or by a wildcard, in any case',
      listed: ['S3:GETOBJECT', 'sqs:?endMessage', 'sqs:*Message', 's3:GetF*'],
      unused: { s3: ['GetObject', 'PutObject', 'GetFuture'], sqs: ['SendMessage', 'DeleteMessage'] },
      added: ['s3:PutObject'],
    },
    {
      why: 'what is unused of a service that the catalogue lacks, but for what is listed',
      listed: ['future:Do*', 'iam:*'],
      unused: { future: ['Undo', 'DoIt', 'Redo'], other: ['Do'] },
      added: ['future:Redo', 'future:Undo', 'other:Do'],
    },
    {
      why: 'nothing of a service that is listed as a whole',
      listed: ['sqs:*', 'future:**'],
      unused: { sqs: 'whole', future: 'whole' },
      added: [],
    },
    {
      why: 'nothing of a whole service of which every known action is listed',
      listed: ['sqs:*Message', 'iam:*'],
      unused: { sqs: 'whole' },
      added: [],
    },
    {
      why: 'nothing where an entry lists every service’s',
      listed: ['*:Put*'],
      unused: { s3: ['PutObject'] },
      added: [],
    },
    { why: 'nothing to `*`', listed: ['*'], unused: { s3: ['PutObject'], sqs: 'whole', future: 'whole' }, added: [] },
    { why: 'nothing to `*:*`', listed: ['*:*', 's3:GetObject'], unused: { s3: ['PutObject'] }, added: [] },
    { why: 'nothing when nothing is reported', listed: ['iam:*'], unused: {}, added: [] },
  ];
  for (const { why, listed, unused, keep = [], added } of rows) {
    it(why, () => assert.deepEqual(refineNotAction(listed, contextOf(small, unused, { keep })).added, added));
  }

  // A wildcard excludes more than the names that anybody knows today.
  for (const [service, keep] of [
    ['future', 'future:Do*'],
    ['sqs', 'sqs:PurgeSomeday'],
  ] as const) {
    it(`no wildcard that would take ${keep} away, which the user keeps and the catalogue lacks`, () => {
      const { added } = refineNotAction(['iam:*'], contextOf(small, { [service]: 'whole' }, { keep: [keep] }));
      assert.equal(added.includes(`${service}:*`), false);
    });
  }
});

it('Counted is what NotAction grants, and what of it is unused', () => {
  const { grants, unused } = refineNotAction(
    ['iam:*', 's3:Get*'],
    contextOf(small, { s3: ['PutObject', 'GetObject'] }),
  );
  assert.deepEqual(
    grants.map(({ prefix, indexes }) => [prefix, indexes.length]),
    [
      ['s3', 1],
      ['sqs', 3],
    ],
  );
  assert.equal(unused, 1);
});

it('Services of which NotAction lists all that is known grant nothing', () => {
  const reports = { future: ['Do'], other: ['Do'], s3: ['GetObject', 'GetFuture'], whole: 'whole' } as const;
  const listed = ['iam:*', 'sqs:*Message', 'future:D*', 'other:*', '*:Get*', 's3:Put*'];
  const { grants } = refineNotAction(listed, contextOf(small, reports));
  assert.deepEqual(
    grants.map(({ prefix }) => prefix),
    ['whole'],
  );
});

describe('in a policy', () => {
  const context = contextOf(small, { s3: ['PutObject'], sqs: 'whole' });
  const added = '"s3:PutObject", "sqs:*"';

  const rewritten: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'a list of several lines': [
      policy('[\n        "iam:*",\n        "s3:Get*"\n      ]'),
      policy('[\n        "iam:*",\n        "s3:Get*",\n        "s3:PutObject",\n        "sqs:*"\n      ]'),
    ],
    'a list of one line': [policy('["iam:*", "s3:Get*"]'), policy(`["iam:*", "s3:Get*", ${added}]`)],
    'a single string': [policy('"iam:*"'), policy(`["iam:*", ${added}]`)],
    'a list with comments': [
      policy('[\n        "iam:*" // Ask first.\n        // The end.\n      ]'),
      policy(
        '[\n        "iam:*", // Ask first.\n        "s3:PutObject",\n        "sqs:*"\n        // The end.\n      ]',
      ),
    ],
    'a list with a trailing comma': [
      policy('[\n        "iam:*",\n      ]'),
      policy('[\n        "iam:*",\n        "s3:PutObject",\n        "sqs:*",\n      ]'),
    ],
    'minified JSON': [
      minified({ Effect: 'Allow', NotAction: ['iam:*'] }),
      minified({ Effect: 'Allow', NotAction: ['iam:*', 's3:PutObject', 'sqs:*'] }),
    ],
  };
  for (const [name, [before, after]] of Object.entries(rewritten)) {
    it(`it is written into ${name}`, () => {
      assert.equal(refineText(before, context), after);
      assert.equal(refineText(after, context), after, 'once and for all');
    });
  }

  it('a name that must be escaped is', () => {
    const odd = contextOf(small, { s3: ['A"\\B'] });
    assert.equal(refineText(policy('["iam:*"]'), odd), policy('["iam:*", "s3:A\\"\\\\B"]'));
  });

  const untouched: Readonly<Record<string, string>> = {
    'of a Deny statement': minified({ Effect: 'Deny', NotAction: ['iam:*'], Resource: '*' }),
    'of a statement with a principal': minified({ Effect: 'Allow', Principal: '*', NotAction: ['iam:*'] }),
    'of which an entry is a reference': minified({ Effect: 'Allow', NotAction: ['iam:*', { Ref: 'Others' }] }),
    'that is a reference': minified({ Effect: 'Allow', NotAction: { Ref: 'Others' } }),
    'that is empty': minified({ Effect: 'Allow', NotAction: [] }),
    'that lists everything': minified({ Effect: 'Allow', NotAction: '*' }),
  };
  for (const [name, text] of Object.entries(untouched)) {
    it(`a NotAction ${name} stays`, () => assert.equal(refineText(text, context), text));
  }

  it('the statement beside it is refined in its own way', () => {
    const statements = [
      { Effect: 'Allow', NotAction: 'iam:*' },
      { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'] },
      { Effect: 'Deny', NotAction: 'iam:*' },
    ];
    assert.equal(
      refineText(minified(...statements), context),
      minified(
        { Effect: 'Allow', NotAction: ['iam:*', 's3:PutObject', 'sqs:*'] },
        { Effect: 'Allow', Action: ['s3:GetObject'] },
        { Effect: 'Deny', NotAction: 'iam:*' },
      ),
    );
  });
});

/** A policy of one statement, with its `NotAction` written like this. */
function policy(notAction: string): string {
  return `{
  "Statement": [
    {
      "Effect": "Allow",
      "NotAction": ${notAction},
      "Resource": "*"
    }
  ]
}
`;
}

function minified(...statements: readonly object[]): string {
  return JSON.stringify({ Statement: statements });
}

/** The text after all its policies have been refined; finds that every proof holds. */
function refineText(text: string, context: RefineContext): string {
  const { documents } = json.read(text);
  const edits = documents.flatMap((document) => {
    const { changes, proof } = refinePolicy(document, context);
    assert.equal(proof, 'ok');
    return json.write(text, document, changes);
  });
  return applyChanges(text, edits);
}
