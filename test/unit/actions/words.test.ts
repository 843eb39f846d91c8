import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sortByWords, splitWords } from '../../../server/src/service/actions/words.ts';

describe('splitting an action name into words', () => {
  const cases: readonly [name: string, words: readonly string[]][] = [
    ['GetObject', ['Get', 'Object']],
    ['GetBucketCORS', ['Get', 'Bucket', 'CORS']],
    ['GetMultiRegionAccessPoint', ['Get', 'Multi', 'Region', 'Access', 'Point']],
    ['ListObjectsV2', ['List', 'Objects', 'V2']],
    ['GETPortal', ['GET', 'Portal']],
    ['Describelabel', ['Describelabel']],
    ['invokeModel2Now', ['invoke', 'Model2', 'Now']],
    ['ES256Sign', ['ES256', 'Sign']],
    ['100Continue', ['100', 'Continue']],
    ['Create_Thing-Now', ['Create', '_', 'Thing', '-', 'Now']],
    ['', []],
  ];
  for (const [name, words] of cases) {
    it(`splits '${name}' into ${JSON.stringify(words)}`, () => assert.deepEqual(splitWords(name), words));
  }
});

describe('ordering names word by word', () => {
  it('keeps names that begin with the same words side by side', () => {
    const names = [
      'DescribeVolumes',
      'DescribeVolumeStatus',
      'DescribeVolumeAttribute',
      'DescribeVolumesModifications',
    ];
    assert.deepEqual(sortByWords(names), [
      'DescribeVolumeAttribute',
      'DescribeVolumeStatus',
      'DescribeVolumes',
      'DescribeVolumesModifications',
    ]);
  });

  it('does not depend on the order given', () => {
    const names = ['GET', 'GetPortal', 'Get', 'get', 'GETAll'];
    assert.deepEqual(sortByWords([...names].reverse()), sortByWords(names));
  });
});
