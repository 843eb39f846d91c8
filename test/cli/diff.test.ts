import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf, refined } from '../support/cli.ts';

test('--diff prints a unified diff', (t) => {
  const { status, stdout } = new Folder(t).refine('policy.json --findings unused.json --diff');
  assert.equal(
    stdout,
    `--- a/policy.json
+++ b/policy.json
@@ -3,8 +3,7 @@
     {
       "Effect": "Allow",
       "Action": [
-        "s3:Get*",
-        "s3:PutObject"
+        "s3:GetObject*"
       ],
       "Resource": "*"
     }
`,
  );
  assert.equal(status, 0);
});

test('--diff puts a tab behind names with spaces, as git does, so that `patch` takes them whole', (t) => {
  const folder = new Folder(t, { 'my roles/a policy.json': policy });
  const { stdout } = folder.refine(['my roles/a policy.json', '--findings', 'unused.json', '--diff']);
  assert.match(stdout, /^--- a\/my roles\/a policy\.json\t\n\+\+\+ b\/my roles\/a policy\.json\t\n@@/);
});

test('--diff of very many statements is printed at once, for it is made of the edits', (t) => {
  const actions = ['s3:Get*', 's3:PutObject', 'ec2:*'];
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  const text = JSON.stringify({ Statement: Array.from({ length: 5000 }, () => statement) }, null, 2);
  const folder = new Folder(t, { 'many.json': text });
  folder.git(['init', '--quiet']);
  const { stdout } = folder.refine('many.json --findings unused.json --diff');
  assert.equal(folder.git(['apply', '-'], stdout).status, 0);
  const written = JSON.parse(folder.read('many.json')) as { Statement: { Action: string[] }[] };
  assert.equal(written.Statement.length, 5000);
  for (const { Action } of written.Statement) assert.deepEqual(Action, ['s3:GetObject*', 'ec2:*']);
});

test('--diff prints nothing where nothing changes', (t) => {
  const folder = new Folder(t, { 'other.json': policyOf('ec2:RunInstances') });
  const { status, stdout } = folder.refine('other.json --findings unused.json --diff');
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

describe('`git apply` makes of a diff what --write writes', () => {
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const cases: Readonly<Record<string, Readonly<Record<string, [before: string, after: string]>>>> = {
    'for a file': { 'a.json': [policy, refined] },
    'for several files in folders': {
      'roles/App/a.json': [policy, refined],
      'roles/Other/b.json': [policyOf('s3:PutObject', 's3:ListBucket'), policyOf('s3:ListBucket')],
      'c.json': [policyOf('ec2:*'), policyOf('ec2:*')],
    },
    'for CRLF line ends': { 'a.json': [crlf(policy), crlf(refined)] },
    'for a file without a line break at its end': { 'a.json': [policy.trimEnd(), refined.trimEnd()] },
    'for a file of one line': {
      'a.json': [
        '{"Statement":{"Effect":"Allow","Action":["s3:PutObject","ec2:*"]}}',
        '{"Statement":{"Effect":"Allow","Action":["ec2:*"]}}',
      ],
    },
    'for a byte order mark': { 'a.json': [`\uFEFF${policy}`, `\uFEFF${refined}`] },
    'for a byte order mark in a file of one line': {
      'a.json': [
        '\uFEFF{"Statement":{"Effect":"Allow","Action":["s3:PutObject","ec2:*"]}}\n',
        '\uFEFF{"Statement":{"Effect":"Allow","Action":["ec2:*"]}}\n',
      ],
    },
    'for names with spaces': { 'my roles/a policy.json': [policy, refined] },
    'for names with letters of all kinds': { 'rôles/日本 🎉.json': [policy, refined] },
    'for names with quotes': { '"a".json': [policy, refined], 'b\\c.json': [policy, refined] },
    'for names with tabs and line breaks': { 'a\tb.json': [policy, refined], 'a\nb.json': [policy, refined] },
    'for names with other control characters': {
      'a\x01b c.json': [policy, refined],
      'a\x1b"\x7f.json': [policy, refined],
    },
  };
  for (const [name, files] of Object.entries(cases)) {
    test(name, (t) => {
      const texts = Object.entries(files).map(([file, [before]]) => [file, before]);
      const folder = new Folder(t, Object.fromEntries(texts));
      const { stdout, stderr } = folder.refine([...Object.keys(files), '--findings', 'unused.json', '--diff']);
      assert.doesNotMatch(stderr, /error/);
      folder.git(['init', '--quiet']);
      assert.deepEqual(folder.git(['apply', '-'], stdout), { status: 0, stdout: '', stderr: '' });
      for (const [file, [, after]] of Object.entries(files)) assert.equal(folder.read(file), after, file);
    });
  }

  test('for a path that begins with ./', (t) => {
    const folder = new Folder(t);
    const { stdout } = folder.refine('./policy.json --findings unused.json --diff');
    folder.git(['init', '--quiet']);
    assert.equal(folder.git(['apply', '-'], stdout).status, 0);
    assert.equal(folder.read('policy.json'), refined);
  });
});
