import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mappingsFor } from '../../../server/src/workspace/mapping.ts';

describe('A key of the setting "principals"', () => {
  const cases: readonly [key: string, path: string, speaks: boolean][] = [
    ['policies/app.json', 'policies/app.json', true],
    ['policies/app.json', 'other/policies/app.json', false],
    ['app.json', 'app.json', true],
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
});
