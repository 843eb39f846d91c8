import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientOptions, startClient } from './support/client.ts';
import { findingV2, jsonOf, plainFindings, policyOf, roleArn } from './support/samples.ts';
import { template } from './support/template.ts';

const POLICY = policyOf(['s3:GetBucketAcl', 's3:GetObject']);
const FINDINGS = jsonOf([
  findingV2('Other', { s3: ['GetObject'] }),
  findingV2('AppRole', { s3: ['GetBucketAcl'], sqs: null }),
]);

test('The principals are those that the findings are about, with how much is unused, the likely ones first', async (t) => {
  const { document } = await openFirst(t, { 'roles/app.json': POLICY, 'findings.json': FINDINGS });
  const { principals, keys, refusal } = await document.principals();
  assert.equal(refusal, undefined);
  assert.deepEqual(keys, ['roles/app.json', 'roles/**']);
  const common = { kind: 'role', account: '123456789012', usesNothing: false, isCurrent: false };
  assert.deepEqual(principals, [
    { id: roleArn('AppRole'), name: 'AppRole', ...common, unused: { actions: 1, services: 1 } },
    { id: roleArn('Other'), name: 'Other', ...common, unused: { actions: 1, services: 0 } },
  ]);
});

test('A key that was given, with a principal that was given, makes the findings apply', async (t) => {
  const { client, document } = await openFirst(t, { 'dir/[id].json': POLICY, 'findings.json': FINDINGS });
  const { principals, keys } = await document.principals();
  const app = principals.find(({ name }) => name === 'AppRole');
  for (const key of keys) {
    assert.deepEqual(await document.diagnostics(), []);
    await client.configure({ principals: { [key]: [app?.id] } });
    assert.equal((await document.diagnostics()).length, 1);
    const again = await document.principals();
    assert.deepEqual(
      again.principals.map(({ isCurrent }) => isCurrent),
      [true, false],
    );
    await client.configure({});
  }
});

test('In a template the policy at the cursor, or the one that is named, has a key of its own', async (t) => {
  const roles = { App: ['s3:Get*'], Job: ['s3:Get*'] };
  const { document } = await openFirst(t, { 'template.json': template(roles), 'findings.json': FINDINGS });
  const policies = JSON.parse(document.text).Resources;
  assert.ok(policies.JobResource);
  const pointer = '/Resources/JobResource/Properties/Policies/0/PolicyDocument';
  assert.deepEqual((await document.principals({ pointer })).keys, ['./template.json#JobResource']);
  assert.deepEqual((await document.principals({ pointer: `${pointer}/Statement/0` })).keys, [
    './template.json#JobResource',
  ]);
  assert.deepEqual((await document.principals({ at: '"s3:Get*"' })).keys, ['./template.json#AppResource']);
});

/** Where nobody can be chosen, and what is said of it. */
const REFUSALS: Readonly<Record<string, [files: Record<string, string>, target: object, refusal: RegExp]>> = {
  'there are no findings': [{ 'p.json': POLICY }, {}, /^There is nobody to choose: no findings file was found/],
  'the findings name nobody': [
    { 'p.json': POLICY, 'findings.json': plainFindings({ s3: null }) },
    {},
    /^There is nobody to choose/,
  ],
  'there is no policy': [{ 'p.json': '{}', 'findings.json': FINDINGS }, {}, /^There is no IAM policy here$/],
  'the cursor stands beside all policies': [
    { 'p.json': template({ A: ['s3:*'], B: ['s3:*'] }), 'findings.json': FINDINGS },
    { at: 'AWSTemplateFormatVersion' },
    /^Put the cursor into one of the policies/,
  ],
  'the policy is none of a role or user': [
    { 'p.json': template({ A: ['s3:*'] }), 'findings.json': FINDINGS },
    { at: 'sts:AssumeRole' },
    /identity policies only/,
  ],
  'the pointer is older than the text': [
    { 'p.json': POLICY, 'findings.json': FINDINGS },
    { pointer: '/Statement/7' },
    /^There is no IAM policy here$/,
  ],
};

for (const [name, [files, target, refusal]] of Object.entries(REFUSALS)) {
  test(`Nobody can be chosen when ${name}, and the answer says so`, async (t) => {
    const { document } = await openFirst(t, files);
    const answer = await document.principals(target);
    assert.match(answer.refusal ?? '', refusal);
    assert.deepEqual([answer.principals, answer.keys], [[], []]);
  });
}

test('Nobody can be chosen for a file outside of all workspace folders', async (t) => {
  const { client } = await openFirst(t, { 'p.json': POLICY, 'findings.json': FINDINGS });
  const document = await client.openUri('file:///elsewhere/p.json', POLICY);
  assert.match((await document.principals()).refusal ?? '', /^Open the folder that holds this file/);
});

async function openFirst(t: Parameters<typeof startClient>[0], files: NonNullable<ClientOptions['files']>) {
  const client = await startClient(t, { files });
  return { client, document: await client.open(Object.keys(files)[0] ?? '') };
}
