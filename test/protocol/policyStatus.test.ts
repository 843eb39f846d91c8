import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileChangeType, type InitializeParams } from 'vscode-languageserver/node';
import type { PolicyStatus } from '../../server/src/protocol.ts';
import { type Client, type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';

const UNUSED = { s3: ['GetBucketAcl', 'PutObject'], sqs: null };

test('The status says whose policy it is, why, by which findings, and how much of it is unused', async (t) => {
  const { document } = await openRole(t);
  const status = await document.status();
  assert.equal(status?.kind, 'matched');
  assert.deepEqual(status.principals, ['AppRole']);
  assert.deepEqual(status.accounts, ['123456789012']);
  assert.equal(status.why, "it lies in the folder 'AppRole'");
  assert.deepEqual([status.totals?.granted, status.totals?.unused], [2, 1]);
  assert.equal(status.findings.length, 1);
  const [source] = status.findings;
  assert.match(source?.uri ?? '', /\/roles\.findings\.json$/);
  assert.equal(source?.analyzedOn, '2024-05-29');
  assert((source?.age ?? 0) > 700);
  assert.match(status.catalogue.date, /^\d{4}-\d\d-\d\d$/);
  assert(status.catalogue.actions > 20_000);
  assert.deepEqual(status.target, { uri: document.uri, pointer: '' });
});

test('Once the policies of the folder are read, the status says what none of them grants', async (t) => {
  const { client, document } = await openRole(t);
  const status = await askUntilKnown(client, document);
  assert.deepEqual(status.notGranted, [
    {
      message: 'AppRole: 1 of 2 reported actions and 1 of 1 service reported as a whole are granted by no policy here',
      actions: ['s3:PutObject', 'sqs:*'],
    },
  ]);
});

test('What another policy of the same role grants counts, and follows the disk', async (t) => {
  const { client, document } = await openRole(t);
  await askUntilKnown(client, document);
  await client.folder.write('roles/AppRole/more.json', policyOf(['s3:Put*', 'sqs:SendMessage']));
  await changed(client, () => client.tellFiles(FileChangeType.Created, 'roles/AppRole/more.json'));
  assert.deepEqual((await askUntil(client, document, ({ notGranted }) => notGranted?.length === 0)).notGranted, []);
  await client.folder.delete('roles/AppRole/more.json');
  await changed(client, () => client.tellFiles(FileChangeType.Deleted, 'roles/AppRole/more.json'));
  await askUntil(client, document, ({ notGranted }) => notGranted?.length === 1);
});

test('What stands in the editor counts, saved or not', async (t) => {
  const { client, document } = await openRole(t);
  await askUntilKnown(client, document);
  await document.replace('"s3:GetBucketAcl"', '"s3:GetBucketAcl", "s3:PutObject", "sqs:*"');
  await askUntil(client, document, ({ notGranted }) => notGranted?.length === 0);
});

test('The managed policies that the code attaches are named as a likely source', async (t) => {
  const [, roles] = Object.entries(JSON.parse(template({ AppRole: ['s3:GetBucketAcl'] })))[1] as [string, object];
  const role = Object.values(roles)[0] as { Properties: Record<string, unknown> };
  role.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonS3FullAccess'];
  const { client, document } = await openRole(t, { 'template.json': jsonOf({ Resources: roles }) }, 'template.json');
  const { notGranted } = await askUntilKnown(client, document);
  assert.match(notGranted?.[0]?.message ?? '', /likely by the attached AWS managed policy 'AmazonS3FullAccess'$/);
});

test('Of several policies in a file the status is that of the one at the cursor', async (t) => {
  const files = {
    'template.json': template({ AppRole: ['s3:GetBucketAcl'], OtherRole: ['s3:PutObject'] }),
    'roles.findings.json': jsonOf([findingV2('AppRole', UNUSED), findingV2('OtherRole', UNUSED)]),
  };
  const client = await startClient(t, { files, initialize: withCommands });
  const document = await client.open('template.json');
  assert.deepEqual((await document.status('"s3:GetBucketAcl"'))?.principals, ['AppRole']);
  assert.deepEqual((await document.status('"s3:PutObject"'))?.principals, ['OtherRole']);
  assert.deepEqual((await document.status())?.principals, ['AppRole']);
});

test('Without findings the status says why, and names nobody', async (t) => {
  const client = await startClient(t, { files: { 'policy.json': policyOf(['s3:*']) }, initialize: withCommands });
  const status = await (await client.open('policy.json')).status();
  assert.equal(status?.kind, 'unmatched');
  assert.equal(status.why, 'no findings file was found');
  assert.deepEqual([status.principals, status.findings, status.totals], [[], [], undefined]);
});

test('A setting that stands in the way is told from findings that do not exist', async (t) => {
  const settings = { keep: ['no action'] };
  const status = await (await openRole(t, {}, undefined, settings)).document.status();
  assert.equal(status?.kind, 'blocked');
  assert.match(status.why, /'no action' of your setting "iamPolicyRefiner.keep"/);
});

test('While findings are read that take long the status says so, and it is told when they are read', async (t) => {
  const padding = ' '.repeat(3_000_000);
  const files = {
    'AppRole.json': policyOf(['s3:GetBucketAcl']),
    'roles.findings.json': `${padding}${jsonOf([findingV2('AppRole', UNUSED)])}`,
  };
  const client = await startClient(t, { files, initialize: withCommands });
  const document = await client.open('AppRole.json');
  const first = await document.status();
  assert.deepEqual([first?.kind, first?.why], ['blocked', 'the findings are still being read']);
  assert.deepEqual((await askUntil(client, document, ({ kind }) => kind === 'matched')).principals, ['AppRole']);
});

test('Findings that name nobody have a status without principals', async (t) => {
  const files = { 'policy.json': policyOf(['s3:GetBucketAcl']), 'findings.json': plainFindings(UNUSED_NAMES) };
  const client = await startClient(t, { files, initialize: withCommands });
  const status = await (await client.open('policy.json')).status();
  assert.deepEqual([status?.kind, status?.principals, status?.notGranted], ['matched', [], undefined]);
  assert.deepEqual(
    status?.findings.map(({ analyzedOn }) => analyzedOn),
    [undefined],
  );
});

test('A file without a policy has no status', async (t) => {
  const client = await startClient(t, { files: { 'package.json': '{"name": "x"}' }, initialize: withCommands });
  assert.equal(await (await client.open('package.json')).status(), null);
});

test('A client that does not know the notification of changes gets none', async (t) => {
  const client = await startClient(t, { files: { 'roles.findings.json': '[]' } });
  await client.tellFiles(FileChangeType.Changed, 'roles.findings.json');
  assert.equal(client.received.changes.all.length, 0);
});

const UNUSED_NAMES = { s3: ['GetBucketAcl'] };

function withCommands(params: InitializeParams): InitializeParams {
  return { ...params, initializationOptions: { commands: true } };
}

/** Opens the one policy of AppRole, for whom findings are there. */
async function openRole(
  t: { after(stop: () => Promise<void>): void },
  files: ClientOptions['files'] = {},
  open = 'roles/AppRole/inline.json',
  settings: unknown = {},
): Promise<{ client: Client; document: OpenDocument }> {
  const own = { 'roles/AppRole/inline.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']) };
  const findings = { 'roles.findings.json': jsonOf([findingV2('AppRole', UNUSED), findingV2('Other', { ec2: null })]) };
  const all = { ...(open in files ? {} : own), ...files, ...findings };
  const client = await startClient(t, { files: all, settings, initialize: withCommands });
  return { client, document: await client.open(open) };
}

function askUntilKnown(client: Client, document: OpenDocument): Promise<PolicyStatus> {
  return askUntil(client, document, ({ notGranted }) => notGranted !== undefined);
}

/** Asks, and again whenever the server says that something changed, until the status is as expected. */
async function askUntil(
  client: Client,
  document: OpenDocument,
  isExpected: (status: PolicyStatus) => boolean,
): Promise<PolicyStatus> {
  for (;;) {
    const seen = client.received.changes.all.length;
    const status = await document.status();
    if (status && isExpected(status)) return status;
    if (client.received.changes.all.length === seen) await client.received.changes.after(() => {});
  }
}

function changed(client: Client, action: () => Promise<void>): Promise<unknown> {
  return client.received.changes.after(action);
}
