import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { obtainProgram } from '../programs/obtainPrograms.mjs';
import { findingV2, roleArn } from '../protocol/support/samples.ts';
import { Folder } from '../support/cli.ts';

// What docs/streaming.md tells people to type is run here, with the tools that it speaks of.

const atRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const EXAMPLES = readFileSync(atRoot('examples/streaming/policies.ndjson'), 'utf8');

const blocks = [...readFileSync(atRoot('docs/streaming.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .map(([, block = '']) => block)
  .filter((block) => !/\baws /.test(block));

const statement = (...Action: readonly string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const arn = (name: string) => `arn:aws:iam::123456789012:${name}`;
const managed = (name: string, policy: object, boundaries = 0) => ({
  Arn: arn(`policy/${name}`),
  PermissionsBoundaryUsageCount: boundaries,
  PolicyVersionList: [
    { VersionId: 'v2', IsDefaultVersion: true, Document: policy },
    { VersionId: 'v1', IsDefaultVersion: false, Document: statement('*') },
  ],
});
const attached = (...names: readonly string[]) => names.map((name) => ({ PolicyArn: arn(`policy/${name}`) }));

/** An answer of `aws iam get-account-authorization-details`, as far as it matters. */
const account = {
  UserDetailList: [
    {
      Arn: arn('user/ann'),
      UserPolicyList: [{ PolicyName: 'Own', PolicyDocument: statement('sqs:*') }],
      AttachedManagedPolicies: [],
    },
    // A user without inline policies has no list of them.
    { Arn: arn('user/bob'), AttachedManagedPolicies: [] },
  ],
  GroupDetailList: [{ AttachedManagedPolicies: attached('OfGroup') }],
  RoleDetailList: [
    {
      Arn: roleArn('App'),
      RolePolicyList: [{ PolicyName: 'Inline', PolicyDocument: statement('s3:PutObject', 's3:GetObject') }],
      AttachedManagedPolicies: [...attached('Shared'), { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    },
    { Arn: roleArn('Job'), RolePolicyList: [], AttachedManagedPolicies: attached('Shared') },
  ],
  Policies: [
    managed('Shared', statement('s3:PutObject', 's3:ListBucket', 's3:GetObject')),
    managed('OfGroup', statement('s3:PutObject', 's3:GetObject')),
    managed('OfNobody', statement('s3:PutObject', 's3:GetObject')),
    managed('Boundary', statement('s3:PutObject', 's3:GetObject'), 1),
    { ...managed('', statement('s3:PutObject')), Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  ],
};

/** Answers one after another, as a shell loop writes them. */
const findings = [findingV2('App', { s3: ['PutObject', 'ListBucket'] }), findingV2('Job', { s3: ['PutObject'] })]
  .map((finding) => JSON.stringify(finding, null, 2))
  .join('\n');

/** What is removed from each policy of the account. */
const REMOVED = {
  [`${roleArn('App')}#Inline`]: ['s3:PutObject'],
  [`${arn('user/ann')}#Own`]: [],
  [arn('policy/Shared')]: ['s3:PutObject'],
  [arn('policy/OfNobody')]: [],
};

/** Runs a block of the page in a folder that has the files it speaks of. */
function runBlock(folder: Folder, word: string, env: NodeJS.ProcessEnv = {}): string {
  const block = blocks.find((text) => text.includes(word)) ?? assert.fail(`no block has '${word}'`);
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-e', '-c', block], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder.path}/bin:${process.env.PATH}`, ...env },
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

function folderFor(t: TestContext): Folder {
  const folder = new Folder(t, {
    'policies.ndjson': EXAMPLES,
    'account.json': JSON.stringify(account),
    'findings.json': findings,
    'bin/iam-policy-refiner': `#!/bin/sh\nexec "${process.execPath}" "${atRoot('dist/cli.js')}" "$@"\n`,
  });
  chmodSync(folder.at('bin/iam-policy-refiner'), 0o755);
  return folder;
}

/** The examples, refined in one run. */
function refinedExamples(folder: Folder): string {
  return folder.run('refine --ndjson', EXAMPLES).stdout;
}

function removedIn(rows: string): Record<string, string[]> {
  const parsed = rows
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row) as { id: string; entries: { entry: string }[] });
  return Object.fromEntries(parsed.map(({ id, entries }) => [id, entries.map(({ entry }) => entry)]));
}

describe('What the page on streams tells people to type', () => {
  test('refines a stream', (t) => {
    const folder = folderFor(t);
    runBlock(folder, 'iam-policy-refiner refine');
    assert.equal(folder.read('refined.ndjson'), refinedExamples(folder));
    assert.notEqual(folder.read('refined.ndjson'), '');
  });

  test('refines a stream in parts', (t) => {
    const folder = folderFor(t);
    runBlock(folder, 'xargs');
    assert.equal(folder.read('refined.ndjson'), refinedExamples(folder));
  });

  test('refines one part of a stream', (t) => {
    const folder = folderFor(t);
    runBlock(folder, 'AWS_BATCH', { AWS_BATCH_JOB_ARRAY_INDEX: '0' });
    assert.equal(folder.read('refined.ndjson'), `${refinedExamples(folder).split('\n')[0]}\n`);
  });

  test('refines a stream on many cores', (t) => {
    obtainProgram('parallel');
    const folder = folderFor(t);
    runBlock(folder, 'parallel --pipe');
    assert.equal(folder.read('refined.ndjson'), refinedExamples(folder));
  });

  test("makes lines of AWS's exports, refines them, and says what came of it", (t) => {
    obtainProgram('jq');
    const folder = folderFor(t);
    runBlock(folder, '.RoleDetailList[]');
    assert.deepEqual(removedIn(folder.read('refined.ndjson')), REMOVED);
    const said = runBlock(folder, 'entriesChanged');
    assert.match(said, /role\/App#Inline: 1 of 2 actions removed\n.*policy\/Shared: 1 of 3 actions removed\n$/);
  });

  test('puts the findings into the lines, to the same effect', (t) => {
    obtainProgram('jq');
    const folder = folderFor(t);
    runBlock(folder, '.RoleDetailList[]');
    const before = folder.read('refined.ndjson');
    runBlock(folder, '--slurpfile');
    assert.equal(folder.read('refined.ndjson'), before);
  });

  test('is all run here, but for the commands of AWS', () => {
    const run = ['< policies.ndjson > refined.ndjson', 'xargs', 'AWS_BATCH', 'entriesChanged', '--slurpfile'];
    assert.deepEqual(
      blocks.filter((block) => !run.some((word) => block.includes(word))),
      [],
    );
  });
});
