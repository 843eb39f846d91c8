import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueWith } from '../../support/catalogues.ts';
import { grants } from '../../support/oracle.ts';
import { contextOf, refined } from '../../support/refine.ts';

const catalogue = catalogueWith({ kms: ['Decrypt', 'LinkKey', 'UnlinkKey'] });

/** To `toLowerCase` the Kelvin sign is a `k`; to IAM it is none, and no finding means an action by it. */
describe('A Kelvin sign in findings means no k', () => {
  const reports = {
    name: { kms: ['Lin\u212AKey'] },
    service: { '\u212Ams': ['LinkKey'] },
    whole: { '\u212Ams': 'whole' },
  } as const;
  for (const [where, unused] of Object.entries(reports)) {
    test(`in a ${where}`, () => {
      const left = refined(['kms:*'], contextOf(catalogue, unused));
      for (const action of ['kms:Decrypt', 'kms:LinkKey', 'kms:UnlinkKey'])
        assert.ok(
          left.some((entry) => grants(entry, action)),
          `${action} was lost`,
        );
      assert.deepEqual(refined(['kms:LinkKey'], contextOf(catalogue, unused)), ['kms:LinkKey']);
    });
  }

  test('nor in what the catalogue is asked for', () => {
    assert.equal(catalogue.service('\u212Ams'), undefined);
    assert.equal(catalogue.service('kms')?.indexOf('Lin\u212AKey'), -1);
    assert.equal(catalogue.find('\u212Ams:Decrypt'), undefined);
  });
});
