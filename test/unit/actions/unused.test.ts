import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveUnused } from '../../../server/src/service/actions/unused.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, type Reports } from '../../support/refine.ts';

const small = catalogueWith({
  iam: ['CreateUser', 'GetRole', 'PassRole'],
  s3: ['PutObject', 'GetObject', 'GetBucketAcl'],
  sqs: ['SendMessage', 'ReceiveMessage'],
});

function unusedOf(reports: Reports, keep: readonly string[] = []) {
  return contextOf(small, reports, { keep }).unused;
}

describe('of a service with reported names', () => {
  const s3 = unusedOf({ S3: ['putobject', 'GetFuture', 'GetBucketAcl'] }).service('s3');

  it('they are unused in any case, and nothing else is', () => {
    const names = ['PutObject', 'PUTOBJECT', 'getfuture', 'GetBucketAcl', 'GetObject', 'GetFutures', ''];
    assert.deepEqual(
      names.map((name) => s3?.has(name)),
      [true, true, true, true, false, false, false],
    );
  });

  it('the catalogue’s are found by their index', () => {
    const names = small.service('s3')?.names ?? [];
    assert.deepEqual(
      names.filter((_, index) => s3?.hasIndex(index)),
      ['GetBucketAcl', 'PutObject'],
    );
    assert.equal(s3?.hasIndex(names.length), false);
  });

  it('they are listed as text sorts them, those that the catalogue lacks among them', () => {
    assert.deepEqual(s3?.names, ['getbucketacl', 'getfuture', 'putobject']);
    assert.deepEqual(s3?.unknown, ['GetFuture']);
  });

  it('the service is not unused as a whole', () => {
    assert.deepEqual([s3?.whole, s3?.withoutExceptions], [false, false]);
  });

  it('a name with a wildcard is none', () => {
    const reported = unusedOf({ s3: ['Get*', 'PutObjec?', 'GetObject'] }).service('s3');
    assert.deepEqual([reported?.names, reported?.unknown], [['getobject'], []]);
  });

  it('what the user keeps is not unused, whether the catalogue knows it or not', () => {
    const reported = unusedOf({ s3: ['GetObject', 'GetFuture', 'PutObject'] }, ['S3:get*', 'sqs:*']).service('s3');
    assert.deepEqual([reported?.names, reported?.unknown], [['putobject'], []]);
  });

  it('the names are those reported when the catalogue lacks the service', () => {
    const future = unusedOf({ future: ['Undo', 'Do'] }).service('FUTURE');
    assert.deepEqual(
      [future?.names, future?.unknown],
      [
        ['do', 'undo'],
        ['Undo', 'Do'],
      ],
    );
    assert.deepEqual([future?.has('DO'), future?.has('Redo'), future?.hasIndex(0)], [true, false, false]);
  });
});

describe('of a service that is reported as a whole', () => {
  it('every name is unused, also one that nobody knows', () => {
    const sqs = unusedOf({ sqs: 'whole' }).service('sqs');
    assert.deepEqual([sqs?.whole, sqs?.withoutExceptions], [true, true]);
    assert.deepEqual([sqs?.names, sqs?.unknown], [['receivemessage', 'sendmessage'], []]);
    assert.deepEqual([sqs?.has('sendmessage'), sqs?.has('Future'), sqs?.hasIndex(1)], [true, true, true]);
  });

  it('the names are listed as text sorts them, not word by word', () => {
    const names = ['DescribeVolumes', 'DescribeVolumeStatus', 'DescribeVolumeAttribute'];
    const catalogue = catalogueWith({ ec2: names });
    const { unused } = contextOf(catalogue, { ec2: 'whole' });
    assert.deepEqual(unused.service('ec2')?.names, names.map((name) => name.toLowerCase()).sort());
  });

  it('the names are unknown when the catalogue lacks the service', () => {
    const future = unusedOf({ future: 'whole' }).service('future');
    assert.deepEqual([future?.whole, future?.withoutExceptions, future?.names], [true, true, []]);
  });

  it('iam:PassRole is excepted, which AWS never tracks', () => {
    const iam = unusedOf({ IAM: 'whole' }).service('iam');
    assert.deepEqual(iam?.names, ['createuser', 'getrole']);
    assert.deepEqual(
      (small.service('iam')?.names ?? []).map((_, index) => iam?.hasIndex(index)),
      [true, true, false],
    );
    assert.deepEqual([iam?.has('passROLE'), iam?.withoutExceptions], [false, false]);
  });

  it('PassRole of another service is not excepted', () => {
    const unused = unusedOf({ ia: 'whole', sqs: 'whole' });
    assert.equal(unused.service('sqs')?.has('PassRole'), true);
    assert.equal(unused.service('ia')?.withoutExceptions, true);
  });

  it('what the user keeps is excepted', () => {
    const sqs = unusedOf({ sqs: 'whole' }, ['sqs:send*']).service('sqs');
    assert.deepEqual([sqs?.names, sqs?.withoutExceptions], [['receivemessage'], false]);
    assert.deepEqual([sqs?.has('SendMessage'), sqs?.has('SendFuture'), sqs?.hasIndex(1)], [false, false, false]);
  });

  it('what the user keeps of others is no exception', () => {
    const sqs = unusedOf({ sqs: 'whole' }, ['s3:*', 'sqsx:*', 'sq:*']).service('sqs');
    assert.deepEqual([sqs?.names.length, sqs?.withoutExceptions], [2, true]);
  });
});

describe('several reports', () => {
  it('of one service are united, in any case and order', () => {
    const reports = [
      { service: 'S3', actions: ['GetObject'] },
      { service: 'sqs', actions: ['SendMessage'] },
      { service: 's3', actions: ['PutObject', 'GetObject'] },
      { service: 'SQS', actions: 'whole' },
    ] as const;
    for (const inOrder of [reports, [...reports].reverse()]) {
      const unused = resolveUnused(inOrder, small);
      assert.deepEqual(unused.prefixes, ['s3', 'sqs']);
      assert.deepEqual(unused.service('s3')?.names, ['getobject', 'putobject']);
      assert.equal(unused.service('sqs')?.whole, true);
    }
  });

  it('one of `*` says that every service is unused, reported by name or not', () => {
    const unused = unusedOf({ '*': 'whole', s3: ['GetObject'], future: ['Do'] });
    assert.deepEqual(unused.prefixes, ['future', 'iam', 's3', 'sqs']);
    assert.deepEqual(
      ['s3', 'sqs', 'future', 'nowhere'].map((prefix) => unused.service(prefix)?.whole),
      [true, true, true, true],
    );
  });

  it('are asked for in any case; a service that nobody reports has none', () => {
    const unused = unusedOf({ s3: ['GetObject'] });
    const s3 = unused.service('s3');
    assert.ok(s3);
    assert.equal(unused.service('S3'), s3);
    assert.equal(unused.service('s3'), s3);
    assert.equal(unused.service('sqs'), undefined);
    assert.equal(unused.service('sqs'), undefined, 'the second time, too');
    assert.deepEqual(unused.prefixes, ['s3']);
  });
});

describe('kept is', () => {
  it('what an entry of the keep list grants, reported or not', () => {
    const unused = unusedOf({}, ['S3:Get*', '*:List*', 'kms:Sign']);
    const isKept = (service: string, name: string) => unused.isKept(service, name);
    assert.deepEqual(
      [isKept('s3', 'getobject'), isKept('sqs', 'ListQueues'), isKept('kms', 'SIGN'), isKept('future', 'list')],
      [true, true, true, true],
    );
    assert.deepEqual(
      [isKept('s3', 'PutObject'), isKept('s3x', 'GetObject'), isKept('kms', 'Sig')],
      [false, false, false],
    );
  });

  it('nothing by a text that is no entry, nor by an empty list', () => {
    for (const keep of [['s3', 'GetObject', ''], []]) {
      const unused = unusedOf({ s3: 'whole' }, keep);
      assert.equal(unused.isKept('s3', 'GetObject'), false);
      assert.equal(unused.service('s3')?.withoutExceptions, true);
    }
  });
});
