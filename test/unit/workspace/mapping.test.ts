import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { folderKeyOf, keyOf, mappingsFor } from '../../../server/src/mapping.ts';

describe('A key of the setting "principals"', () => {
  const cases: readonly [key: string, path: string, speaks: boolean][] = [
    ['policies/app.json', 'policies/app.json', true],
    ['policies/app.json', 'other/policies/app.json', false],
    ['app.json', 'app.json', true],
    ['./app.json', 'app.json', true],
    ['./app.json', 'deep/app.json', false],
    ['/app.json', 'deep/app.json', false],
    ['app.json', 'deep/below/app.json', true],
    ['app*.json', 'deep/below/app-dev.json', true],
    ['./policies/*.json', 'policies/app.json', true],
    ['/policies/*.json', 'policies/app.json', true],
    ['policies/*.json', 'policies/deep/app.json', false],
    ['policies/**', 'policies/deep/app.json', true],
    ['**/app.json', 'app.json', true],
    ['policies/{app,web}.json', 'policies/web.json', true],
    ['Policies/App.json', 'policies/app.json', true],
    ['.github/*.json', '.github/app.json', true],
    ['policies/[id].json', 'policies/[id].json', true],
    ['policies', 'policies/app.json', false],
    ['', 'app.json', false],
    ['[', 'app.json', false],
    ['('.repeat(70_000), 'app.json', false],
  ];
  for (const [key, path, speaks] of cases) {
    test(`'${key.slice(0, 40)}' ${speaks ? 'speaks' : 'does not speak'} of ${path}`, () => {
      assert.equal(mappingsFor({ [key]: 'App' }, path).length, Number(speaks));
    });
  }

  test('that is the file goes before a file of that name in any folder, and that before a glob', () => {
    const keys = (path: string) =>
      mappingsFor({ '**': 'A', 'app.json': 'B', 'x/*.json': 'C', 'x/app.json': 'D' }, path).map(({ key }) => key);
    assert.deepEqual(keys('x/app.json'), ['x/app.json', 'app.json', '**', 'x/*.json']);
    assert.deepEqual(keys('x/other.json'), ['**', 'x/*.json']);
  });

  test('may name one policy of the file, and one principal or several', () => {
    assert.deepEqual(mappingsFor({ 't.json#App': 'A', 't.json': ['B', 'C'], 'x.json': 'D' }, 'dir/t.json'), [
      { key: 't.json#App', document: 'App', principals: ['A'] },
      { key: 't.json', principals: ['B', 'C'] },
    ]);
  });

  test('says more of a file by its path than by a glob, wherever they stand', () => {
    const settings = { '**': 'A', 'dir/*.json#X': 'B', 'dir/t.json': 'C', './dir/t.json#X': 'D', 't.json': 'E' };
    const keys = mappingsFor(settings, 'dir/t.json').map(({ key }) => key);
    assert.deepEqual(keys, ['dir/t.json', './dir/t.json#X', 't.json', '**', 'dir/*.json#X']);
  });
});

describe('The key that is written for a file', () => {
  const names = [
    '[id].json',
    'a*b?.json',
    '{x,y}.json',
    '(a|b).json',
    '!not.json',
    '+(a).json',
    '@(a).json',
    'a^b$.json',
  ];
  for (const name of [...names, 'a#b.json', '##.json', '.hidden', 'a b.json', 'ä[ö].json', 'plain.json', '~a.json']) {
    for (const path of [name, `dir/${name}`, `[x]/${name}`]) {
      test(`means '${path}' and no other`, () => {
        const found = (key: string, of: string) => mappingsFor({ [key]: 'App' }, of).length;
        const others = [`deep/${path}`, `x${path}`, `${path}x`, 'dir/i.json', 'i.json', 'a1bc.json', 'x/i.json'];
        assert.equal(found(keyOf(path), path), 1);
        assert.deepEqual(
          others.filter((other) => other !== path && found(keyOf(path), other) > 0),
          [],
        );
        assert.equal(mappingsFor({ [keyOf(path, 'App')]: 'A' }, path)[0]?.document, 'App');
        assert.equal(mappingsFor({ [keyOf(path, '/a#b/0')]: 'A' }, path)[0]?.document, '/a#b/0');
      });
    }
  }

  test('means a folder with all below it, and no other', () => {
    const key = folderKeyOf('roles/[x]');
    const paths = ['roles/[x]/a.json', 'roles/[x]/b/a.json', 'roles/x/a.json', 'a.json', 'deep/roles/[x]/a.json'];
    assert.deepEqual(
      paths.map((path) => mappingsFor({ [key]: 'App' }, path).length),
      [1, 1, 0, 0, 0],
    );
  });
});
