import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Service } from '../../../server/src/service/actions/service.ts';

const service = new Service('s3', ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'PutObject']);

describe('a name of a service', () => {
  it('is found in any case', () => {
    assert.deepEqual(
      ['GetObject', 'getobject', 'PUTOBJECT'].map((name) => service.indexOf(name)),
      [1, 1, 3],
    );
  });

  it('that it lacks is not found', () => {
    assert.deepEqual(
      ['GetObjects', 'Get', '', 'Get*'].map((name) => service.indexOf(name)),
      [-1, -1, -1, -1],
    );
  });
});

describe('an action pattern matches', () => {
  const rows: readonly [pattern: string, indexes: readonly number[]][] = [
    ['GetObject', [1]],
    ['getOBJECT', [1]],
    ['GetObjects', []],
    ['Get*', [0, 1, 2]],
    ['GET*', [0, 1, 2]],
    ['*acl', [0, 2]],
    ['?etObject', [1]],
    ['?utObject*', [3]],
    ['GetObject?*', [2]],
    ['*', [0, 1, 2, 3]],
    ['Set*', []],
  ];
  for (const [pattern, indexes] of rows) {
    it(`'${pattern}': ${indexes.length} of 4 names, however often it is asked`, () => {
      assert.deepEqual(service.matching(pattern), indexes);
      assert.deepEqual(service.matching(pattern), indexes);
    });
  }

  it('the same after thousands of others', () => {
    for (let i = 0; i < 2000; i++) assert.deepEqual(service.matching(`Nothing${i}*`), []);
    assert.deepEqual(service.matching('Get*'), [0, 1, 2]);
  });
});
