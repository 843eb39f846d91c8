import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policyOf, refined } from '../support/cli.ts';

const NAMES = Array.from({ length: 200 }, (_, i) => `GetThing${i}WithRatherALongName`);

/** A catalogue of a service so large that `svc:*` less one action outgrows a managed policy. */
const files = {
  'catalogue.json': JSON.stringify({
    date: '2026-01-01',
    services: { svc: [...NAMES, 'GetUnused'], s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'PutObject'] },
  }),
  'large.json': policyOf('svc:*'),
  'unused.json': JSON.stringify([
    { serviceNamespace: 'svc', actions: ['GetUnused'] },
    { serviceNamespace: 's3', actions: ['GetBucketAcl', 'PutObject'] },
  ]),
};

/** `large.json` after it has been refined. */
const large = policyOf(...NAMES.map((name) => `svc:${name}`).sort((a, b) => compare(a.toLowerCase(), b.toLowerCase())));
const size = minified(large).length;
const WARNING = `warning: refined, the policy has ${size.toLocaleString('en-US')} characters, more than the 6,144 of a managed policy`;

describe('A policy that outgrows its quota', () => {
  test('is refined all the same, with a warning on stderr and status 0', (t) => {
    const { status, stdout, stderr } = new Folder(t, files).refine('large.json --findings unused.json');
    assert.equal(stdout, large);
    assert.deepEqual(warnings(stderr), [`large.json: ${WARNING}`]);
    assert.equal(status, 0);
  });

  test('is written with --write', (t) => {
    const folder = new Folder(t, files);
    const { status, stdout, stderr } = folder.refine('large.json --findings unused.json --write');
    assert.equal(folder.read('large.json'), large);
    assert.equal(stdout, '');
    assert.deepEqual(warnings(stderr), [`large.json: ${WARNING}`]);
    assert.equal(status, 0);
  });

  test('is warned of with --diff', (t) => {
    const { status, stderr } = new Folder(t, files).refine('large.json --findings unused.json --diff');
    assert.deepEqual(warnings(stderr), [`large.json: ${WARNING}`]);
    assert.equal(status, 0);
  });

  test('is measured by --json, before and after, with the warning beside it', (t) => {
    const { status, stdout, stderr } = new Folder(t, files).refine('large.json --findings unused.json --json');
    const result = JSON.parse(stdout);
    assert.deepEqual(result.size, { before: minified(files['large.json']).length, after: size, quota: 6144 });
    assert.equal(result.text, large);
    assert.equal(result.proof, 'ok');
    assert.deepEqual(warnings(stderr), [`large.json: ${WARNING}`]);
    assert.equal(status, 0);
  });

  test('is warned of by its name among others, which are not', (t) => {
    const { status, stdout, stderr } = new Folder(t, files).refine('large.json policy.json --findings unused.json');
    assert.equal(stdout, large + refined);
    assert.deepEqual(warnings(stderr), [`large.json: ${WARNING}`]);
    assert.equal(status, 0);
  });

  test('is warned of once, for it is too large already the second time', (t) => {
    const folder = new Folder(t, files);
    folder.refine('large.json --findings unused.json --write');
    const { stderr } = folder.refine('large.json --findings unused.json --write');
    assert.deepEqual(warnings(stderr), []);
    assert.equal(folder.read('large.json'), large);
  });
});

describe('The quota is that of what holds the policy', () => {
  const quotas: Readonly<Record<string, readonly [quota: number, words: string]>> = {
    User: [2048, 'the 2,048 of the inline policies of a user'],
    Group: [5120, 'the 5,120 of the inline policies of a group'],
    ManagedPolicy: [6144, 'the 6,144 of a managed policy'],
  };
  for (const [type, [quota, words]] of Object.entries(quotas)) {
    test(type, (t) => {
      const template = JSON.stringify({ Resources: { It: resource(type, JSON.parse(files['large.json'])) } });
      const folder = new Folder(t, { ...files, 'template.json': template });
      const { status, stdout, stderr } = folder.refine('template.json --findings unused.json --json');
      assert.equal(JSON.parse(stdout).size.quota, quota);
      assert.equal(warnings(stderr).length, 1);
      assert.ok(stderr.includes(`more than ${words}`), stderr);
      assert.equal(status, 0);
    });
  }

  test('and a role has room for more', (t) => {
    const template = JSON.stringify({ Resources: { It: resource('Role', JSON.parse(files['large.json'])) } });
    const folder = new Folder(t, { ...files, 'template.json': template });
    const { stdout, stderr } = folder.refine('template.json --findings unused.json --json');
    assert.deepEqual(JSON.parse(stdout).size, {
      before: minified(files['large.json']).length,
      after: size,
      quota: 10240,
    });
    assert.deepEqual(warnings(stderr), []);
  });
});

test('Nothing is said of a size that fits', (t) => {
  const { status, stderr } = new Folder(t, files).refine('policy.json --findings unused.json');
  assert.deepEqual(warnings(stderr), []);
  assert.equal(status, 0);
});

test('A NotAction is measured with what is added to it', (t) => {
  const before = policyOf('iam:*').replace('"Action"', '"NotAction"');
  const after = policyOf('iam:*', 's3:GetBucketAcl', 's3:PutObject', 'svc:GetUnused').replace(
    '"Action"',
    '"NotAction"',
  );
  const folder = new Folder(t, { ...files, 'not.json': before });
  const { entries, size, text } = JSON.parse(folder.refine('not.json --findings unused.json --json').stdout);
  assert.equal(text, after);
  assert.deepEqual(size, { before: minified(before).length, after: minified(after).length, quota: 6144 });
  assert.deepEqual(entries, [
    {
      pointer: '/Statement/0/NotAction',
      entry: 'NotAction',
      grants: 205,
      unused: 3,
      replacement: ['iam:*', 's3:GetBucketAcl', 's3:PutObject', 'svc:GetUnused'],
    },
  ]);
});

function resource(type: string, PolicyDocument: object): object {
  const Properties =
    type === 'ManagedPolicy' ? { PolicyDocument } : { Policies: [{ PolicyName: 'Inline', PolicyDocument }] };
  return { Type: `AWS::IAM::${type}`, Properties };
}

/** The lines of standard error that warn. */
function warnings(stderr: string): string[] {
  return stderr
    .split('\n')
    .flatMap((line) => (line.includes('warning') ? [line.replace(/^iam-policy-refiner: /, '')] : []));
}

function minified(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
