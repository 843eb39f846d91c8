import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS, type SettlementChoice } from '../../server/src/protocol.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { findingV2, jsonOf, policyOf, roleArn } from './support/samples.ts';
import { template } from './support/template.ts';

const ORDERS = template({ '${AWS::StackName}-orders': ['s3:GetBucketAcl', 's3:GetObject'] });
const KEY = './t.json#ordersResource';
const POINTER = '/Resources/ordersResource/Properties/Policies/0/PolicyDocument';

test('What is likely can be confirmed, and then it is certain', async (t) => {
  const { client, document } = await openFirst(t, { 't.json': ORDERS, 'findings.json': about('prod-orders') });
  assert.deepEqual(await document.diagnostics(), []);
  const { kind, settlements, why } = await document.settlements({ at: '"s3:GetObject"' });
  assert.equal(kind, 'likely');
  assert.match(why, /called '\*-orders' fits/);
  assert.deepEqual(settlements, [
    {
      setting: 'principals',
      title: "Confirm that this policy is prod-orders's",
      whose: 'prod-orders (123456789012)',
      line: `"principals": {"${KEY}": "prod-orders"}`,
      value: { [KEY]: 'prod-orders' },
    },
    {
      setting: 'match',
      title: 'Apply findings wherever it is likely whose a policy is',
      line: '"match": "likely"',
      value: 'likely',
    },
  ] satisfies SettlementChoice[]);
  for (const { setting, value } of settlements) {
    await client.configure({ [setting]: value });
    assert.equal((await document.diagnostics()).length, 1, setting);
    await client.configure({});
    assert.equal((await document.diagnostics()).length, 0);
  }
});

test('Of several who could be meant each can be confirmed', async (t) => {
  const findings = jsonOf([
    findingV2('App', { s3: ['GetBucketAcl'] }),
    findingV2('App', { s3: ['GetBucketAcl'] }, { id: 'second', resource: roleArn('App', '222222222222') }),
  ]);
  const app = template({ App: ['s3:GetBucketAcl', 's3:GetObject'] });
  const files = { 'a/t.json': app, 'b/t.json': app, 'c/t.json': app, 'findings.json': findings };
  const { client, document } = await openFirst(t, files);
  const { kind, settlements } = await document.settlements({ at: '"s3:GetObject"' });
  assert.equal(kind, 'ambiguous');
  const [first, second, accounts, ...others] = settlements;
  assert.deepEqual(others, []);
  assert.equal(first?.title, "Confirm that this policy is App (123456789012)'s");
  assert.equal(second?.title, "Confirm that this policy is App (222222222222)'s");
  assert.deepEqual(second?.value, { 'a/t.json#AppResource': roleArn('App', '222222222222') });
  assert.equal(accounts?.title, "Say which account each of 'a/**', 'b/**' and 1 other is deployed to…");
  assert.deepEqual(accounts?.open, ['a/**', 'b/**', 'c/**']);
  await client.configure({ principals: second?.value });
  assert.match((await document.status())?.accounts.join() ?? '', /^222222222222$/);
});

test('Copies for tests can be excluded, by globs that lead on from where they are written', async (t) => {
  const app = template({ App: ['s3:GetBucketAcl', 's3:GetObject'] });
  const files = { 'svc/t.json': app, 'svc/test/t.json': app, 'svc/findings.json': about('App'), '.git/HEAD': '' };
  const client = await startClient(t, { files, initialize: inFolder('svc') });
  const document = await client.open('svc/t.json');
  const { kind, settlements } = await document.settlements({ at: '"s3:GetObject"' });
  assert.equal(kind, 'likely');
  const [exclude] = settlements;
  assert.equal(exclude?.title, "Exclude 'test/**' from the repository");
  await client.configure({ exclude: exclude?.value });
  assert.equal((await document.diagnostics()).length, 1);
  const config = '{"exclude": []}';
  await client.folder.write('iam-policy-refiner.json', config);
  await client.configure({});
  await client.notifyFiles(1, client.folder.uri('iam-policy-refiner.json'));
  const again = await document.settlements({ at: '"s3:GetObject"' });
  assert.deepEqual(again.settlements[0]?.value, ['svc/test/**']);
});

test('What speaks of a policy leads on from the configuration file that says "principals"', async (t) => {
  const files = {
    'svc/t.json': ORDERS,
    'svc/findings.json': about('prod-orders'),
    'svc/iam-policy-refiner.json': '{"principals": {}}',
  };
  const { document } = await openFirst(t, files);
  const [confirm] = (await document.settlements({ pointer: POINTER })).settlements;
  assert.deepEqual(confirm?.value, { [KEY]: 'prod-orders' });
});

test('Where nobody can say whose it is, the user is to choose', async (t) => {
  const { document } = await openFirst(t, { 'x.json': policyOf(['s3:*']), 'findings.json': about('App') });
  const { kind, settlements, refusal } = await document.settlements();
  assert.deepEqual([kind, refusal], ['none', undefined]);
  assert.deepEqual(
    settlements.map(({ title, open }) => [title, open]),
    [['Choose principal…', ['./x.json']]],
  );
});

test('Of what is certain nothing is to be settled', async (t) => {
  const { document } = await openFirst(t, { 'App.json': policyOf(['s3:*']), 'findings.json': about('App') });
  const { kind, settlements } = await document.settlements();
  assert.deepEqual([kind, settlements], ['certain', []]);
});

test('A role that the code names and of which there are no findings is nobody else', async (t) => {
  const app = template({ App: ['s3:GetObject'] });
  const { document } = await openFirst(t, { 't.json': app, 'findings.json': about('Other') });
  const { kind, settlements } = await document.settlements({ at: '"s3:GetObject"' });
  assert.deepEqual([kind, settlements], ['none', []]);
  const { refusal } = await document.principals({ at: '"s3:GetObject"' });
  assert.match(refusal ?? '', /^There is nobody to choose: this policy belongs to the role 'App', for which/);
});

test('What cannot be settled says why', async (t) => {
  const files = { 't.json': ORDERS, 'findings.json': about('prod-orders') };
  const { client, document } = await openFirst(t, files);
  assert.match(
    (await document.settlements({ pointer: '/x' })).refusal ?? '',
    /^The policy that was meant is no longer there/,
  );
  assert.match((await document.settlements({ at: 'sts:AssumeRole' })).refusal ?? '', /identity policies only/);
  await client.configure({ catalogue: 'nowhere.json' });
  assert.match((await document.settlements({ pointer: POINTER })).refusal ?? '', /^Nothing can be confirmed, because/);
  const outside = await client.openUri('file:///elsewhere/p.json', policyOf(['s3:*']));
  assert.match((await outside.settlements()).refusal ?? '', /^Open the folder that holds this file/);
});

test('Quick fixes on a policy say what settles whose it is, in the order of what is wanted most', async (t) => {
  const app = template({ App: ['s3:GetBucketAcl', 's3:GetObject'] });
  const files = { 't.json': app, 'test/t.json': app, 'findings.json': about('App') };
  const { document } = await openFirst(t, files, WITH_COMMANDS);
  const actions = await document.codeActions('"s3:GetObject"', { only: ['quickfix'] });
  const { uri } = document;
  const pointer = '/Resources/AppResource/Properties/Policies/0/PolicyDocument';
  assert.deepEqual(
    actions.map(({ title, command, ...rest }) => [title, command?.command, command?.arguments?.[0], rest]),
    [
      [
        "Confirm that this policy is App's",
        COMMANDS.confirmPrincipal,
        { uri, pointer, line: '"principals": {"./t.json#AppResource": "App"}' },
        { kind: 'quickfix' },
      ],
      ['Choose principal…', COMMANDS.choosePrincipal, { uri, pointer }, { kind: 'quickfix' }],
      [
        "Exclude 'test/**' from the repository",
        COMMANDS.confirmPrincipal,
        { uri, pointer, line: '"exclude": ["test/**"]' },
        { kind: 'quickfix' },
      ],
      [
        'Apply findings wherever it is likely whose a policy is',
        COMMANDS.confirmPrincipal,
        { uri, pointer, line: '"match": "likely"' },
        { kind: 'quickfix' },
      ],
    ],
  );
  assert.deepEqual(await document.codeActions('"s3:GetObject"', { only: ['source.fixAll'] }), []);
  assert.deepEqual(await document.codeActions('AWSTemplateFormatVersion', { only: ['quickfix'] }), []);
  assert.deepEqual(await document.codeActions('sts:AssumeRole', { only: ['quickfix'] }), []);
});

test('A client without our commands is offered nothing that would run one', async (t) => {
  const { document } = await openFirst(t, { 't.json': ORDERS, 'findings.json': about('prod-orders') });
  const actions = await document.codeActions('"s3:GetObject"');
  assert.deepEqual(
    actions.filter(({ command }) => command !== undefined),
    [],
  );
});

test('Where several could be meant, or nobody, quick fixes say so; where the user has no say there are none', async (t) => {
  const app = template({ App: ['s3:GetObject'] });
  const files = {
    'x.json': policyOf(['s3:GetObject']),
    'a/t.json': app,
    'b/t.json': app,
    'c.json': template({ Lonely: ['s3:GetObject'] }),
    'findings.json': about('App'),
  };
  const client = await startClient(t, { ...WITH_COMMANDS, files });
  const titles = async (file: string) =>
    (await (await client.open(file)).codeActions('"s3:GetObject"')).map(({ title }) => title);
  assert.deepEqual(await titles('x.json'), ['Choose principal…']);
  assert.deepEqual(await titles('a/t.json'), [
    "Confirm that this policy is App's",
    'Choose principal…',
    "Say which account each of 'a/**' and 'b/**' is deployed to…",
  ]);
  assert.deepEqual(await titles('c.json'), []);
});

/** Findings about a role of this name. */
function about(name: string): string {
  return jsonOf([findingV2(name, { s3: ['GetBucketAcl'] })]);
}

/** Opens no more than a folder of the workspace. */
function inFolder(name: string): NonNullable<ClientOptions['initialize']> {
  return (params) => {
    const uri = `${params.rootUri}/${name}`;
    return { ...params, rootUri: uri, workspaceFolders: [{ uri, name }] };
  };
}

async function openFirst(
  t: Parameters<typeof startClient>[0],
  files: NonNullable<ClientOptions['files']>,
  options: ClientOptions = {},
) {
  const client = await startClient(t, { ...options, files });
  return { client, document: await client.open(Object.keys(files)[0] ?? '') };
}
