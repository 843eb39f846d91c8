import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { Folder, policy, policyOf } from '../support/cli.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const files = {
  'fine.json': policyOf('ec2:*'),
  'config.json': '{"a": 1}',
  'policy.yaml': 'Statement: {Effect: Allow, Action: "s3:GetObject", Resource: "*"}',
  'broken.json': policy.slice(0, -3),
  'empty/notes.txt': '',
  'known.json': '{"problems": {"policy.json": [{"code": "unused-action", "text": "s3:PutObject"}]}}',
  'odd.json': '{"kep": []}',
  'none.json': '[]',
};

/** Every outcome by its exit status. */
const table: readonly [command: string, status: number, output?: RegExp][] = [
  ['--version', 0, new RegExp(`^${packageJson.version.replaceAll('.', '\\.')}\\n$`)],
  ['--help', 0, /^Usage: iam-policy-refiner /],
  ['help check', 0, /^Usage: iam-policy-refiner check /],
  ['refine --help', 0, /Exit status:\n {2}0 {2}done\n {2}2 {2}something named/],
  ['check --help', 0, /Exit status:\n {2}0 {2}nothing is unused\n {2}1 {2}something is.*\n {2}2 {2}/],
  ['refine policy.json -f unused.json', 0],
  ['refine policy.json -f unused.json --diff', 0, /^--- a\/policy\.json/],
  ['refine policy.json -f unused.json --json', 0, /^\{"file":"policy\.json"/],
  ['refine policy.json -f unused.json --write', 0, /2 unused actions removed/],
  ['check fine.json -f unused.json', 0],
  ['check empty -f unused.json', 0, /No policy was found/],
  ['check config.json -f unused.json', 0, /config\.json: There is no IAM policy in this file\n/],
  ['check unused.json -f unused.json', 0, /no IAM policy in this file, but findings: name it behind --findings\n/],
  ['refine unused.json -f unused.json', 0, /no IAM policy in this file, but findings: name it behind --findings\n/],
  ['check policy.json -f unused.json --max-unused 2', 0],
  ['check policy.json -f none.json', 0, /names unused permissions/],
  ['check policy.json -f unused.json --baseline new.json --update-baseline', 0, /new\.json: 2 problems accepted/],
  ['check policy.json -f unused.json', 1],
  ['check policy.json -f unused.json --format json', 1],
  ['check policy.json -f unused.json --format sarif', 1],
  ['check policy.json -f unused.json --format github', 1],
  ['check policy.json -f unused.json --severity hint', 1],
  ['check policy.json -f unused.json --max-unused 1', 1],
  ['check policy.json -f unused.json --baseline known.json', 1, /1 known problem not shown/],
  ['', 2, /^Usage: iam-policy-refiner /],
  ['chek policy.json', 2, /unknown command 'chek'\n\(Did you mean check\?\)/],
  ['check policy.json --findngs unused.json', 2, /unknown option '--findngs'\n\(Did you mean --findings\?\)/],
  ['check policy.json -f unused.json --formt json', 2, /unknown option '--formt'\n\(Did you mean --format\?\)/],
  ['refine policy.json -f unused.json --wriet', 2, /unknown option '--wriet'\n\(Did you mean --write\?\)/],
  ['check policy.json -f unused.json --format xml', 2, /Allowed choices are text, json, sarif, github/],
  ['check policy.json -f unused.json --severity bad', 2, /Allowed choices are error, warning, information, hint/],
  ['check policy.json', 2, /required option '-f, --findings <file\.\.\.>' not specified/],
  ['check nowhere/*.json -f unused.json', 2, /error: nowhere\/\*\.json: there is no such file or folder/],
  ['check policy.json -f nowhere/*.json', 2, /error: nowhere\/\*\.json: there is no such file or folder/],
  ['check policy.json -f config.json', 2, /error: config\.json: Not a known findings export/],
  ['check fine.json -f policy.json', 2, /error: policy\.json: it holds an IAM policy and no findings; name policies/],
  ['check fine.json -f policy.yaml', 2, /error: policy\.yaml: it holds an IAM policy and no findings; name policies/],
  ['check fine.json -f none-*.json', 2, /error: none-\*\.json: there is no such file or folder/],
  ['check broken.json -f unused.json', 2, /error: broken\.json:/],
  ['check policy.json -f unused.json --config odd.json', 2, /"kep" is no setting; did you mean "keep"/],
  ['check policy.json -f unused.json --baseline odd.json', 2, /it is no baseline/],
  ['check policy.json -f none.json --require-findings', 2, /no findings apply to 1 policy/],
];

describe('The exit status', () => {
  for (const [command, status, output] of table) {
    test(`is ${status} for '${command}'`, (t) => {
      const run = new Folder(t, files).run(command === '' ? [] : command.split(' '));
      assert.equal(run.status, status, run.stderr);
      assert.doesNotMatch(run.stderr, /this should not have happened|\n {4}at /);
      if (output) assert.match(run.stdout + run.stderr, output);
    });
  }
});

test('Help shows no defaults that say nothing', (t) => {
  const { stdout } = new Folder(t).run('check --help');
  assert.doesNotMatch(stdout, /default: (?:false|\[\])/);
  assert.match(stdout, /default: "text"/);
});

/** Runs `check` in a shell, on a policy with more problems than a pipe holds. */
function checkInShell(t: TestContext, redirect: string): { status: string; stderr: string } {
  const many = policyOf('s3:ListBucket', ...Array.from({ length: 30_000 }, () => 's3:PutObject'));
  const folder = new Folder(t, { 'many.json': many });
  const command = `{ "${process.execPath}" "${CLI}" check many.json -f unused.json 2>err; echo $? >status; } ${redirect}`;
  spawnSync('/bin/sh', ['-c', command], { cwd: folder.path });
  return { status: folder.read('status').trim(), stderr: folder.read('err') };
}

test('When nobody reads the output any more, it ends in silence and as other tools do', (t) => {
  assert.deepEqual(checkInShell(t, '| head -1 >first'), { status: '141', stderr: '' });
});

// Linux has a file that is a full disk.
if (existsSync('/dev/full')) {
  test('A full disk is an error that is named', (t) => {
    assert.deepEqual(checkInShell(t, '>/dev/full'), {
      status: '2',
      stderr: 'iam-policy-refiner: error: standard output: no space is left on the device\n',
    });
  });
}

describe('Names of files are told in one line, and speak to no terminal', () => {
  const names = ['a b.json', 'a\nb.json', '\u001b[31mred.json', 'rôle-策略.json'];
  for (const name of names) {
    test(JSON.stringify(name), (t) => {
      const folder = new Folder(t, { [name]: policyOf('ec2:*'), 'app.json': '[]' });
      const shown = name.replace('\n', '\\u000a').replace('\u001b', '\\u001b');
      for (const command of ['check', 'refine']) {
        const { stderr } = folder.run([command, name, `nowhere-${name}`, '-f', 'unused.json']);
        assert.match(stderr, /^[^\n]+\n(?:[^\n]+\n)?$/);
        assert.ok(stderr.includes(`nowhere-${shown}: there is no such file or folder`), stderr);
        assert.doesNotMatch(stderr.replaceAll('\n', ''), /\p{Cc}/u);
      }
      assert.match(folder.run(['refine', name, '-f', 'app.json']).stderr, /unused/);
      assert.equal(folder.run(['check', name, '-f', 'unused.json']).status, 0);
    });
  }
});
