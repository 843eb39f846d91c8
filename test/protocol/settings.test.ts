import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { DidChangeWorkspaceFoldersNotification, FileChangeType } from 'vscode-languageserver/node';
import { ARTICLE_FILES, FINDINGS, POLICY } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';

test('Turned off, the server marks, offers and says nothing', async (t) => {
  const { document } = await openPolicy(t, { settings: { enable: false } });
  assert.deepEqual(await document.diagnostics(), []);
  assert.deepEqual(await document.codeActions('s3:Get*'), []);
  assert.equal(await document.hover('s3:Get*'), undefined);
});

test('Kept actions are neither marked nor counted', async (t) => {
  const { document } = await openPolicy(t, { settings: { keep: ['s3:GetBucket*', 'LAMBDA:addpermission'] } });
  const messages = (await document.diagnostics()).map(({ message }) => message);
  assert.equal(messages.length, 8);
  assert.doesNotMatch(messages.join('\n'), /AddPermission/);
  assert.match(messages.at(-1) ?? '', /8 of 63 granted actions unused/);
});

test('Kept actions stay when a policy is refined', async (t) => {
  const { document } = await openPolicy(t, { settings: { keep: ['s3:*'] } });
  const text = await document.apply((await document.refine()).edit);
  assert.match(text, /"s3:Get\*"/);
  assert.doesNotMatch(text, /lambda:Get/);
});

test('The settings say whose findings apply to which policy', async (t) => {
  const files = {
    'policies/one.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']),
    'policies/two.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']),
    'findings.json': jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] })),
  };
  const client = await startClient(t, { files, settings: { principals: { 'policies/o*.json': 'MyRole' } } });
  const one = await client.open('policies/one.json');
  const two = await client.open('policies/two.json');
  assert.equal((await one.diagnostics()).length, 1);
  assert.match(unescapeMarkdown(await one.hover('s3:GetBucketAcl')), /says so for 'policies\/o\*\.json'/);
  assert.equal((await two.diagnostics()).length, 0);
  await client.configure({ principals: { 'two.json': ['MyRole'] } });
  assert.equal((await one.diagnostics()).length, 0);
  assert.equal((await two.diagnostics()).length, 1);
});

test('The settings say from which age on last-accessed reports call something unused', async (t) => {
  const files = { 'MyRole.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']), 'MyRole.last-accessed.json': REPORT };
  const client = await startClient(t, { files, settings: { unusedAccessAge: 30 } });
  const document = await client.open('MyRole.json');
  assert.equal((await document.diagnostics()).length, 1);
  await client.configure({ unusedAccessAge: 90 });
  assert.equal((await document.diagnostics()).length, 0);
});

test('Exact generalization offers the actions in use and nothing else', async (t) => {
  const { document } = await openPolicy(t, { settings: { generalization: 'exact' } });
  const actions = await document.codeActions('s3:Get*', { only: ['quickfix'] });
  assert.deepEqual(
    actions.map(({ title, isPreferred }) => [title, isPreferred]),
    [
      ["Replace 's3:Get*' with the 41 actions in use", true],
      ['Refine whole policy (30 unused actions)', undefined],
    ],
  );
});

/** A report of AWS: an action was last used 60 days before it was made. */
const REPORT = jsonOf({
  JobStatus: 'COMPLETED',
  JobType: 'ACTION_LEVEL',
  JobCreationDate: '2024-11-20T10:00:00Z',
  JobCompletionDate: '2024-11-20T10:00:05Z',
  ServicesLastAccessed: [
    {
      ServiceName: 'Amazon S3',
      ServiceNamespace: 's3',
      LastAuthenticated: '2024-11-19T10:00:00Z',
      TotalAuthenticatedEntities: 1,
      TrackedActionsLastAccessed: [
        { ActionName: 'GetBucketAcl', LastAccessedTime: '2024-09-21T10:00:00Z' },
        { ActionName: 'GetObject', LastAccessedTime: '2024-11-19T10:00:00Z' },
      ],
    },
  ],
});

/** Values of the setting `findings`, and whether `reports/s3.json` and `unused.findings.json` are used. */
const GLOBS: readonly [globs: string[], marks: number][] = [
  [['reports/*.json'], 1],
  [['**/s3.json'], 1],
  [['reports/s3.json', 'nowhere/*.json'], 1],
  [['./reports/s3.json'], 1],
  [['u*.json'], 9],
  [['elsewhere/**'], 0],
  [[], 0],
  [['../**/*.json'], 0],
  [['!**'], 0],
  [[''], 0],
  [['reports/{s3,lambda}.json'], 1],
];

test('Findings are looked for where the setting says, and nowhere else', async (t) => {
  const files = {
    ...ARTICLE_FILES,
    'reports/s3.json': plainFindings({ s3: ['GetBucketAcl'] }),
    'reports/policy.json': POLICY,
  };
  const client = await startClient(t, { files });
  const document = await client.open('reports/policy.json');
  for (const [globs, marks] of GLOBS) {
    await t.test(`[${globs.map((glob) => `'${glob}'`)}]`, async () => {
      await client.configure({ findings: globs });
      assert.equal((await document.diagnostics()).length, marks);
    });
  }
});

const CATALOGUE = jsonOf({
  date: '2019-01-02',
  services: { s3: ['GetObject', 'GetBucketAcl', 'ListBucket'], lambda: ['GetFunction', 'InvokeFunction'] },
});

test('A catalogue file inside the workspace takes the place of the built-in one', async (t) => {
  const files = { ...ARTICLE_FILES, 'aws/catalogue.json': CATALOGUE, 'findings.json': FINDINGS };
  const { document } = await openPolicy(t, { files, settings: { catalogue: 'aws/catalogue.json' } });
  const { kind, message } = await document.refine();
  assert.equal(kind, 'refined');
  assert.match(message, /of the 5 actions known on 2019-01-02/);
});

/** Catalogue settings that cannot be used, and what is said of each. */
const CATALOGUES: readonly { catalogue: string; content?: string; message: RegExp }[] = [
  { catalogue: '../outside.json', message: /must lie inside the workspace folder/ },
  { catalogue: 'aws/../../outside.json', message: /must lie inside the workspace folder/ },
  { catalogue: '..\\outside.json', message: /'\.\.\\outside\.json'.*(?:must lie inside|ENOENT|no such file)/ },
  { catalogue: '/etc/hostname', message: /must lie inside the workspace folder/ },
  { catalogue: '//evil.example/catalogue.json', message: /must lie inside the workspace folder/ },
  { catalogue: 'https://evil.example/catalogue.json', message: /cannot be used/ },
  { catalogue: 'file:///etc/hostname', message: /cannot be used/ },
  { catalogue: '%2e%2e/outside.json', message: /cannot be used/ },
  { catalogue: 'missing.json', message: /'missing\.json'.*(?:ENOENT|no such file)/ },
  { catalogue: 'aws', message: /'aws'.*it is a folder/ },
  { catalogue: 'aws/catalogue.json', content: '{"date": ', message: /not valid JSON/ },
  { catalogue: 'aws/catalogue.json', content: '[]', message: /"date"/ },
  { catalogue: 'aws/catalogue.json', content: 'null', message: /"date"/ },
  { catalogue: 'aws/catalogue.json', content: '{"date": "2024-11-20"}', message: /"services"/ },
  { catalogue: 'aws/catalogue.json', content: '{"date": "2024-11-20", "services": {"s3": "Get"}}', message: /'s3'/ },
  { catalogue: 'aws/catalogue.json', content: '{"date": "2024-11-20", "services": {"s3": [1]}}', message: /'s3'/ },
];

test('With a catalogue that cannot be used nothing is refined, and the message says why', async (t) => {
  const { client, document } = await openPolicy(t, { files: ARTICLE_FILES });
  await writeFile(path.join(client.folder.root, '..', 'outside.json'), CATALOGUE);
  for (const { catalogue, content = CATALOGUE, message: expected } of CATALOGUES) {
    await t.test(content === CATALOGUE ? catalogue : `${catalogue} that holds ${content}`, async () => {
      await client.folder.write('aws/catalogue.json', content);
      await client.tellFiles(FileChangeType.Changed, 'aws/catalogue.json');
      await client.configure({ catalogue });
      const { kind, message, edit } = await document.refine();
      assert.match(message, expected);
      assert.deepEqual(await document.diagnostics(), []);
      assert.deepEqual(await document.codeActions('s3:Get*'), []);
      assert.deepEqual({ kind, edit }, { kind: 'refused', edit: undefined });
    });
  }
});

test('A catalogue file is read again when it changes on disk', async (t) => {
  const files = { ...ARTICLE_FILES, 'catalogue.json': '{' };
  const { client, document } = await openPolicy(t, { files, settings: { catalogue: 'catalogue.json' } });
  assert.deepEqual(await document.diagnostics(), []);
  await client.folder.write('catalogue.json', CATALOGUE);
  await client.tellFiles(FileChangeType.Changed, 'catalogue.json');
  assert.match((await document.refine()).message, /known on 2019-01-02/);
});

test('Changed settings are asked for anew, and new diagnostics are asked for', async (t) => {
  const { client, document } = await openPolicy(t, {});
  assert.equal((await document.diagnostics())[0]?.severity, 2);
  await client.configure({ severity: 'error' });
  assert.equal((await document.diagnostics())[0]?.severity, 1);
  await client.configure({ enable: false });
  assert.deepEqual(await document.diagnostics(), []);
  await client.configure({ keep: ['lambda:*'] });
  assert.equal((await document.diagnostics()).length, 1);
});

test('Settings are asked for once a document, for its URI and our section', async (t) => {
  const client = await startClient(t, { files: { ...ARTICLE_FILES, 'second.json': POLICY } });
  const scopes: string[] = [];
  client.settingsOf = (scopeUri) => {
    scopes.push(scopeUri);
    return {};
  };
  const documents = [await client.open('policy.json'), await client.open('second.json')];
  for (const document of [...documents, ...documents]) await document.diagnostics();
  assert.deepEqual(scopes, [client.folder.uri('policy.json'), client.folder.uri('second.json')]);
});

test('Each folder of a workspace has settings of its own', async (t) => {
  const files = {
    'one/policy.json': POLICY,
    'one/findings.json': FINDINGS,
    'two/policy.json': POLICY,
    'two/findings.json': FINDINGS,
  };
  const client = await startClient(t, { files });
  client.settingsOf = (scopeUri) => ({ severity: scopeUri.includes('/two/') ? 'hint' : 'error' });
  const severityIn = async (file: string) => (await (await client.open(file)).diagnostics())[0]?.severity;
  assert.equal(await severityIn('one/policy.json'), 1);
  assert.equal(await severityIn('two/policy.json'), 4);
});

test('Settings hold for the innermost folder of the workspace', async (t) => {
  const files = { 'inner/policy.json': POLICY, 'inner/reports/a.findings.json': FINDINGS, 'b.findings.json': FINDINGS };
  const client = await startClient(t, { files });
  const document = await client.open('inner/policy.json');
  assert.equal((await document.diagnostics()).length, 9);
  client.workspaceFolders.push({ uri: client.folder.uri('inner'), name: 'inner' });
  await client.received.refreshes.after(() =>
    client.server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: client.workspaceFolders.slice(1), removed: [] },
    }),
  );
  assert.deepEqual(await document.diagnostics(), []);
});

/** Settings as people write them by hand; each is refused alone, and the default holds. */
const WRONG: Readonly<Record<string, unknown>> = {
  enable: 'no',
  findings: '**/*findings*.json',
  generalization: 'exactly',
  severity: 1,
  catalogue: ['catalogue.json'],
};

for (const [key, value] of Object.entries(WRONG)) {
  test(`A setting '${key}' of a wrong type leaves the others in force`, async (t) => {
    const settings = { keep: ['lambda:AddPermission'], [key]: value };
    const { document } = await openPolicy(t, { settings });
    const diagnostics = await document.diagnostics();
    assert.equal(diagnostics.length, 8);
    assert.equal(diagnostics[0]?.severity, 2);
  });
}

/** Wrong values of settings that keep permissions: with the default in their place, something in use could go. */
const BLOCKING: readonly (readonly [key: string, value: unknown])[] = [
  ['keep', { 's3:*': true }],
  ['keep', ['s3:*', 1]],
  ['keep', true],
  ['principals', 'MyRole'],
  ['principals', ['MyRole']],
  ['principals', { 'policy.json': 'MyRole', 'other.json': 1 }],
  ['principals', { 'policy.json': ['MyRole', null] }],
  ['unusedAccessAge', '180'],
  ['unusedAccessAge', -1],
  ['unusedAccessAge', [180]],
];

for (const [key, value] of BLOCKING) {
  test(`With a setting '${key}' that is ${JSON.stringify(value)} nothing is refined`, async (t) => {
    const { client, document } = await openPolicy(t, { settings: { [key]: value } });
    assert.deepEqual(await document.diagnostics(), []);
    const { kind, message, edit } = await document.refine();
    assert.deepEqual({ kind, edit }, { kind: 'refused', edit: undefined });
    assert.match(message, new RegExp(`your setting "iamPolicyRefiner\\.${key}" must be .*: correct it, or remove it`));
    await client.configure({ [key]: null });
    assert.equal((await document.diagnostics()).length, 9);
  });
}

test("A text for 'keep' is taken for a list of one", async (t) => {
  const { document } = await openPolicy(t, { settings: { keep: 'lambda:AddPermission' } });
  assert.equal((await document.diagnostics()).length, 8);
});

for (const settings of [null, 'on', [], 5]) {
  test(`Settings that are ${JSON.stringify(settings)} are taken for the defaults`, async (t) => {
    const { document } = await openPolicy(t, { settings });
    assert.equal((await document.diagnostics()).length, 9);
  });
}

test('Names such as __proto__ are ordinary settings', async (t) => {
  const settings = JSON.parse(
    '{"__proto__": {"enable": false}, "constructor": 1, "keep": ["__proto__:*", "constructor:toString"]}',
  );
  const { document } = await openPolicy(t, { settings });
  assert.equal((await document.diagnostics()).length, 9);
});

test('A keep pattern that is no action refines nothing, and says so', async (t) => {
  const { document } = await openPolicy(t, { settings: { keep: ['GetBucketAcl'] } });
  assert.deepEqual(await document.diagnostics(), []);
  const { kind, message } = await document.refine();
  assert.equal(kind, 'refused');
  assert.match(message, /'GetBucketAcl' of your setting "iamPolicyRefiner\.keep" is no action such as 's3:GetObject'/);
});

test('Settings that the client failed to give are asked for again', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  let failures = 0;
  client.settingsOf = () => {
    if (failures++ === 0) throw new Error('not ready');
    return {};
  };
  const document = await client.open('policy.json');
  client.expectedErrors = /not ready/;
  await document.diagnostics();
  assert.equal((await document.diagnostics()).length, 9);
});

test('Hostile patterns in the settings cost no time', async (t) => {
  const stars = `s3:${'*a'.repeat(5_000)}`;
  const { document } = await openPolicy(t, { settings: { keep: Array.from({ length: 100 }, () => stars) } });
  assert.equal((await document.diagnostics()).length, 9);
});

test('A policy is judged by the settings of the moment, not of the past', async (t) => {
  const files = { 'policy.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']), 'findings.json': FINDINGS };
  const { client, document } = await openPolicy(t, { files });
  const before = await document.refine();
  assert.equal(before.kind, 'refined');
  await client.configure({ keep: ['s3:GetBucketAcl'] });
  assert.equal((await document.refine()).kind, 'nothing');
  await client.configure({});
  assert.deepEqual(await document.refine(), before);
});

async function openPolicy(t: Parameters<typeof startClient>[0], options: ClientOptions) {
  const client = await startClient(t, { files: ARTICLE_FILES, ...options });
  return { client, document: await client.open('policy.json') };
}
