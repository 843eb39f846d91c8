import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policy, refined } from '../support/cli.ts';

/** The files of which `--json` tells. */
function filesIn({ stdout }: { stdout: string }): string[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).file);
}

describe('A folder is walked', () => {
  test('in the order of names, and only files that can hold policies are read', (t) => {
    const folder = new Folder(t, {
      'policies/b.json': policy,
      'policies/a/z.jsonc': `// mine\n${policy}`,
      'policies/a/stack.template': policy,
      'policies/C.JSON': policy,
      'policies/notes.txt': policy,
      'policies/json': policy,
      'policies/config.json': '{"Statement": "none"}',
    });
    const files = filesIn(folder.refine('policies --findings unused.json --json'));
    assert.deepEqual(files, ['policies/C.JSON', 'policies/a/stack.template', 'policies/a/z.jsonc', 'policies/b.json']);
  });

  test('without node_modules and folders that begin with a dot', (t) => {
    const folder = new Folder(t, {
      'a/node_modules/x/policy.json': policy,
      'a/.git/policy.json': policy,
      'a/.hidden/b/policy.json': policy,
      'a/node_modules.json': policy,
      'a/my_node_modules/policy.json': policy,
    });
    const files = filesIn(folder.refine('a --findings unused.json --json'));
    assert.deepEqual(files, ['a/my_node_modules/policy.json', 'a/node_modules.json']);
  });

  test('but one that is named is read, whatever it is called', (t) => {
    const folder = new Folder(t, { '.hidden/policy.json': policy, 'node_modules/policy.txt': policy });
    const command = '.hidden node_modules/policy.txt --findings unused.json --json';
    assert.deepEqual(filesIn(folder.refine(command)), ['.hidden/policy.json', 'node_modules/policy.txt']);
  });

  test('whatever its files and folders are called', (t) => {
    const names = ['a b/c d.json', 'a\nb/c\nd.json', 'é/日本 🎉.json', 'q\'uo"te/x;$(y)`.json', '-dash/-dash.json'];
    const folder = new Folder(t, Object.fromEntries(names.map((name) => [`all/${name}`, policy])));
    const { status, stdout } = folder.refine('all --findings unused.json --write');
    assert.deepEqual([status, stdout], [0, '']);
    for (const name of names) assert.equal(folder.read(`all/${name}`), refined, name);
  });

  test('without symbolic links, which may lead anywhere', (t) => {
    const folder = new Folder(t, { 'a/real.json': policy, 'outside/policy.json': policy });
    symlinkSync('../outside', folder.at('a/folder'));
    symlinkSync('../outside/policy.json', folder.at('a/file.json'));
    symlinkSync('.', folder.at('a/loop'));
    const run = folder.refine('a --findings unused.json --json');
    assert.deepEqual(filesIn(run), ['a/real.json']);
    assert.match(
      run.stderr,
      /^iam-policy-refiner: a\/file\.json: a symbolic link in a folder is not followed; name it/,
    );
    assert.doesNotMatch(run.stderr, /a\/(?:folder|loop)/);
    assert.equal(run.status, 0);
  });

  test('and prints the texts of its policies only', (t) => {
    const folder = new Folder(t, {
      'a/config.json': '{"a": 1}',
      'a/policy.json': policy,
      'a/broken.json': '{"Statement": "none",,}',
    });
    const { status, stdout, stderr } = folder.refine('a --findings unused.json');
    assert.equal(stdout, refined);
    assert.match(stderr, /^a\/policy\.json: [^\n]*\n$/);
    assert.equal(status, 0);
  });

  test('and a broken policy in it is an error, after which the others go on', (t) => {
    const folder = new Folder(t, { 'a/a.json': policy.slice(0, -3), 'a/b.json': policy });
    const { status, stdout, stderr } = folder.refine('a --findings unused.json --diff');
    assert.match(stderr, /error: a\/a\.json:\d+: JSON syntax error/);
    assert.match(stdout, /^--- a\/a\/b\.json/);
    assert.equal(status, 2);
  });

  test('and an empty one is no error', (t) => {
    const folder = new Folder(t, { 'a/notes.txt': '' });
    assert.deepEqual(folder.refine('a --findings unused.json'), { status: 0, stdout: '', stderr: '' });
  });
});

describe('- stands for standard input', () => {
  test('and makes the command a filter', (t) => {
    const { status, stdout } = new Folder(t).refine('- --findings unused.json', policy);
    assert.equal(stdout, refined);
    assert.equal(status, 0);
  });

  test('in the output of --json, too', (t) => {
    assert.deepEqual(filesIn(new Folder(t).refine('- --findings unused.json --json', policy)), ['-']);
  });

  test('and keeps a byte order mark and line ends', (t) => {
    const text = (policy: string) => `\uFEFF${policy.replaceAll('\n', '\r\n')}`;
    assert.equal(new Folder(t).refine('- --findings unused.json', text(policy)).stdout, text(refined));
  });

  test('and what cannot be refined comes out as it went in', (t) => {
    for (const text of ['', 'no JSON at all', policy.slice(0, -3), '{"a":1}']) {
      assert.equal(new Folder(t).refine('- --findings unused.json', text).stdout, text);
    }
  });
});
