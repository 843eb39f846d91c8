import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigFinder } from '../../../server/src/config/findConfig.ts';
import { RootFinder } from '../../../server/src/repository/findRoot.ts';
import type { FileAccess } from '../../../server/src/runtime.ts';

/** Files of which nothing is known but that they are there. */
function filesOf(...uris: string[]): Pick<FileAccess, 'stat'> {
  return {
    stat: async (uri) => {
      if (!uris.includes(uri)) throw new Error('there is no such file');
      return { size: 0, age: 0, modified: 0, stamp: '', isFolder: false };
    },
  };
}

const ROWS: readonly [title: string, there: string, folder: string, root: string][] = [
  ["the folder with git's own in it", 'file:///r/.git', 'file:///r/a/b', 'file:///r'],
  ['the folder itself', 'file:///r/.git', 'file:///r', 'file:///r'],
  ['the folder itself where there is none', 'file:///x/.git', 'file:///r/a', 'file:///r/a'],
  ['a folder at the top of a drive', 'file:///c%3A/.git', 'file:///c%3A/a', 'file:///c%3A'],
  ['the nearest of several', 'file:///r/sub/.git', 'file:///r/sub/a', 'file:///r/sub'],
];

for (const [title, there, folder, root] of ROWS)
  test(`the root of a repository is ${title}`, async () => {
    assert.equal(await new RootFinder(filesOf(there, 'file:///q/.git')).of(folder), root);
  });

test('the root around a file is that around its folder', async () => {
  const finder = new RootFinder(filesOf('file:///r/.git'));
  assert.equal(await finder.ofFile('file:///r/a/t.yaml'), 'file:///r');
  assert.equal(await finder.ofFile('file:///s/a/t.yaml'), 'file:///s/a');
});

test('a repository that was made since is found once all is forgotten', async () => {
  const uris: string[] = [];
  const finder = new RootFinder({ stat: (uri) => filesOf(...uris).stat(uri) });
  assert.equal(await finder.of('file:///r/a'), 'file:///r/a');
  uris.push('file:///r/.git');
  assert.equal(await finder.of('file:///r/a'), 'file:///r/a');
  finder.clear();
  assert.equal(await finder.of('file:///r/a'), 'file:///r');
});

test('a configuration file above the root does not hold', async () => {
  const finder = new ConfigFinder(filesOf('file:///iam-policy-refiner.json', 'file:///r/.git'));
  assert.equal(await finder.of('file:///r/a'), undefined);
  assert.equal(await finder.of('file:///s/a'), 'file:///iam-policy-refiner.json');
});
