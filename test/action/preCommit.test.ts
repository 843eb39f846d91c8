import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { isPolicyFile, POLICY_GLOBS } from '../../server/src/service/policy/syntaxes.ts';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { startRegistry } from './support/registry.ts';
import { run } from './support/run.ts';

const HOOKS = fileURLToPath(new URL('../../.pre-commit-hooks.yaml', import.meta.url));
const [hook, ...others] = parse(readFileSync(HOOKS, 'utf8'));

let registry: Awaited<ReturnType<typeof startRegistry>>;
before(async () => {
  registry = await startRegistry();
});
after(() => registry.stop());

/** Runs the hook as pre-commit does one that gets no names of files: its entry and arguments, in the repository's root. */
function runHook(folder: Folder) {
  const [program = '', ...words] = hook.entry.split(' ');
  return run(program, [...words, ...hook.args], folder.path, registry.env);
}

describe('The pre-commit hook', () => {
  test('has what pre-commit wants', () => {
    assert.deepEqual(others, []);
    for (const key of ['id', 'name', 'entry', 'language']) assert.equal(typeof hook[key], 'string', key);
    assert.equal(hook.pass_filenames, false);
  });

  test('runs the version that it belongs to', () => {
    assert.equal(hook.entry, `npx --yes iam-policy-refiner@${packageJson.version} check`);
  });

  test('runs for every file that may hold a policy, and for no other', () => {
    const files = new RegExp(hook.files);
    const names = POLICY_GLOBS.map((glob) => glob.replace('**/*', 'infra/a b'));
    for (const name of [...names, 'README.md', 'main.tfvars', 'json', 'a.json.bak', 'a.ts'])
      assert.equal(files.test(name), isPolicyFile(name), name);
  });

  test('fails and says what to do where something is unused, and else passes', async (t) => {
    const folder = new Folder(t, { 'iam-policy-refiner.json': '{"findings": ["unused.json"]}' });
    const { status, log } = await runHook(folder);
    assert.match(log, /^policy\.json:6:9 {2}'s3:Get\*': 1 of \d+ granted actions unused {2}overbroad-wildcard\n/m);
    assert.equal(status, 1);
    folder.write({ 'policy.json': policyOf('ec2:*') });
    assert.equal((await runHook(folder)).status, 0);
  });

  test('gives the same answer whichever file is staged', async (t) => {
    const finding = { serviceNamespace: 's3', actions: ['PutObject'], resource: 'arn:aws:iam::123456789012:role/App' };
    const folder = new Folder(t, {
      'iam-policy-refiner.json': '{"findings": ["unused.json"]}',
      'unused.json': JSON.stringify([finding]),
      // Were it named alone, it would be taken for the one that the findings are about.
      'policy.json': policy,
    });
    const { status, log } = await runHook(folder);
    assert.match(log, /no findings apply to 1 policy/);
    assert.equal(status, 0);
  });
});
