import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CoverIndex } from '../../../server/src/service/refine/cover.ts';

describe('an entry of a set covers another one', () => {
  const cases: readonly [inSet: string, entry: string, covered: boolean][] = [
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get*', 's3:GetObject*', true],
    ['S3:GET*', 's3:getObject*Tagging', true],
    ['s3:Get*', 's3:Get*', false],
    ['s3:Get*', 's3:Ge*', false],
    ['s3:Get*', 's3:Get', true],
    ['s3:Get*', 's3:GetO', true],
    ['s3:Get*', 's3:GetO*', true],
    ['s3:Get*', 's3:Get?', true],
    ['s3:Get*', 's3:Get**', false],
    ['s3:Get*', 's3:Put*', false],
    ['s3:Get*', 's3x:GetObject', false],
    ['s3:*', 's3:?etObject', true],
    ['s3:GetObject', 's3:GetObject', false],
    ['s3:GetObject', 's3:GetObjectAcl', false],
    ['s3:GetObject', 's3:GetObject*', false],
    ['s3:?etObject', 'S3:GETOBJECT', true],
    ['s3:Get?', 's3:GetObject', false],
    ['s3:?', 's3:Get*', false],
    ['s3:Get??', 's3:GetObject', false],
    ['s3:Get??', 's3:GetUp', true],
    ['s3:Get*Acl', 's3:GetObject', false],
    ['s3:*Object*', 's3:GetObject*', true],
    ['s3:*?', 's3:Lis*', true],
    ['s3:**', 's3:Lis*', true],
    ['s3:?*', 's3:*?', false],
    ['s3:*?*', 's3:a*?', true],
    ['*:*?', 's3:Lis*', true],
    ['*', 's3:Get*', true],
    ['**', 's3:Get*', true],
    ['*', '**', false],
    ['*:Get*', '*', false],
    ['*:Get*', '*:GetObject', true],
    ['*:Get*', 's3:PutObject', false],
    ['s3:Get*', '*:GetObject', false],
    ['s*:Get*', 's3:GetObject', false],
    ['*s:Enc*', 'kms:Encrypt', false],
    ['*m*:Enc*', 'kms:Encrypt', false],
    ['*:Get*', 's3:GetObject', true],
    ['sqs:*', 's3:Get*', false],
    ['sqs:*Message', 's3:GetMessage', false],
    ['\u212Ams:*', 'kms:Decrypt', false],
    ['s3:\u017F*', 's3:Send', false],
  ];
  for (const [inSet, entry, covered] of cases) {
    it(`'${inSet}' ${covered ? 'covers' : 'does not cover from outside'} '${entry}'`, () => {
      const set = new CoverIndex([inSet]);
      assert.equal(set.coversFromOutside(entry), covered);
    });
  }

  it('whichever of several it is', () => {
    const set = new CoverIndex(['s3:*Acl', 's3:*Tagging', 's3:Put*', 's3:List*', '*:Tag*', '*:*Queue']);
    const covered = ['s3:GetAcl', 's3:GetTagging', 's3:PutObject', 's3:ListX', 'sqs:TagIt', 'sqs:GetQueue'];
    assert.deepEqual(
      covered.filter((entry) => !set.coversFromOutside(entry)),
      [],
    );
    const open = ['s3:GetObject', 's3:*Acl', 'sqs:PutObject', 'sqs:GetAcl', '*:Put*', '*', 's3:', 's3:A', 's3:Zip'];
    assert.deepEqual(
      open.filter((entry) => set.coversFromOutside(entry)),
      [],
    );
  });

  it('once, however its wildcards in a row and its letters are written', () => {
    for (const [entry, same, other] of [
      ['s3:?*', 'S3:*?', 's3:??*'],
      ['s3:Get*', 's3:GET***', 's3:Get'],
      ['s3:Get??', 's3:get??', 's3:Get?'],
      ['s3:\u212Aey', 's3:\u212Aey', 's3:key'],
      ['s3:\u017Fend', 's3:\u017Fend', 's3:send'],
    ] as const) {
      const set = new CoverIndex([entry, same]);
      assert.deepEqual([set.has(entry), set.has(same), set.has(other)], [true, true, false], entry);
      assert.deepEqual([set.coversFromOutside(entry), set.coversFromOutside(same)], [false, false], entry);
    }
  });

  it('equal entries are one', () => {
    const set = new CoverIndex(['s3:Get*', 'S3:get*']);
    assert.equal(set.has('s3:GET*'), true);
    assert.equal(set.coversFromOutside('s3:get*'), false);
  });

  it('also where a longer prefix lies between them', () => {
    const set = new CoverIndex(['s3:GetObject*', 's3:Get*', 's3:GetBucket*', 's3:Put*']);
    const entries = ['s3:GetObjectAcl', 's3:GetX', 's3:GetBucket*', 's3:Get*', 's3:List*', 's3:PutObject'];
    assert.deepEqual(
      entries.filter((entry) => set.coversFromOutside(entry)),
      ['s3:GetObjectAcl', 's3:GetX', 's3:GetBucket*', 's3:PutObject'],
    );
  });
});
