import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refineEntry } from '../../../server/src/service/refine/entry.ts';
import { countGranted, countUnused, keptActions, unusedActions } from '../../../server/src/service/refine/grant.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, type Reports } from '../../support/refine.ts';

const small = catalogueWith({
  iam: ['GetRole', 'PassRole'],
  kms: ['Decrypt'],
  s3: ['GetBucketAcl', 'GetObject', 'PutObject'],
});

interface Row {
  readonly entry: string;
  readonly reports: Reports;
  readonly keep?: readonly string[];
  /** What is granted and in use, or not reported. */
  readonly kept: readonly string[];
  /** What is granted and unused. */
  readonly unused: readonly string[];
}

describe('an entry grants:', () => {
  const rows: Readonly<Record<string, Row>> = {
    'an action in use': { entry: 's3:GetObject', reports: { s3: ['PutObject'] }, kept: ['s3:GetObject'], unused: [] },
    'an action that nobody reports': { entry: 's3:GetObject', reports: {}, kept: ['s3:GetObject'], unused: [] },
    'an unused action, spelled as the catalogue spells it': {
      entry: 'S3:getOBJECT',
      reports: { s3: ['GETobject'] },
      kept: [],
      unused: ['s3:GetObject'],
    },
    'what a wildcard matches': {
      entry: 'S3:get*',
      reports: { s3: ['GetObject', 'PutObject'] },
      kept: ['s3:GetBucketAcl'],
      unused: ['s3:GetObject'],
    },
    'a reported name that the catalogue lacks': {
      entry: 's3:GetFuture',
      reports: { s3: ['GetFuture', 'PutFuture'] },
      kept: [],
      unused: ['s3:GetFuture'],
    },
    'reported names that the catalogue lacks, by a wildcard, behind those it knows': {
      entry: 's3:Get*',
      reports: { s3: ['GetAll', 'GetObject', 'PutFuture'] },
      kept: ['s3:GetBucketAcl'],
      unused: ['s3:GetObject', 's3:GetAll'],
    },
    'nothing that is known, by a name that nobody reports': {
      entry: 's3:GetFuture',
      reports: { s3: ['PutFuture'] },
      kept: [],
      unused: [],
    },
    'nothing that is known, by a name of a service that nobody reports': {
      entry: 'future:Do',
      reports: { s3: ['PutFuture'] },
      kept: [],
      unused: [],
    },
    'all of a whole service': {
      entry: 's3:*',
      reports: { s3: 'whole' },
      kept: [],
      unused: ['s3:GetBucketAcl', 's3:GetObject', 's3:PutObject'],
    },
    'a known action of a whole service once': {
      entry: 's3:getobject',
      reports: { s3: 'whole' },
      kept: [],
      unused: ['s3:GetObject'],
    },
    'an unknown action of a whole service, as it is written': {
      entry: 's3:getFuture',
      reports: { s3: 'whole' },
      kept: [],
      unused: ['s3:getFuture'],
    },
    'no unknown action of a whole service when the user keeps it': {
      entry: 's3:GetFuture',
      reports: { s3: 'whole' },
      keep: ['s3:GetF*'],
      kept: [],
      unused: [],
    },
    'nothing that is known, by a wildcard of a whole service': {
      entry: 's3:Future*',
      reports: { s3: 'whole' },
      kept: [],
      unused: [],
    },
    'iam:PassRole, never unused': {
      entry: 'iam:*',
      reports: { iam: 'whole' },
      kept: ['iam:PassRole'],
      unused: ['iam:GetRole'],
    },
    'something of every service that has it, the catalogue’s first': {
      entry: '*:Get*',
      reports: { future: ['GetThing', 'PutThing'], s3: ['GetObject'], abc: ['PutThing'] },
      kept: ['iam:GetRole', 's3:GetBucketAcl'],
      unused: ['s3:GetObject', 'future:GetThing'],
    },
    everything: {
      entry: '*',
      reports: { '*': 'whole' },
      keep: ['kms:*'],
      kept: ['iam:PassRole', 'kms:Decrypt'],
      unused: ['iam:GetRole', 's3:GetBucketAcl', 's3:GetObject', 's3:PutObject'],
    },
    'nothing, when it is no entry': { entry: 'GetObject', reports: { s3: ['GetObject'] }, kept: [], unused: [] },
  };
  for (const [why, { entry, reports, keep = [], kept, unused }] of Object.entries(rows)) {
    it(why, () => {
      const { grants, unused: amount } = refineEntry(entry, contextOf(small, reports, { keep }));
      assert.deepEqual(keptActions(grants), kept);
      assert.deepEqual(unusedActions(grants), unused);
      assert.equal(amount, unused.length);
      assert.equal(countUnused(grants), unused.length);
      assert.equal(countGranted(grants), kept.length + unused.length);
    });
  }

  it('service by service, those left out of which it grants nothing', () => {
    const prefixesOf = (entry: string) =>
      refineEntry(entry, contextOf(small, { future: ['GetThing'], abc: 'whole' })).grants.map(({ prefix }) => prefix);
    assert.deepEqual(prefixesOf('*:Get*'), ['iam', 's3', 'future']);
    assert.deepEqual(prefixesOf('S3:Get*'), ['s3']);
    assert.deepEqual(prefixesOf('*:Nothing*'), []);
  });
});
