import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proveExclusions, proveRefinement, type Verdict } from '../../../server/src/service/refine/proof.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, type Reports } from '../../support/refine.ts';

const small = catalogueWith({
  iam: ['GetRole', 'PassRole'],
  kms: ['ReEncryptFrom', 'ReEncryptTo', 'RetireGrant'],
  s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'GetObjectTagging', 'PutObject', 'PutObjectAcl'],
  sqs: ['ReceiveMessage', 'SendMessage'],
});

interface Row {
  readonly why: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly unused: Reports;
  readonly keep?: readonly string[];
  /** The entries that were to be refined; all when absent. */
  readonly chosen?: readonly string[];
}

interface RefusedRow extends Row {
  readonly reason: RegExp;
}

const ACL = { s3: ['GetBucketAcl'] };

describe('the proof refuses what would lose something:', () => {
  refuse([
    {
      why: 'an exact action is dropped',
      before: ['s3:GetObject', 's3:GetBucketAcl'],
      after: [],
      unused: ACL,
      reason: /^'s3:GetObject' is in use and would no longer be granted$/,
    },
    {
      why: 'an action is dropped that neither catalogue nor report knows',
      before: ['s3:GetBucketAcl', 's3:NewAction'],
      after: [],
      unused: ACL,
      reason: /^'s3:NewAction' would no longer be granted, and nobody knows what it grants$/,
    },
    {
      why: 'a wildcard is dropped of which the catalogue knows nothing',
      before: ['s3:GetBucketAcl', 's3:New*'],
      after: [],
      unused: ACL,
      reason: /^'s3:New\*' would no longer be granted/,
    },
    {
      why: 'all of an unknown service is dropped that nobody reports as a whole',
      before: ['s3:GetBucketAcl', 'future:*', 'future:Do'],
      after: [],
      unused: { ...ACL, future: ['Do'] },
      reason: /^'future:\*' would no longer be granted/,
    },
    {
      why: 'a text is dropped that is no entry',
      before: ['s3:GetBucketAcl', 'GetObject'],
      after: [],
      unused: ACL,
      reason: /^'GetObject' would no longer be granted/,
    },
    {
      why: 'an exact action is dropped that was spelled in another case',
      before: ['S3:GETOBJECT', 's3:GetBucketAcl'],
      after: ['s3:PutObject'],
      unused: ACL,
      reason: /PutObject' would grant what no entry granted before/,
    },
    {
      why: 'a wildcard becomes one word too narrow',
      before: ['s3:Get*'],
      after: ['s3:GetObjectAcl', 's3:GetObjectTagging'],
      unused: ACL,
      reason: /'s3:GetObject' is in use/,
    },
    {
      why: 'a wildcard becomes another one that is as long',
      before: ['s3:*'],
      after: ['s3:GetObject*', 's3:PutObject?*'],
      unused: ACL,
      reason: /'s3:PutObject' is in use/,
    },
    {
      why: 'a question mark at the end stands for one letter only',
      before: ['s3:*'],
      after: ['s3:GetObjec?', 's3:GetObjectT*', 's3:Put*'],
      unused: ACL,
      reason: /^'s3:GetObjectAcl' is in use and would no longer be granted$/,
    },
    {
      why: 'one of several prefixes is dropped',
      before: ['s3:*'],
      after: ['s3:GetObject*'],
      unused: ACL,
      reason: /'s3:PutObject' is in use/,
    },
    {
      why: 'a wildcard of which nothing is unused is dropped',
      before: ['s3:Get*', 's3:Put*'],
      after: ['s3:GetObject*'],
      unused: ACL,
      reason: /'s3:PutObject' is in use/,
    },
    {
      why: 'a service is dropped from `*`',
      before: ['*'],
      after: ['iam:*', 'kms:*', 's3:GetObject*', 's3:Put*'],
      unused: ACL,
      reason: /'sqs:ReceiveMessage' is in use/,
    },
    {
      why: 'what the user keeps is dropped',
      before: ['sqs:*'],
      after: [],
      unused: { sqs: 'whole' },
      keep: ['sqs:Send*'],
      reason: /'sqs:SendMessage' is in use/,
    },
    {
      why: 'iam:PassRole is dropped, which AWS does not track',
      before: ['iam:*'],
      after: [],
      unused: { iam: 'whole' },
      reason: /'iam:PassRole' is in use/,
    },
    {
      why: 'the statement is removed',
      before: ['s3:GetBucketAcl', 'kms:*'],
      after: [],
      unused: ACL,
      reason: /'kms:ReEncryptFrom' is in use/,
    },
    {
      why: 'what is granted now is the same action of another service',
      before: ['*:SendMessage', 's3:GetBucketAcl'],
      after: ['s3:SendMessage'],
      unused: ACL,
      reason: /'sqs:SendMessage' is in use/,
    },
    {
      why: 'an entry that was not chosen is dropped',
      before: ['s3:GetBucketAcl', 's3:PutObject'],
      after: [],
      chosen: ['s3:GetBucketAcl'],
      unused: ACL,
      reason: /'s3:PutObject' is in use/,
    },
  ]);
});

describe('the proof refuses what would leave something:', () => {
  refuse([
    {
      why: 'an unused action stays',
      before: ['s3:GetObject', 's3:GetBucketAcl'],
      after: ['s3:GetObject', 's3:GetBucketAcl'],
      unused: ACL,
      reason: /^'s3:GetBucketAcl' is unused and would still be granted by 's3:GetBucketAcl'$/,
    },
    {
      why: 'a wildcard stays',
      before: ['s3:Get*'],
      after: ['s3:Get*'],
      unused: ACL,
      reason: /^'s3:GetBucketAcl' is unused and would still be granted by 's3:Get\*'$/,
    },
    {
      why: 'a wildcard is one word too wide',
      before: ['s3:*'],
      after: ['s3:Get*', 's3:Put*'],
      unused: ACL,
      reason: /'s3:GetBucketAcl' is unused.* by 's3:Get\*'$/,
    },
    {
      why: 'a prefix of words is safe but its text is not',
      before: ['kms:*'],
      after: ['kms:Re*'],
      unused: { kms: ['RetireGrant'] },
      reason: /'kms:RetireGrant' is unused.* by 'kms:Re\*'$/,
    },
    {
      why: 'an unused name stays by its case',
      before: ['S3:getbucketacl', 's3:GetObject'],
      after: ['S3:getbucketacl', 's3:GetObject'],
      unused: ACL,
      reason: /'S3:getbucketacl'$/,
    },
    {
      why: 'a prefix grants an unused name by its case',
      before: ['s3:g*'],
      after: ['s3:GETB*', 's3:GetObject*'],
      unused: ACL,
      reason: /'s3:GetBucketAcl' is unused.* by 's3:GETB\*'$/,
    },
    {
      why: 'a question mark grants it',
      before: ['s3:*'],
      after: ['s3:GetObject*', 's3:?etBucketAcl', 's3:Put*'],
      unused: ACL,
      reason: /by 's3:\?etBucketAcl'$/,
    },
    {
      why: 'a star before a suffix grants it',
      before: ['s3:*'],
      after: ['s3:*Acl', 's3:GetObject', 's3:GetObjectTagging', 's3:PutObject'],
      unused: ACL,
      reason: /by 's3:\*Acl'$/,
    },
    {
      why: 'a new entry for every service grants it',
      before: ['*'],
      after: ['*:*Message', '*:Get*', '*:P*', '*:R*'],
      unused: ACL,
      reason: /'s3:GetBucketAcl' is unused.* by '\*:Get\*'$/,
    },
    {
      why: 'a reported name stays that the catalogue lacks',
      before: ['s3:GetFuture', 's3:GetObject'],
      after: ['s3:GetFuture', 's3:GetObject'],
      unused: { s3: ['GetFuture'] },
      reason: /'s3:GetFuture' is unused/,
    },
    {
      why: 'a prefix grants a reported name that the catalogue lacks',
      before: ['s3:*'],
      after: ['s3:GetO*', 's3:P*'],
      unused: { s3: ['GetBucketAcl', 'GetOrange'] },
      reason: /'s3:GetOrange' is unused.* by 's3:GetO\*'$/,
    },
    {
      why: 'an action of an unknown service stays',
      before: ['future:Do', 's3:GetObject'],
      after: ['future:Do', 's3:GetObject'],
      unused: { future: ['Do'] },
      reason: /'future:Do' is unused/,
    },
    {
      why: 'a new wildcard grants a reported name of an unknown service',
      before: ['future:*', 's3:GetBucketAcl'],
      after: ['future:*', 'future:Get*'],
      chosen: ['s3:GetBucketAcl'],
      unused: { ...ACL, future: ['GetThing', 'PutThing'] },
      reason: /^'future:getthing' is unused and would still be granted by 'future:Get\*'$/i,
    },
    {
      why: 'an action of a whole unused service stays',
      before: ['sqs:*'],
      after: ['sqs:SendMessage'],
      unused: { sqs: 'whole' },
      reason: /'sqs:SendMessage' is unused/,
    },
    {
      why: 'a wildcard of a whole unused service stays for the sake of what the user keeps',
      before: ['sqs:*'],
      after: ['sqs:*'],
      unused: { sqs: 'whole' },
      keep: ['sqs:Send*'],
      reason: /'sqs:ReceiveMessage' is unused.* by 'sqs:\*'$/,
    },
    {
      why: 'a chosen entry stays',
      before: ['s3:GetBucketAcl', 's3:Get*'],
      after: ['s3:GetBucketAcl', 's3:Get*'],
      chosen: ['s3:Get*'],
      unused: ACL,
      reason: /by 's3:Get\*'$/,
    },
    {
      why: 'an entry is new, though the chosen one is gone',
      before: ['s3:Get*', 's3:GetB*'],
      after: ['s3:Get*', 's3:GetBucket*'],
      chosen: ['s3:GetB*'],
      unused: ACL,
      reason: /by 's3:GetBucket\*'$/,
    },
  ]);
});

describe('the proof refuses what would gain something:', () => {
  refuse([
    {
      why: 'a wildcard is one word too wide, though the catalogue knows nothing more of it',
      before: ['s3:PutObject*', 's3:GetBucketAcl'],
      after: ['s3:Put*'],
      unused: ACL,
      reason: /^'s3:Put\*' would grant what no entry granted before$/,
    },
    {
      why: 'an exact action becomes a wildcard',
      before: ['s3:PutObject', 's3:PutObjectAcl', 's3:GetBucketAcl'],
      after: ['s3:PutObject*'],
      unused: ACL,
      reason: /'s3:PutObject\*' would grant/,
    },
    {
      why: 'a question mark becomes a star',
      before: ['s3:PutObject???', 's3:GetBucketAcl'],
      after: ['s3:PutObject*'],
      unused: ACL,
      reason: /'s3:PutObject\*' would grant/,
    },
    {
      why: 'a question mark becomes two',
      before: ['sqs:?endMessage', 's3:GetBucketAcl'],
      after: ['sqs:??ndMessage'],
      unused: ACL,
      reason: /'sqs:\?\?ndMessage' would grant/,
    },
    {
      why: 'what follows a star is dropped',
      before: ['s3:Get*Tagging', 's3:GetBucketAcl'],
      after: ['s3:GetObject*'],
      unused: ACL,
      reason: /'s3:GetObject\*' would grant/,
    },
    {
      why: 'an action is added',
      before: ['s3:Get*'],
      after: ['s3:GetObject*', 's3:PutObject'],
      unused: ACL,
      reason: /'s3:PutObject' would grant/,
    },
    {
      why: 'an action is added that nobody knows',
      before: ['s3:Get*'],
      after: ['s3:GetObject*', 's3:SetFuture'],
      unused: ACL,
      reason: /'s3:SetFuture' would grant/,
    },
    {
      why: 'a service is widened to all',
      before: ['s3:Get*'],
      after: ['*:GetObject*'],
      unused: ACL,
      reason: /'\*:GetObject\*' would grant/,
    },
    {
      why: 'a service is another one',
      before: ['s3:Get*'],
      after: ['s3:GetObject*', 'iam:GetRole'],
      unused: ACL,
      reason: /'iam:GetRole' would grant/,
    },
    {
      why: 'an unknown service is another unknown one',
      before: ['future:*', 's3:GetBucketAcl'],
      after: ['futures:*'],
      unused: ACL,
      reason: /'futures:\*' would grant/,
    },
    {
      why: '`*` takes the place of every service',
      before: ['iam:*', 'kms:*', 's3:*', 'sqs:*'],
      after: ['*'],
      unused: ACL,
      reason: /'\*' would grant/,
    },
    {
      why: 'a wildcard lies in two entries together but in neither alone',
      before: ['s3:GetA*', 's3:GetO*', 's3:GetBucketAcl'],
      after: ['s3:Get*'],
      unused: ACL,
      reason: /'s3:Get\*' would grant/,
    },
    {
      why: 'a text that is no entry is added',
      before: ['s3:Get*'],
      after: ['s3:GetObject*', 'GetObject'],
      unused: ACL,
      reason: /'GetObject' would grant/,
    },
    {
      why: 'an old text with stars is no `*`',
      before: ['*x', '*x*', 'x*', '**x**', 's3:GetBucketAcl'],
      after: ['*x', '*x*', 'x*', '**x**', 's3:PutObject'],
      unused: ACL,
      reason: /^'s3:PutObject' would grant/,
    },
    {
      why: 'an old service with stars is not every service',
      before: ['*s3:*', '*3*:*', 's3*:*', 's3:GetBucketAcl'],
      after: ['*s3:*', '*3*:*', 's3*:*', 's3:PutObject'],
      unused: ACL,
      reason: /^'s3:PutObject' would grant/,
    },
    {
      why: 'an empty text is added',
      before: ['s3:Get*'],
      after: ['s3:GetObject*', ''],
      unused: ACL,
      reason: /'' would grant/,
    },
    {
      why: 'the Kelvin sign takes the place of a letter',
      before: ['kms:*'],
      after: ['\u212Ams:*'],
      unused: {},
      reason: /would grant what no entry granted before/,
    },
  ]);
});

describe('the proof accepts', () => {
  accept([
    {
      why: 'dropping what is reported, be it unknown to the catalogue',
      before: ['s3:New*', 's3:NewAction', 'future:*', 's3:GetObject'],
      after: ['s3:New*', 's3:GetObject'],
      chosen: ['s3:NewAction', 'future:*'],
      unused: { s3: ['NewAction'], future: 'whole' },
    },
    {
      why: 'the shortest safe prefixes',
      before: ['s3:*'],
      after: ['s3:GetObject*', 's3:Put*'],
      unused: ACL,
    },
    {
      why: 'what lies in any of several old entries',
      before: ['s3:Get*', 's3:GetX', '*:Put*', 'S3:?etObject', '**:Send*'],
      after: ['s3:GetObject*', 's3:getx', 's3:PutObject*', 'S3:?ETobject', 'sqs:SendMessage'],
      unused: ACL,
    },
    {
      why: 'longer prefixes',
      before: ['s3:*'],
      after: ['s3:GetObject', 's3:GetObjectA*', 's3:GetObjectT*', 's3:PutObject*'],
      unused: ACL,
    },
    {
      why: 'exact actions, in any order and case, more than once',
      before: ['S3:GET*'],
      after: ['s3:GetObjectTagging', 's3:getobject', 's3:GetObjectAcl', 's3:GetObject'],
      unused: ACL,
    },
    { why: 'a statement that goes', before: ['s3:GetBucketAcl', 'sqs:*'], after: [], unused: { ...ACL, sqs: 'whole' } },
    {
      why: 'what follows a star staying behind a longer prefix',
      before: ['s3:Get*A*'],
      after: ['s3:GetObject*A*'],
      unused: ACL,
    },
    {
      why: 'a question mark for a letter staying one',
      before: ['s3:?et*'],
      after: ['s3:?etObject*'],
      unused: ACL,
    },
    {
      why: 'an entry that another one grants going',
      before: ['s3:*', 's3:Put*', 's3:PutObject'],
      after: ['s3:GetObject*', 's3:Put*'],
      unused: ACL,
    },
    {
      why: '`*` by services',
      before: ['*'],
      after: ['iam:*', 'kms:*', 's3:GetObject*', 's3:Put*', 'sqs:*'],
      unused: ACL,
    },
    {
      why: 'an unknown action that nobody reports staying',
      before: ['s3:GetFuture', 'future:*', 's3:GetBucketAcl'],
      after: ['s3:GetFuture', 'future:*'],
      unused: ACL,
    },
    {
      why: 'a wildcard of which the catalogue knows nothing staying',
      before: ['future:Get*', 's3:GetBucketAcl'],
      after: ['future:Get*'],
      unused: { ...ACL, future: ['GetThing'] },
    },
    { why: 'iam:PassRole staying', before: ['iam:*'], after: ['iam:PassRole'], unused: { iam: 'whole' } },
    {
      why: 'what the user keeps staying',
      before: ['sqs:*'],
      after: ['sqs:SendMessage'],
      unused: { sqs: 'whole' },
      keep: ['sqs:Send*'],
    },
    { why: 'that nothing is reported', before: ['s3:*', 'nonsense', ''], after: ['s3:*', 'nonsense', ''], unused: {} },
    {
      why: 'an entry that was not chosen keeping what is unused',
      before: ['s3:GetBucketAcl', 's3:Get*', 's3:*'],
      after: ['s3:GetBucketAcl', 's3:GetObject*', 's3:*'],
      chosen: ['s3:Get*'],
      unused: ACL,
    },
    {
      why: 'a chosen entry going that one covers which was not chosen',
      before: ['s3:Get*', 's3:*'],
      after: ['s3:*'],
      chosen: ['s3:Get*'],
      unused: ACL,
    },
  ]);
});

describe('the proof finds the names that begin with a text, though they do not stand side by side word by word', () => {
  // `Volumes` is a word of its own; as text it sorts before `VolumeZone`.
  const volumes = catalogueWith({ svc: ['VolumeZone', 'Volumes', 'VolumesUsed', 'Zones', 'ZoneZ', 'AllVolumes'] });
  const proveWith = (before: readonly string[], after: readonly string[], unused: readonly string[]) =>
    proveRefinement({ before, after, chosen: before }, volumes, contextOf(volumes, { svc: unused }).unused);

  it('of what would be lost', () => {
    assert.match(proveWith(['svc:Volumes*'], [], ['VolumeZone']), /^'svc:Volumes(Used)?' is in use/);
    assert.match(proveWith(['svc:Zone*', 'svc:Volumes'], ['svc:Zones'], ['Volumes']), /^'svc:ZoneZ' is in use/);
  });

  it('of what would be left', () => {
    const after = ['svc:Volumes*', 'svc:VolumeZ*', 'svc:Z*', 'svc:A*'];
    assert.match(proveWith(['svc:*'], after, ['VolumesUsed']), /^'svc:VolumesUsed' is unused .* by 'svc:Volumes\*'$/i);
    assert.match(proveWith(['svc:*'], after, ['VolumeZone']), /^'svc:VolumeZone' is unused .* by 'svc:VolumeZ\*'$/i);
    assert.match(proveWith(['svc:*'], after, ['AllVolumes']), /^'svc:AllVolumes' is unused .* by 'svc:A\*'$/i);
  });

  it('of what stays granted', () => {
    const after = ['svc:Volumes*', 'svc:Zone*', 'svc:A*'];
    assert.equal(proveWith(['svc:*'], after, ['VolumeZone']), 'ok');
  });
});

const SQS = { s3: ['PutObject'], sqs: 'whole' } as const;

describe('the proof of NotAction refuses it when', () => {
  const rows: readonly RefusedRow[] = [
    {
      why: 'an entry is dropped',
      before: ['iam:*', 'kms:*'],
      after: ['iam:*', 's3:PutObject', 'sqs:*'],
      unused: SQS,
      reason: /^'kms:\*' would no longer be excluded$/,
    },
    {
      why: 'all entries are dropped',
      before: ['iam:*'],
      after: [],
      unused: SQS,
      reason: /^'iam:\*' would no longer be excluded$/,
    },
    {
      why: 'an entry is narrowed',
      before: ['iam:*'],
      after: ['iam:Get*', 's3:PutObject', 'sqs:*'],
      unused: SQS,
      reason: /'iam:\*' would no longer be excluded/,
    },
    {
      why: 'an unknown entry is dropped',
      before: ['future:Do', 'iam:*'],
      after: ['iam:*', 's3:PutObject', 'sqs:*'],
      unused: SQS,
      reason: /'future:Do' would no longer be excluded/,
    },
    {
      why: 'a used action is added',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutObject', 's3:GetObject', 'sqs:*'],
      unused: SQS,
      reason: /^'s3:GetObject' is in use and would be excluded$/,
    },
    {
      why: 'a wildcard is added that takes a used action with it',
      before: ['iam:*'],
      after: ['iam:*', 's3:Put*', 'sqs:*'],
      unused: SQS,
      reason: /'s3:PutObjectAcl' is in use and would be excluded/,
    },
    {
      why: 'a wildcard takes a used action with it by its case',
      before: ['iam:*'],
      after: ['iam:*', 'S3:PUTOBJECT*', 'sqs:*'],
      unused: SQS,
      reason: /'s3:PutObjectAcl' is in use/,
    },
    {
      why: 'an action of every service is added',
      before: ['iam:*'],
      after: ['iam:*', '*:P*', 'sqs:*'],
      unused: SQS,
      reason: /'s3:PutObjectAcl' is in use/,
    },
    {
      why: '`*` is added',
      before: ['iam:*'],
      after: ['iam:*', '*'],
      unused: SQS,
      reason: /'kms:ReEncryptFrom' is in use/,
    },
    {
      why: 'what the user keeps is added',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutObject', 'sqs:*'],
      unused: SQS,
      keep: ['sqs:Send*'],
      reason: /'sqs:SendMessage' is in use/,
    },
    {
      why: 'iam:PassRole is added, which AWS does not track',
      before: ['s3:*'],
      after: ['s3:*', 'iam:*'],
      unused: { iam: 'whole' },
      reason: /'iam:PassRole' is in use/,
    },
    {
      why: 'an unused action is left',
      before: ['iam:*'],
      after: ['iam:*', 'sqs:*'],
      unused: SQS,
      reason: /^'s3:putobject' is unused and would still be granted$/i,
    },
    {
      why: 'nothing is added',
      before: ['iam:*'],
      after: ['iam:*'],
      unused: SQS,
      reason: /is unused and would still be granted/,
    },
    {
      why: 'a part of a whole service is left',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutObject', 'sqs:Send*'],
      unused: SQS,
      reason: /'sqs:receivemessage' is unused/i,
    },
    {
      why: 'a reported name is left that the catalogue lacks',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutObject'],
      unused: { s3: ['PutObject', 'PutFuture'] },
      reason: /'s3:putfuture' is unused/i,
    },
    {
      why: 'the name is added to another service',
      before: ['iam:*'],
      after: ['iam:*', 'kms:PutObject', 'sqs:*'],
      unused: SQS,
      reason: /'s3:putobject' is unused/i,
    },
  ];
  for (const { why, reason, ...row } of rows) it(why, () => assert.match(proveNotAction(row), reason));
});

describe('the proof of NotAction accepts', () => {
  const rows: readonly Row[] = [
    {
      why: 'the unused names',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutObject', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
      unused: SQS,
    },
    { why: 'a whole service', before: ['iam:*'], after: ['iam:*', 's3:PutObject', 'sqs:*'], unused: SQS },
    { why: 'any case', before: ['IAM:*'], after: ['IAM:*', 'S3:putobject', 'SQS:*'], unused: SQS },
    {
      why: 'a wildcard that takes only what was excluded before',
      before: ['s3:PutObjectAcl'],
      after: ['s3:PutObjectAcl', 's3:Put*', 'sqs:*'],
      unused: SQS,
    },
    { why: 'what is excluded already', before: ['s3:Put*', 'sqs:*'], after: ['s3:Put*', 'sqs:*'], unused: SQS },
    { why: 'what `*` excludes already', before: ['*'], after: ['*'], unused: SQS },
    {
      why: 'a reported name that the catalogue lacks',
      before: ['iam:*'],
      after: ['iam:*', 's3:PutFuture'],
      unused: { s3: ['PutFuture'] },
    },
    { why: 'that nothing is reported', before: ['iam:*'], after: ['iam:*'], unused: {} },
  ];
  for (const { why, ...row } of rows) it(why, () => assert.equal(proveNotAction(row), 'ok'));
});

function refuse(rows: readonly RefusedRow[]): void {
  for (const { why, reason, ...row } of rows) it(why, () => assert.match(prove(row), reason));
}

function accept(rows: readonly Row[]): void {
  for (const { why, ...row } of rows) it(why, () => assert.equal(prove(row), 'ok'));
}

function prove({ before, after, chosen = before, unused, keep = [] }: Omit<Row, 'why'>): Verdict {
  const context = contextOf(small, unused, { keep });
  return proveRefinement({ before, after, chosen }, context.catalogue, context.unused);
}

function proveNotAction({ before, after, unused, keep = [] }: Omit<Row, 'why'>): Verdict {
  const context = contextOf(small, unused, { keep });
  return proveExclusions(before, after, context.catalogue, context.unused);
}
