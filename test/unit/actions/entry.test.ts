import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findInvalidPattern, parseEntry } from '../../../server/src/service/actions/entry.ts';

describe('an entry is taken apart:', () => {
  const rows: readonly [entry: string, service: string, action: string][] = [
    ['s3:GetObject', 's3', 'GetObject'],
    ['S3:getobject*', 'S3', 'getobject*'],
    ['s3:*', 's3', '*'],
    ['s3:', 's3', ''],
    ['s3:Get:Object', 's3', 'Get:Object'],
    ['*', '*', '*'],
    ['***', '*', '*'],
    ['*:Get*', '*', 'Get*'],
    ['**:Get*', '*', 'Get*'],
    ['s3:**Get***Object**', 's3', '*Get*Object*'],
    ['*:**', '*', '*'],
    ['s3:*?*', 's3', '*?*'],
  ];
  for (const [entry, service, action] of rows) {
    it(`'${entry}' grants '${action}' of '${service}'`, () => assert.deepEqual(parseEntry(entry), { service, action }));
  }
});

describe('IAM could match no action to', () => {
  const texts = [
    '',
    'GetObject',
    '*GetObject',
    'Get*',
    '*Get*',
    ':',
    ':GetObject',
    ':*',
    's3*:GetObject',
    's?:GetObject',
    '*s3:*',
    '*s*:*',
  ];
  for (const text of texts) it(`'${text}'`, () => assert.equal(parseEntry(text), undefined));

  it('an entry with a Kelvin sign', () => assert.equal(parseEntry('\u212Ams:Decrypt'), undefined));
});

describe('of the user’s keep patterns', () => {
  it('the first that is no entry is named', () => {
    assert.equal(findInvalidPattern(['s3:Get*', 's3', 'GetObject']), 's3');
  });

  it('entries are all right', () => {
    assert.equal(findInvalidPattern(['s3:Get*', 'kms:*', '*']), undefined);
    assert.equal(findInvalidPattern([]), undefined);
  });
});
