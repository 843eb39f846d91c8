import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodeLens, FileChangeType } from 'vscode-languageserver/node';
import { ARTICLE_FILES, FINDINGS, POLICY } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';

test("The article's policy and its statements say how much of them is unused", async (t) => {
  const { document } = await openFirst(t, { files: ARTICLE_FILES });
  const lenses = await document.codeLenses();
  assert.deepEqual(titlesOf(lenses), [
    '30 of 92 granted actions unused',
    'Refine',
    'Preview',
    '8 of 11 granted actions unused',
    'Refine',
    'Preview',
    '22 of 81 granted actions unused',
    'Refine',
    'Preview',
  ]);
  assert.match(lenses[0]?.command?.tooltip ?? '', /'unused\.findings\.json' names no principal/);
});

test('A lens gives its command what the request to refine takes', async (t) => {
  const { document } = await openFirst(t, { files: ARTICLE_FILES });
  const lenses = await document.codeLenses();
  const [policy, statement] = lenses.filter(({ command }) => command?.command === 'iamPolicyRefiner.refinePolicy');
  assert.deepEqual(policy?.command?.arguments, [{ uri: document.uri, pointer: '' }]);
  assert.deepEqual(statement?.command?.arguments, [{ uri: document.uri, pointer: '/Statement/0' }]);
  const { message } = await document.refineTarget('/Statement/0');
  assert.match(message, /^8 unused actions removed, 1 statement rewritten/);
});

test('The lenses follow the text', async (t) => {
  const { document } = await openFirst(t, { files: ARTICLE_FILES });
  await document.replace('        "lambda:AddPermission",\n', '');
  assert.equal(titlesOf(await document.codeLenses())[0], '29 of 91 granted actions unused');
});

test('A client without our commands is offered no lenses, and gets none', async (t) => {
  const client = await startClient(t, {
    files: ARTICLE_FILES,
    initialize: (params) => ({ ...params, initializationOptions: { commands: 'yes' } }),
  });
  const document = await client.open('policy.json');
  assert.deepEqual(await document.codeLenses(), []);
  await client.configure({});
  assert.deepEqual(client.received.lensRefreshes.all, []);
});

test('The setting turns lenses off and on, and the client is told', async (t) => {
  const { client, document } = await openFirst(t, { files: ARTICLE_FILES, settings: { codeLens: { enable: false } } });
  assert.deepEqual(await document.codeLenses(), []);
  await client.received.lensRefreshes.after(() => client.configure({}));
  assert.equal((await document.codeLenses()).length, 9);
  await client.received.lensRefreshes.after(() => client.configure({ enable: false }));
  assert.deepEqual(await document.codeLenses(), []);
});

test('The client is told when findings change', async (t) => {
  const { client, document } = await openFirst(t, { files: ARTICLE_FILES });
  assert.equal((await document.codeLenses()).length, 9);
  await client.folder.write('unused.findings.json', plainFindings({ s3: ['GetObject'] }));
  await client.received.lensRefreshes.after(() =>
    client.notifyFiles(FileChangeType.Changed, client.folder.uri('unused.findings.json')),
  );
  assert.equal(titlesOf(await document.codeLenses())[0], '1 of 92 granted actions unused');
});

test('A client that cannot ask again is told nothing', async (t) => {
  const { client } = await openFirst(t, {
    files: ARTICLE_FILES,
    initialize: (params) => {
      const own = WITH_COMMANDS.initialize(params);
      const workspace = { ...own.capabilities.workspace, codeLens: {} };
      return { ...own, capabilities: { ...own.capabilities, workspace } };
    },
  });
  await client.configure({});
  assert.deepEqual(client.received.lensRefreshes.all, []);
});

/** Findings that take longer to read than somebody who cannot wait would. */
const LONG = plainFindings({ s3: ['GetObject', ...Array.from({ length: 150_000 }, (_, index) => `MadeUp${index}`)] });

test('Lenses that are shown stay until findings that take long to read are read', async (t) => {
  const { client, document } = await openFirst(t, { files: ARTICLE_FILES });
  assert.equal((await document.codeLenses()).length, 9);
  await client.folder.write('unused.findings.json', LONG);
  await client.received.lensRefreshes.after(() =>
    client.notifyFiles(FileChangeType.Changed, client.folder.uri('unused.findings.json')),
  );
  assert.equal(titlesOf(await document.codeLenses())[0], '1 of 92 granted actions unused');
});

test('Nobody waits for findings that take long to read: the lenses come when they are read', async (t) => {
  const { client, document } = await openFirst(t, { files: { 'policy.json': POLICY, 'long.findings.json': LONG } });
  let lenses: CodeLens[] = [];
  await client.received.lensRefreshes.after(async () => {
    lenses = await document.codeLenses();
  });
  assert.deepEqual(lenses, []);
  assert.equal(titlesOf(await document.codeLenses())[0], '1 of 92 granted actions unused');
});

test('A policy to which no findings apply says so where there is somebody to choose', async (t) => {
  const findings = jsonOf(findingV2('Other', { s3: null }));
  const { client, document } = await openFirst(t, {
    files: { 'policy.json': policyOf(['s3:Get*']), 'findings.json': findings },
  });
  assert.deepEqual(titlesOf(await document.codeLenses()), ['No findings apply · Choose principal']);
  await client.folder.write('findings.json', '[]');
  await client.received.lensRefreshes.after(() =>
    client.notifyFiles(FileChangeType.Changed, client.folder.uri('findings.json')),
  );
  assert.deepEqual(await document.codeLenses(), []);
});

test('Findings files have no lenses', async (t) => {
  const { document } = await openFirst(t, { files: { 'x.findings.json': FINDINGS } });
  assert.deepEqual(await document.codeLenses(), []);
});

async function openFirst(t: Parameters<typeof startClient>[0], options: ClientOptions) {
  const client = await startClient(t, { ...WITH_COMMANDS, ...options });
  const document = await client.open(Object.keys(options.files ?? {})[0] ?? '');
  return { client, document };
}

function titlesOf(lenses: readonly CodeLens[]): (string | undefined)[] {
  return lenses.map(({ command }) => command?.title);
}
