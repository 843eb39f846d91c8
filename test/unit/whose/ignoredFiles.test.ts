import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IgnoredFiles } from '../../../server/src/service/whose/ignoredFiles.ts';

const ROWS: readonly [title: string, files: Record<string, string>, path: string, expected: boolean][] = [
  ['nothing is ignored without rules', {}, 'a.json', false],
  ['a name is ignored in every folder', { '.gitignore': 'out.json\n' }, 'a/b/out.json', true],
  ['a name from the root is ignored there only', { '.gitignore': '/out.json' }, 'a/out.json', false],
  ['what lies in an ignored folder is ignored', { '.gitignore': 'gen/' }, 'a/gen/b/c.json', true],
  ['a pattern for folders does not ignore a file', { '.gitignore': 'gen/' }, 'a/gen', false],
  ['the last rule goes before earlier ones', { '.gitignore': '*.json\n!keep.json' }, 'a/keep.json', false],
  ['nothing in an ignored folder comes back', { '.gitignore': 'gen/\n!gen/keep.json' }, 'gen/keep.json', true],
  ['rules of a folder hold for what is in it', { 'a/.gitignore': '*.json' }, 'a/b/c.json', true],
  ['and for nothing beside it', { 'a/.gitignore': '*.json' }, 'b/c.json', false],
  [
    'the nearest folder goes before those above',
    { '.gitignore': '*.json', 'a/.gitignore': '!c.json' },
    'a/c.json',
    false,
  ],
  [
    'a nearer file that says nothing leaves it to those above',
    { '.gitignore': '*.json', 'a/.gitignore': '*.txt' },
    'a/c.json',
    true,
  ],
  [
    'a folder that a nearer file brings back is read',
    { '.gitignore': 'gen/', 'a/.gitignore': '!gen/' },
    'a/gen/c.json',
    false,
  ],
  ['what only this clone excludes is ignored', { '.git/info/exclude': 'mine/' }, 'mine/c.json', true],
  [
    'but the files of folders go before that',
    { '.git/info/exclude': 'c.json', '.gitignore': '!c.json' },
    'a/c.json',
    false,
  ],
  ['lines may end as on Windows', { '.gitignore': 'gen/\r\nout.json\r\n' }, 'gen/c.json', true],
  ['a comment ignores nothing', { '.gitignore': '# c.json' }, 'c.json', false],
  ['upper case is another name', { '.gitignore': 'GEN/' }, 'gen/c.json', false],
  ['folders at any depth between two others', { '.gitignore': 'a/**/c.json' }, 'a/x/y/c.json', true],
  ['a line of many wildcards is passed over', { '.gitignore': `${'*a'.repeat(20)}\nc.json` }, 'c.json', true],
];

for (const [title, files, path, expected] of ROWS)
  test(`ignored files: ${title}`, () => {
    const texts = Object.entries(files).map(([name, text]) => [`/repo/${name}`, text] as const);
    const ignored = new IgnoredFiles(texts, '/repo');
    assert.equal(ignored.has(`/repo/${path}`), expected);
  });

test('ignored files: nothing outside of the repository is known', () => {
  assert.equal(new IgnoredFiles([['/repo/.gitignore', '*']], '/repo').has('/other/c.json'), false);
});

test('ignored files: hostile rules and paths are answered', () => {
  const rules = ['(((((', '[', '\\', '!', '*a*a*a*a*a*a*a*ab', '**/a/**/a/**/a/**/b', 'x'.repeat(1e5)].join('\n');
  const path = `/repo/${'a/'.repeat(2000)}${'a'.repeat(255)}`;
  assert.equal(new IgnoredFiles([['/repo/.gitignore', rules]], '/repo').has(path), false);
});
