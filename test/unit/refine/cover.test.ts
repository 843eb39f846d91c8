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
    ['s3:GetObject', 's3:GetObject', false],
    ['s3:*Object*', 's3:GetObject*', true],
    ['s3:*?', 's3:Lis*', true],
    ['s3:**', 's3:Lis*', true],
    ['s3:?*', 's3:*?', false],
    ['*', 's3:Get*', true],
    ['*:Get*', 's3:GetObject', true],
    ['sqs:*', 's3:Get*', false],
    ['\u212Ams:*', 'kms:Decrypt', false],
  ];
  for (const [inSet, entry, covered] of cases) {
    it(`'${inSet}' ${covered ? 'covers' : 'does not cover from outside'} '${entry}'`, () => {
      const set = new CoverIndex([inSet]);
      assert.equal(set.coversFromOutside(entry), covered);
    });
  }

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
