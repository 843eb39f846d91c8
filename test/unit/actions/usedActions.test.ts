import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withUsedActions } from '../../../server/src/service/actions/usedActions.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, refined } from '../../support/refine.ts';

const old = catalogueWith({ s3: ['GetBucketAcl', 'GetObject'], sqs: ['SendMessage'] });

describe('Actions that somebody used', () => {
  test('change nothing where the catalogue knows them, in any case', () => {
    const used = new Map([['s3', ['GetObject', 'getbucketacl']]]);
    assert.equal(withUsedActions(old, used), old);
    assert.equal(withUsedActions(old, undefined), old);
  });

  test('join the catalogue where it does not', () => {
    const used = new Map([
      ['s3', ['GetMoon']],
      ['newservice', ['Do']],
    ]);
    const larger = withUsedActions(old, used);
    assert.deepEqual(larger.prefixes, ['newservice', 's3', 'sqs']);
    assert.equal(larger.size, 5);
    assert.equal(larger.date, old.date);
    assert.equal(larger.find('s3:getmoon')?.service, larger.service('s3'));
    assert.equal(larger.find('s3:GetObject')?.service, larger.service('s3'));
    assert.equal(larger.find('sqs:SendMessage')?.service, old.service('sqs'));
    assert.equal(larger.find('s3:GetSun'), undefined);
  });

  test('count once, however often and in whatever case they are named', () => {
    const used = new Map([
      ['s3', ['GetMoon', 'GETMOON', 'GetMoon', 'GetObject']],
      ['newservice', ['Do', 'do']],
    ]);
    assert.equal(withUsedActions(old, used).size, 5);
  });

  test('go on being granted when a wildcard is refined', () => {
    const catalogue = withUsedActions(old, new Map([['s3', ['GetMoon']]]));
    const context = contextOf(catalogue, { s3: ['GetBucketAcl'] });
    assert.deepEqual(refined(['s3:Get*'], context), ['s3:GetMoon', 's3:GetObject']);
    assert.deepEqual(refined(['s3:Get*'], contextOf(old, { s3: ['GetBucketAcl'] })), ['s3:GetObject']);
  });
});
