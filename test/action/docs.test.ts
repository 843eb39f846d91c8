import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { readConfig } from '../../server/src/config/readConfig.ts';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { action, runAction } from './support/action.ts';
import { problemsOf } from './support/parser.ts';
import { startRegistry } from './support/registry.ts';
import { run } from './support/run.ts';

const ROOT = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/ci.md', ROOT), 'utf8');

/** The blocks of code in a language; `''` for those that name none. */
function blocks(language: string): string[] {
  const all = [...guide.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  return all.flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

interface Step {
  readonly uses: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** The steps of a workflow that use the action. */
function stepsOf(workflow: string): Step[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: Step[] }> };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return steps.filter(({ uses }) => uses === `OWNER/iam-policy-refiner@v${packageJson.version}`);
}

const yaml = blocks('yaml');
const workflows = yaml.filter((text) => text.startsWith('# .github/workflows/'));
const [gitlab = '', preCommit = ''] = yaml.filter((text) => !workflows.includes(text));

let registry: Awaited<ReturnType<typeof startRegistry>>;
before(async () => {
  registry = await startRegistry();
});
after(() => registry.stop());

/** A repository as the guide speaks of it. */
const files = {
  // No policy, in the place of the one that every folder of a test has.
  'policy.json': '{}',
  'policies/app.json': policy,
  'exports/unused.json': JSON.stringify(
    ['app', 'new'].map((name) => ({
      serviceNamespace: 's3',
      actions: ['GetBucketAcl', 'PutObject'],
      resource: `arn:aws:iam::123456789012:role/${name}`,
    })),
  ),
  'iam-policy-refiner.json': blocks('json')[0] ?? '',
};

describe('The guide to CI', () => {
  test('has two workflows that GitHub takes, and in which the action finds what is unused', async (t) => {
    assert.equal(workflows.length, 2);
    for (const workflow of workflows) {
      assert.deepEqual(await problemsOf('workflow', workflow), []);
      const [step, ...others] = stepsOf(workflow);
      assert.ok(step && others.length === 0);
      for (const name of Object.keys(step.with ?? {})) assert.ok(action.inputs[name], name);
      const { status, outputs } = await runAction(new Folder(t, files), step.with ?? {}, registry.env);
      assert.equal(status, 1);
      assert.equal(outputs['sarif-file'] !== '', step.with?.format === 'sarif');
    }
    assert.notDeepEqual(await problemsOf('workflow', workflows[0]?.replace('jobs:', 'job:') ?? ''), []);
  });

  test('names the outputs of the action as they are', () => {
    for (const [, name = ''] of guide.matchAll(/steps\.iam\.outputs\.([\w-]+)/g)) assert.ok(action.outputs[name], name);
  });

  test('has commands that find what is unused, in a shell and in GitLab', async (t) => {
    const scripts = [blocks('sh')[0] ?? '', ...parse(gitlab)['iam-policies'].script];
    assert.equal(scripts.length, 2);
    for (const script of scripts) {
      const folder = new Folder(t, files);
      assert.equal((await run('sh', ['-ec', script], folder.path, registry.env)).status, 1);
      folder.write({ 'policies/app.json': policyOf('ec2:*') });
      assert.equal((await run('sh', ['-ec', script], folder.path, registry.env)).status, 0);
    }
  });

  test('has a configuration for pre-commit with the hook that there is', () => {
    const hooks = parse(readFileSync(new URL('.pre-commit-hooks.yaml', ROOT), 'utf8'));
    const [{ rev, hooks: used }] = parse(preCommit).repos;
    assert.equal(rev, `v${packageJson.version}`);
    assert.deepEqual(
      used.map(({ id }: { id: string }) => id),
      hooks.map(({ id }: { id: string }) => id),
    );
  });

  test('has a command after which what there was passes, and what is new does not', (t) => {
    const folder = new Folder(t, files);
    const [program, ...args] = (blocks('sh')[1] ?? '')
      .trim()
      .replace('exports/*.json', 'exports/unused.json')
      .split(' ');
    assert.equal(program, 'iam-policy-refiner');
    assert.equal(folder.run(args).status, 0);
    const check = args.filter((arg) => arg !== '--update-baseline');
    assert.equal(folder.run(check).status, 0);
    folder.write({ 'policies/new.json': policy });
    assert.equal(folder.run(check).status, 1);
  });

  test('says what the action says of a pull request that adds "s3:*"', (t) => {
    const finding = {
      serviceNamespace: 's3',
      actions: ['GetBucketAcl', 'PutObject'],
      resource: 'arn:aws:iam::123456789012:role/AppRole',
    };
    const folder = new Folder(t, { 'AppRole.json': policyOf('s3:*'), 'exports/app.json': JSON.stringify([finding]) });
    const { stdout } = folder.check('AppRole.json --findings exports/app.json --format github');
    const [said = ''] = blocks('');
    assert.ok(stdout.split('\n')[0]?.endsWith(`::${said.trim()}`), stdout);
  });

  test('links to files that there are', () => {
    for (const [, target = ''] of guide.matchAll(/\]\((?!https?:)([^)]+)\)/g))
      readFileSync(fileURLToPath(new URL(target, new URL('docs/', ROOT))));
    for (const text of blocks('json')) assert.deepEqual(readConfig(text).problems, []);
  });
});
