import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refineEntry } from '../../../server/src/service/refine/entry.ts';
import { unusedActions } from '../../../server/src/service/refine/grant.ts';
import { catalogueWith, today } from '../../support/catalogues.ts';
import { contextOf, type Reports, refined } from '../../support/refine.ts';

interface Trap {
  readonly why: string;
  readonly entries: readonly string[];
  readonly unused: Reports;
  readonly expected: readonly string[];
}

/** Names of the real catalogue whose text begins like `prefix`, less these. */
function namesLike(service: string, prefix: string, except: readonly string[]): string[] {
  const names = today.service(service)?.names ?? [];
  return names.filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase()) && !except.includes(name));
}

describe('safety is a matter of text, not of words', () => {
  const traps: readonly Trap[] = [
    {
      why: 'kms:Re*, meant for ReEncryptFrom and ReEncryptTo, also grants RetireGrant',
      entries: ['kms:Re*'],
      unused: { kms: namesLike('kms', 'Re', ['ReEncryptFrom', 'ReEncryptTo']) },
      expected: ['kms:ReEncrypt*'],
    },
    {
      why: 'iam:ListRole*, meant for ListRolePolicies and ListRoleTags, also grants ListRoles',
      entries: ['iam:List*'],
      unused: { iam: namesLike('iam', 'List', ['ListRolePolicies', 'ListRoleTags']) },
      expected: ['iam:ListRolePolicies', 'iam:ListRoleTags'],
    },
    {
      why: 'ec2:DescribeVolumes* grants DescribeVolumeStatus, because IAM ignores case',
      entries: ['ec2:DescribeVolume*'],
      unused: { ec2: ['DescribeVolumeStatus'] },
      expected: ['ec2:DescribeVolumeAttribute', 'ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications'],
    },
    {
      why: 'apigateway:GET* grants every GetPortal…, because IAM ignores case',
      entries: ['apigateway:*'],
      unused: { apigateway: namesLike('apigateway', '', ['GET']) },
      expected: ['apigateway:GET'],
    },
  ];
  for (const { why, entries, unused, expected } of traps) {
    it(why, () => assert.deepEqual(refined(entries, contextOf(today, unused)), expected));
  }

  it('of two prefixes that cover each other one survives', () => {
    const names = ['DescribeLabelOne', 'DescribeLabelTwo', 'DescribelabelThree', 'DescribelabelThreeB', 'DescribeXray'];
    const context = contextOf(catalogueWith({ svc: names }), { svc: ['DescribeXray'] });
    assert.deepEqual(refined(['svc:Describe*'], context), ['svc:DescribeLabel*']);
  });
});

describe('what is not understood stays', () => {
  const cases: readonly Trap[] = [
    {
      why: 'an entry that grants nothing unused',
      entries: ['S3:get*'],
      unused: { s3: ['PutObject'] },
      expected: ['S3:get*'],
    },
    {
      why: 'an unknown action that nobody reports',
      entries: ['s3:GetFuture'],
      unused: { s3: ['GetObject'] },
      expected: ['s3:GetFuture'],
    },
    { why: 'an unknown service', entries: ['future:*'], unused: { s3: ['GetObject'] }, expected: ['future:*'] },
    {
      why: 'a wildcard of which the catalogue knows nothing',
      entries: ['future:Get*'],
      unused: { future: ['GetThing'] },
      expected: ['future:Get*'],
    },
    {
      why: 'an entry with a wildcard in its service, which IAM refuses',
      entries: ['s3*:GetObject', 's?:*', 'GetObject', ''],
      unused: { s3: ['GetObject'] },
      expected: ['s3*:GetObject', 's?:*', 'GetObject', ''],
    },
  ];
  for (const { why, entries, unused, expected } of cases) {
    it(why, () => assert.deepEqual(refined(entries, contextOf(today, unused)), expected));
  }

  it('an entry for every service of which nobody knows anything, whatever is reported', () => {
    const context = contextOf(today, { sqs: 'whole', s3: ['PutObject'] });
    assert.deepEqual(refined(['*:Nothing*', '*:Nothing', 's3:PutObject'], context), ['*:Nothing*', '*:Nothing']);
  });

  it('a wildcard of a whole unused service that nobody knows, when the user keeps something of it', () => {
    const context = contextOf(today, { sqs: 'whole' }, { keep: ['sqs:Future*'] });
    assert.deepEqual(refined(['sqs:Some*'], context), ['sqs:Some*']);
  });
});

describe('what is reported goes', () => {
  const cases: readonly Trap[] = [
    {
      why: 'an exact entry, in any case',
      entries: ['S3:GETOBJECT', 's3:PutObject'],
      unused: { s3: ['getObject'] },
      expected: ['s3:PutObject'],
    },
    {
      why: 'an exact entry that the catalogue lacks',
      entries: ['s3:GetFuture'],
      unused: { s3: ['GetFuture'] },
      expected: [],
    },
    { why: 'an exact entry of an unknown service', entries: ['future:Do'], unused: { future: ['Do'] }, expected: [] },
    {
      why: 'a wildcard that grants only unused actions',
      entries: ['s3:GetBucketA*', 's3:PutObject'],
      unused: { s3: namesLike('s3', 'GetBucketA', []) },
      expected: ['s3:PutObject'],
    },
    {
      why: 'all of a whole service',
      entries: ['sqs:*', 'sqs:SendMessage', 'sqs:Future*', 's3:GetObject'],
      unused: { sqs: 'whole' },
      expected: ['s3:GetObject'],
    },
    {
      why: 'an unknown service that is unused as a whole',
      entries: ['future:*', 's3:GetObject'],
      unused: { future: 'whole' },
      expected: ['s3:GetObject'],
    },
  ];
  for (const { why, entries, unused, expected } of cases) {
    it(why, () => assert.deepEqual(refined(entries, contextOf(today, unused)), expected));
  }

  it('but iam:PassRole stays when all of iam is reported, because AWS never tracks it', () => {
    const context = contextOf(today, { iam: 'whole' });
    assert.deepEqual(refined(['iam:*'], context), ['iam:PassRole']);
    assert.deepEqual(refined(['iam:Pass*'], context), ['iam:Pass*']);
    assert.deepEqual(refined(['iam:PassRole', 'iam:GetRole'], context), ['iam:PassRole']);
    assert.deepEqual(
      refined(['iam:PassRole'], contextOf(today, { iam: ['PassRole'] })),
      [],
      'reported by name it is unused',
    );
  });

  it('but what the user keeps stays, also of a whole service', () => {
    assert.deepEqual(refined(['sqs:*'], contextOf(today, { sqs: 'whole' }, { keep: ['sqs:SendMessage*'] })), [
      'sqs:SendMessage',
    ]);
    assert.deepEqual(refined(['s3:GetObject'], contextOf(today, { s3: ['GetObject'] }, { keep: ['s3:get*'] })), [
      's3:GetObject',
    ]);
    assert.deepEqual(refined(['s3:GetObject'], contextOf(today, { s3: ['GetObject'] }, { keep: ['*'] })), [
      's3:GetObject',
    ]);
  });
});

describe('replacements', () => {
  const small = catalogueWith({ svc: ['GetApple', 'GetApplePie', 'GetPear', 'PutApple', 'PutPear'] });

  it('keep the user’s spelling of the service and take the catalogue’s of the action', () => {
    assert.deepEqual(refined(['SVC:get*'], contextOf(small, { svc: ['GetPear'] })), ['SVC:GetApple*']);
    assert.deepEqual(refined(['Svc:PUT*'], contextOf(small, { svc: ['PutPear'] })), ['Svc:PutApple']);
  });

  it('cut a word where the entry cuts it', () => {
    assert.deepEqual(refined(['svc:GetA*'], contextOf(small, { svc: ['GetApple'] })), ['svc:GetApplePie']);
    assert.deepEqual(refined(['svc:GetP*', 'svc:GetApp*'], contextOf(small, { svc: ['GetAppstore'] })), [
      'svc:GetP*',
      'svc:GetApple*',
    ]);
  });

  it('are one exact action where one is left below a word', () => {
    assert.deepEqual(refined(['svc:*'], contextOf(small, { svc: ['GetApple', 'GetApplePie'] })), [
      'svc:GetPear',
      'svc:Put*',
    ]);
  });

  it('are the exact actions in exact mode', () => {
    const context = contextOf(small, { svc: ['GetPear'] }, { generalization: 'exact' });
    assert.deepEqual(refined(['svc:Get*', 'svc:Put*'], context), ['svc:GetApple', 'svc:GetApplePie', 'svc:Put*']);
  });

  it('are not repeated where an entry that stays, or another new one, grants them', () => {
    assert.deepEqual(refined(['svc:*', 'svc:Put*'], contextOf(small, { svc: ['GetPear'] })), [
      'svc:GetApple*',
      'svc:Put*',
    ]);
    assert.deepEqual(refined(['svc:*', 'svc:Get*'], contextOf(small, { svc: ['GetPear'] })), [
      'svc:GetApple*',
      'svc:Put*',
    ]);
    assert.deepEqual(refined(['svc:*', 'svc:PutPear'], contextOf(small, { svc: ['GetPear', 'PutApple'] })), [
      'svc:GetApple*',
      'svc:PutPear',
    ]);
  });

  it('of `*` leave services that nobody reports whole', () => {
    const catalogue = catalogueWith({ svc: ['GetApple', 'PutApple'], other: ['Do', 'Undo'] });
    assert.deepEqual(refined(['*'], contextOf(catalogue, { svc: ['PutApple'] })), ['other:*', 'svc:GetApple']);
    assert.deepEqual(refined(['*:*'], contextOf(catalogue, { svc: 'whole' })), ['other:*']);
    assert.deepEqual(refined(['*:Get*'], contextOf(catalogue, { svc: ['PutApple'] })), ['*:Get*']);
  });

  it('of an entry for every service leave it as it is for each service that loses nothing by it', () => {
    const catalogue = catalogueWith({
      iam: ['GetRole', 'PassRole'],
      kms: ['Ping'],
      s3: ['GetObject', 'PutObject'],
      svc: ['GetPear', 'GetPlum'],
    });
    const context = contextOf(catalogue, { s3: ['PutObject'], svc: ['GetPear'] });
    assert.deepEqual(refined(['*:Get*'], context), ['iam:Get*', 's3:Get*', 'svc:GetPlum']);
    assert.deepEqual(refined(['*:P*'], contextOf(catalogue, { iam: 'whole', s3: ['PutObject'] })), [
      'iam:PassRole',
      'kms:P*',
    ]);
  });

  it('of an entry for every service count reported services that the catalogue lacks', () => {
    const catalogue = catalogueWith({ svc: ['GetApple', 'GetPear'] });
    const context = contextOf(catalogue, { svc: ['GetPear'], future: ['GetThing', 'PutThing'] });
    const { grants, unused, replacement } = refineEntry('*:Get*', context);
    assert.deepEqual(
      grants.map(({ prefix, unknown }) => [prefix, unknown]),
      [
        ['svc', []],
        ['future', ['GetThing']],
      ],
    );
    assert.deepEqual([unused, replacement], [2, ['svc:GetApple']]);
  });

  it('of an exact action that nobody knows, of a service that is unused as a whole, are none', () => {
    const { unused, replacement, grants } = refineEntry('svc:GetFuture', contextOf(small, { svc: 'whole' }));
    assert.deepEqual([unused, replacement], [1, []]);
    assert.deepEqual(unusedActions(grants), ['svc:GetFuture']);
    const kept = refineEntry('svc:GetFuture', contextOf(small, { svc: 'whole' }, { keep: ['svc:GetF*'] }));
    assert.deepEqual([kept.unused, kept.replacement], [0, undefined]);
  });

  it('are sorted, ignoring case first', () => {
    const catalogue = catalogueWith({ svc: ['DoB', 'doA', 'DoC', 'Do_X', 'Undo'], abc: ['XB', 'xA', 'Undo'] });
    const exact = (reports: Reports) => contextOf(catalogue, reports, { generalization: 'exact' });
    assert.deepEqual(refined(['*'], exact({ svc: ['Undo'], abc: 'whole' })), [
      'svc:Do_X',
      'svc:doA',
      'svc:DoB',
      'svc:DoC',
    ]);
    assert.deepEqual(refined(['abc:*'], exact({ abc: ['Undo'] })), ['abc:xA', 'abc:XB']);
    const alike = catalogueWith({ a4b: ['Do', 'Undo'], 'a4b-x': ['Do', 'Undo'] });
    const context = contextOf(alike, { a4b: ['Undo'], 'a4b-x': ['Undo'] });
    assert.deepEqual(refined(['*'], context), ['a4b-x:Do', 'a4b:Do']);
    assert.deepEqual(refined(['*'], exact({ abc: ['Undo'], svc: ['Do_X'] })).slice(0, 3), [
      'abc:xA',
      'abc:XB',
      'svc:doA',
    ]);
  });

  it('are fewer actions when wildcards would be more', () => {
    const context = contextOf(small, { svc: ['PutPear'] });
    assert.deepEqual(refined(['svc:*'], context), ['svc:Get*', 'svc:PutApple']);
  });
});

describe('wildcards that are not at the end', () => {
  const cases: readonly Trap[] = [
    {
      why: 'keep what follows the prefix',
      entries: ['s3:Get*Tagging'],
      unused: { s3: ['GetBucketTagging'] },
      expected: ['s3:GetJobTagging', 's3:GetObject*Tagging', 's3:GetStorageLensConfigurationTagging'],
    },
    {
      why: 'leave nothing of what is all unused',
      entries: ['s3:?etBucketAcl', 's3:ListBucket'],
      unused: { s3: ['GetBucketAcl'] },
      expected: ['s3:ListBucket'],
    },
  ];
  for (const { why, entries, unused, expected } of cases) {
    it(why, () => assert.deepEqual(refined(entries, contextOf(today, unused)), expected));
  }

  const small = catalogueWith({
    svc: ['GetAppleTag', 'GetAppleRedTag', 'GetAppleGreenTag', 'GetAppleRed', 'GetPearTags', 'GetPearTag', 'PutTag'],
  });
  const grown: readonly Trap[] = [
    {
      why: 'are as short as what they grant allows, whatever else is unused',
      entries: ['svc:Get*Tag'],
      unused: { svc: ['GetPearTag', 'GetAppleRed', 'PutTag'] },
      expected: ['svc:GetApple*Tag'],
    },
    {
      why: 'become exact actions where a shorter one would grant what is unused',
      entries: ['svc:Get*Tag'],
      unused: { svc: ['GetAppleTag'] },
      expected: ['svc:GetAppleGreenTag', 'svc:GetAppleRedTag', 'svc:GetPearTag'],
    },
    {
      why: 'do so too behind a second star',
      entries: ['svc:Get*Tag*'],
      unused: { svc: ['GetAppleTag'] },
      expected: ['svc:GetAppleGreenTag', 'svc:GetAppleRedTag', 'svc:GetPear*Tag*'],
    },
    {
      why: 'keep their question marks',
      entries: ['svc:?etApple*'],
      unused: { svc: ['GetAppleTag', 'GetPearTag'] },
      expected: ['svc:GetAppleGreenTag', 'svc:GetAppleRed*'],
    },
    {
      why: 'begin with a star or not',
      entries: ['svc:*Tag'],
      unused: { svc: ['GetPearTag'] },
      expected: ['svc:GetApple*Tag', 'svc:PutTag'],
    },
    {
      why: 'are spelled as the catalogue spells them',
      entries: ['svc:GET*TAG'],
      unused: { svc: ['GetPearTag'] },
      expected: ['svc:GetApple*Tag'],
    },
  ];
  for (const { why, entries, unused, expected } of grown) {
    it(why, () => assert.deepEqual(refined(entries, contextOf(small, unused)), expected));
  }
});
