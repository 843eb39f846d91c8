import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, type TestContext, test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { Folder, policy, policyOf } from '../support/cli.ts';
import { action, actionText, expressionIn, runAction } from './support/action.ts';
import { problemsOf } from './support/parser.ts';
import { startRegistry } from './support/registry.ts';

let registry: Awaited<ReturnType<typeof startRegistry>>;
before(async () => {
  registry = await startRegistry();
});
after(() => registry.stop());

/** Runs the action on a folder with these policies. */
function check(t: TestContext, inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  return runAction(new Folder(t, files), inputs, registry.env);
}

const FINDINGS = { paths: 'policy.json', findings: 'unused.json' };

describe('action.yml', () => {
  test("is an action by GitHub's own parser", async () => {
    assert.deepEqual(await problemsOf('action', actionText), []);
    assert.notDeepEqual(await problemsOf('action', actionText.replace('using:', 'used:')), []);
  });

  test('makes no input part of a script', () => {
    for (const { run, env } of action.runs.steps) {
      assert.doesNotMatch(run, /\$\{\{/);
      for (const value of Object.values(env))
        assert.ok(action.inputs[expressionIn(value).replace('inputs.', '')], value);
    }
  });

  test('passes on every input', () => {
    const passed = action.runs.steps.flatMap(({ env }) => Object.values(env)).map(expressionIn);
    assert.deepEqual(
      passed,
      Object.keys(action.inputs).map((name) => `inputs.${name}`),
    );
  });

  test('installs the version that it belongs to', () => {
    assert.equal(action.inputs.version?.default, packageJson.version);
  });
});

describe('The action', () => {
  test('marks the lines of what is unused, tells of it in the summary, and fails', async (t) => {
    const { status, commands, summary, outputs } = await check(t, FINDINGS);
    assert.deepEqual(
      commands.map(({ command, file, line, title }) => [command, file, line, title]),
      [
        ['warning', 'policy.json', '6', 'overbroad-wildcard'],
        ['warning', 'policy.json', '7', 'unused-action'],
      ],
    );
    assert.match(summary, /^### IAM Policy Refiner\n\n {4}policy\.json:6:9 {2}'s3:Get\*': /);
    assert.deepEqual(outputs, { 'sarif-file': '' });
    assert.equal(status, 1);
  });

  test('passes where nothing is unused', async (t) => {
    const { status, commands, summary } = await check(t, FINDINGS, { 'policy.json': policyOf('ec2:*') });
    assert.match(summary, / {4}Nothing is reported unused in 1 policy\n/);
    assert.deepEqual([status, commands], [0, []]);
  });

  test('writes a SARIF file instead, and tells what is in it', async (t) => {
    const folder = new Folder(t);
    const { status, log, commands, outputs } = await runAction(folder, { ...FINDINGS, format: 'sarif' }, registry.env);
    const file = outputs['sarif-file'] ?? '';
    const { version, runs } = JSON.parse(spawnSync('cat', [file], { encoding: 'utf8' }).stdout);
    assert.deepEqual([version, runs[0].results.length], ['2.1.0', 2]);
    assert.match(log, /^policy\.json:6:9 {2}'s3:Get\*'/m);
    assert.deepEqual([status, commands], [1, []]);
  });

  test('takes the configuration file of the repository, and looks at all of it', async (t) => {
    const { status, commands } = await check(
      t,
      {},
      {
        'iam-policy-refiner.json': JSON.stringify({ findings: ['unused.json'], severity: 'error' }),
      },
    );
    assert.deepEqual([status, commands.map(({ command }) => command)], [1, ['error', 'error']]);
  });

  test('takes several paths and findings, one a line, with spaces and globs', async (t) => {
    const files = {
      'in a/one.json': policy,
      'in a/deep/er/two.json': policy,
      'in a/three.txt': policy,
      'n.json': '[]',
    };
    const inputs = { paths: 'policy.json\r\nin a/**/*.json\n\n', findings: 'unus*.json\nn.json', severity: 'hint' };
    const { status, commands } = await check(t, inputs, files);
    assert.deepEqual(
      [...new Set(commands.map(({ command, file }) => `${command} ${file}`))],
      ['notice policy.json', 'notice in a/deep/er/two.json', 'notice in a/one.json'],
    );
    assert.equal(status, 1);
  });

  test("passes nothing where the bash is too old for '**', as that of macOS is", async (t) => {
    const old = 'shopt() { [[ $* != *globstar* ]] && builtin shopt "$@"; }\n';
    const folder = new Folder(t, { 'in/deep/er/two.json': policy, 'in/good/three.json': policyOf('ec2:*'), old });
    const env = { ...registry.env, BASH_ENV: folder.at('old') };
    const inputs = { paths: 'in/**/*.json', findings: 'unused.json' };
    const { status, commands } = await runAction(folder, inputs, env);
    assert.equal(status, 2);
    assert.match(commands[0]?.message ?? '', /too old for '\*\*'/);
    assert.equal((await runAction(folder, { ...inputs, paths: 'in' }, env)).status, 1);
  });

  test('leaves out what a baseline accepts, and passes up to a number of unused actions', async (t) => {
    const known = '{"problems": {"policy.json": [{"code": "unused-action", "text": "s3:PutObject"}]}}';
    const inputs = { ...FINDINGS, baseline: 'known.json', 'max-unused': '1' };
    const { status, commands } = await check(t, inputs, { 'known.json': known });
    assert.deepEqual([status, commands.map(({ title }) => title)], [0, ['overbroad-wildcard']]);
  });

  const failures: Readonly<Record<string, [inputs: Readonly<Record<string, string>>, reason: RegExp]>> = {
    'findings that are missing': [{ findings: 'none/*.json' }, /none\/\*\.json: there is no such file or folder/],
    'a policy to which no findings apply': [{ ...FINDINGS, findings: 'n.json' }, /no findings apply to 1 policy/],
    'no path': [{ ...FINDINGS, paths: '' }, /missing required argument 'path'/],
    'an option that is wrong': [{ ...FINDINGS, 'max-unused': 'x' }, /It is a whole number, such as 0 or 25/],
    'a format that there is not': [{ ...FINDINGS, format: 'xml' }, /The input 'format' must be 'github' or 'sarif'/],
    "a 'require-findings' that is neither": [{ 'require-findings': 'yes' }, /'require-findings' must be 'true' or/],
    'a version that does not exist': [{ ...FINDINGS, version: '99.0.0' }, /could not be installed; the log says why/],
    'a version that is none': [{ ...FINDINGS, version: 'git+ssh://x' }, /must be a version such as '1\.2\.3'/],
  };
  for (const [name, [inputs, reason]] of Object.entries(failures)) {
    test(`does not take ${name} for something unused`, async (t) => {
      const { status, log, commands } = await check(t, inputs, { 'n.json': '[]' });
      assert.match(log, reason);
      assert.deepEqual([status, commands.map(({ command }) => command)], [2, ['error']]);
    });
  }

  test("does not mind about findings where 'require-findings' says so", async (t) => {
    const { status } = await check(
      t,
      { ...FINDINGS, findings: 'n.json', 'require-findings': 'false' },
      { 'n.json': '[]' },
    );
    assert.equal(status, 0);
  });

  const hostile = [
    '$(touch x)',
    '`touch x`',
    '"; touch x; "',
    "'; touch x; '",
    '--config=x',
    '--write',
    '${{ x }}',
    'a *',
  ];

  test('takes names for names, whatever they look like', async (t) => {
    const names = hostile.map((text) => `${text}.json`);
    const folder = new Folder(t, Object.fromEntries(names.map((name) => [name, policy])));
    const inputs = { paths: names.join('\n'), findings: 'unused.json' };
    const { status, commands } = await runAction(folder, inputs, registry.env);
    assert.deepEqual([...new Set(commands.map(({ file }) => file))], names);
    assert.equal(status, 1);
    assert.ok(!existsSync(folder.at('x')));
  });

  for (const name of Object.keys(action.inputs)) {
    test(`runs nothing of what the input '${name}' holds`, async (t) => {
      const folder = new Folder(t);
      const { status } = await runAction(folder, { ...FINDINGS, [name]: hostile.join('\n') }, registry.env);
      assert.equal(status, 2);
      assert.ok(!existsSync(folder.at('x')));
    });
  }

  for (const format of ['github', 'sarif']) {
    test(`lets no name of a file speak to the runner (${format})`, async (t) => {
      const name = '::error file=x::y.json';
      const folder = new Folder(t, { [name]: policy, '::warning::z.json': 'no policy' });
      const { status, log, commands } = await runAction(
        folder,
        { paths: '*.json', findings: 'unused.json', format },
        registry.env,
      );
      assert.match(log, /^::warning::z\.json: There is no IAM policy in this file$/m);
      assert.deepEqual(
        [...new Set(commands.map(({ file }) => file))],
        format === 'github' ? [name, 'policy.json'] : [],
      );
      assert.equal(status, 1);
    });
  }

  test('asks no registry that the repository names', async (t) => {
    const { status } = await check(t, FINDINGS, {
      '.npmrc': 'registry=http://127.0.0.1:9/\nscript-shell=/bin/false\n',
    });
    assert.equal(status, 1);
  });
});
