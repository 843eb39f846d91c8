import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Client, startClient } from './support/client.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';

// With a configuration file the marks of the editor are the problems of `check`, whatever the editor's settings.

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const POLICY = policyOf(['s3:Get*', 's3:PutObject', 'ec2:*'], ['lambda:*', 'iam:GetRole']);

/** A repository in which every rule has a say in whose findings apply. */
const FILES = {
  'iam-policy-refiner.json': jsonOf({
    // Findings of other names than the default, with one that does not count.
    findings: ['exports/**/*.json', '!exports/old/**', 'near/*.json'],
    principals: { 'mapped*.json': ['AppRole', 'AdminRole'], 'nobody.json': [], 'template.json#Mapped': 'AppRole' },
    keep: ['s3:GetObject*', 'ec2:Describe*'],
    generalization: 'exact',
    severity: 'information',
    unusedAccessAge: 30,
    catalogue: 'aws/catalogue.json',
  }),
  'exports/app.json': jsonOf([findingV2('AppRole', { s3: ['GetBucketAcl', 'PutObject'], ec2: null })]),
  'exports/deep/admin.json': jsonOf([findingV2('AdminRole', { s3: ['GetBucketAcl', 'GetObjectAcl'], lambda: null })]),
  'exports/old/other.json': jsonOf([findingV2('OldRole', { s3: null })]),
  'near/list.json': plainFindings({ s3: ['GetBucketAcl'], lambda: null, iam: ['GetRole'] }),
  'aws/catalogue.json': jsonOf({
    date: '2026-01-01',
    services: {
      s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'ListBucket', 'PutObject'],
      ec2: ['DescribeInstances', 'RunInstances'],
      iam: ['GetRole', 'PassRole'],
      lambda: ['GetFunction', 'InvokeFunction'],
    },
  }),
  'mapped-1.json': POLICY,
  'nobody.json': POLICY,
  'near/one.json': POLICY,
  'far/one.json': POLICY,
  'policies/AppRole.json': POLICY,
  'policies/AdminRole/inline.json': POLICY,
  'policies/OldRole.json': POLICY,
  'template.json': jsonOf({
    Resources: Object.fromEntries(
      ['Mapped', 'Other'].map((id) => [
        id,
        { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: JSON.parse(POLICY) } },
      ]),
    ),
  }),
};

test('With a configuration file the editor marks what `check` finds, at the same places', async (t) => {
  const client = await startClient(t, { files: FILES });
  client.settingsOf = () => ({
    findings: ['**/*.json'],
    keep: ['s3:*'],
    principals: { '**': [] },
    catalogue: 'none.json',
  });
  const found = check(client, '.');
  assert.deepEqual([...found.keys()].filter((file) => (found.get(file) ?? []).length > 0).sort(), [
    'mapped-1.json',
    'near/one.json',
    'policies/AdminRole/inline.json',
    'policies/AppRole.json',
    'template.json',
  ]);
  for (const [file, problems] of found) {
    const marks = await (await client.open(file)).diagnostics();
    assert.deepEqual(marks.map(describe), problems, file);
    assert.ok(marks.every(({ severity }) => severity === 3));
  }
});

test('`check` finds the same from a folder inside, and of one file', async (t) => {
  const client = await startClient(t, { files: FILES });
  const all = check(client, '.');
  assert.deepEqual(
    check(client, 'inline.json', 'policies/AdminRole').get('inline.json'),
    all.get('policies/AdminRole/inline.json'),
  );
  assert.deepEqual(check(client, 'near/one.json').get('near/one.json'), all.get('near/one.json'));
  assert.deepEqual(check(client, 'far/one.json').get('far/one.json'), []);
});

/** What `check` says of each file, as code, message and place. */
function check({ folder }: Client, path: string, cwd = ''): ReadonlyMap<string, string[]> {
  const args = [CLI, 'check', path, '--format', 'json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder.path(cwd), encoding: 'utf8' });
  assert.ok(status === 0 || status === 1, stderr);
  const { results } = JSON.parse(stdout) as { results: readonly { file: string; marks: readonly Mark[] }[] };
  const found = new Map<string, string[]>();
  for (const { file, marks } of results) {
    const described = marks.map(
      ({ code, message, line, column, endLine, endColumn }) =>
        `${code} ${message} ${line}:${column}-${endLine}:${endColumn}`,
    );
    found.set(file, [...(found.get(file) ?? []), ...described]);
  }
  return found;
}

interface Mark {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A diagnostic in the same words: places are counted from 1 there. */
function describe({ code, message, range: { start, end } }: Diagnostic): string {
  return `${code} ${message} ${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}
