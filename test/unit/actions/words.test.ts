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
    ['GetEC2Instance', ['Get', 'EC2', 'Instance']],
    ['CreateDBInstance', ['Create', 'DB', 'Instance']],
    ['IPv6', ['I', 'Pv6']],
    ['ListS3', ['List', 'S3']],
    ['getX', ['get', 'X']],
    ['AB12cd34EF', ['AB12', 'cd34', 'EF']],
    ['Model2b10', ['Model2', 'b10']],
    ['Get__Thing', ['Get', '__', 'Thing']],
    ['Get1000', ['Get1000']],
    ['GetÄpfel', ['Get', 'Ä', 'pfel']],
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

  it('puts a shorter name first, and capitals before small letters word after word', () => {
    const names = ['GetApple', 'Get', 'Getapple', 'get', 'getApple', 'GETApple', 'Gap', 'GetAppleB', 'GetAppleA', 'a'];
    const sorted = ['a', 'Gap', 'GETApple', 'Get', 'GetApple', 'GetAppleA', 'GetAppleB', 'get', 'getApple', 'Getapple'];
    assert.deepEqual(sortByWords(names), sorted);
    assert.deepEqual(sortByWords([...names].reverse()), sorted);
  });

  it('does not depend on the order given', () => {
    const names = ['GET', 'GetPortal', 'Get', 'get', 'GETAll'];
    assert.deepEqual(sortByWords([...names].reverse()), sortByWords(names));
  });
});
