import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import {
  CodeActionRequest,
  ErrorCodes,
  ExitNotification,
  HoverRequest,
  ResponseError,
  ShutdownRequest,
} from 'vscode-languageserver/node';
import { ARTICLE_FILES } from './support/article.ts';
import { Client, startClient } from './support/client.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { TemporaryFolder } from './support/temporaryFolder.ts';

/** What the server can do for every client. */
const COMMON_CAPABILITIES = {
  textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.iamPolicyRefiner'] },
  hoverProvider: true,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

test('A modern client is offered diagnostics to pull, of single documents, be it that the files of a Terraform module depend on each other', async (t) => {
  const { capabilities, serverInfo } = await greet(t, 'modern');
  assert.deepEqual(capabilities, {
    ...COMMON_CAPABILITIES,
    diagnosticProvider: {
      identifier: 'iam-policy-refiner',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    },
  });
  assert.equal(serverInfo?.name, 'iam-policy-refiner');
});

test('A plain client is offered no diagnostics to pull', async (t) => {
  const { capabilities } = await greet(t, 'plain');
  assert.deepEqual(capabilities, COMMON_CAPABILITIES);
});

test('A modern client is asked to watch policies and findings files, and to tell of changed settings', async (t) => {
  const client = await startClient(t);
  const watch = await client.received.registrations.first(({ method }) => method === 'workspace/didChangeWatchedFiles');
  // Deleted folders are told as such, without the files in them.
  const deletions = { globPattern: '**/*', kind: 4 };
  const files = ['json', 'jsonc', 'tf', 'tofu', 'template', 'yaml', 'yml'].map((extension) => ({
    globPattern: `**/*.${extension}`,
  }));
  assert.deepEqual(watch.registerOptions, { watchers: [...files, deletions] });
  const settings = await client.received.registrations.first(
    ({ method }) => method === 'workspace/didChangeConfiguration',
  );
  assert.deepEqual(settings.registerOptions, { section: 'iamPolicyRefiner' });
});

test('The server ends with 0 when it was asked to shut down', async (t) => {
  const client = await startClient(t);
  assert.equal(await client.server.shutDown(), 0);
  assert.equal(client.server.stderr, '');
});

test('The server ends with 0 although it still has work to do', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  const answers = [document.diagnostics(), document.hover('s3:Get*'), document.refine()];
  assert.equal(await client.server.shutDown(), 0);
  await Promise.allSettled(answers);
});

test('The server ends with 1 when it is told to exit without a shutdown', async (t) => {
  const client = await startClient(t);
  await client.server.connection.sendNotification(ExitNotification.type);
  assert.equal(await client.server.exit(), 1);
});

test('The server ends when the stream that it reads is closed', async (t) => {
  const client = await startClient(t);
  client.server.closeInput();
  assert.equal(await client.server.exit(), 1);
});

test('The server ends when the stream is closed after a shutdown', async (t) => {
  const client = await startClient(t);
  await client.server.request(ShutdownRequest.method);
  client.server.closeInput();
  assert.equal(await client.server.exit(), 0);
});

test('The server ends when the process of its editor is gone', async (t) => {
  const editor = spawn(process.execPath, ['--eval', '']);
  await once(editor, 'close');
  const processId = editor.pid ?? 0;
  const client = await startClient(t, { initialize: (params) => ({ ...params, processId }) });
  assert.equal(await client.server.exit(), 1);
});

test('A request before initialize is answered with an error, and the handshake still works', async (t) => {
  const client = new Client(await TemporaryFolder.create({}), {});
  t.after(() => client.stop());
  await assert.rejects(client.server.request(HoverRequest.method, hoverParams('file:///none.json')), ResponseError);
  assert((await client.initialize()).capabilities.hoverProvider);
});

test('An unknown request is answered with an error, and an unknown notification is ignored', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  await client.server.connection.sendNotification('iamPolicyRefiner/noSuchNotification', {});
  await assert.rejects(
    client.server.request('iamPolicyRefiner/noSuchRequest', {}),
    ({ code }: ResponseError<void>) => code === ErrorCodes.MethodNotFound,
  );
  const document = await client.open('policy.json');
  assert.equal((await document.diagnostics()).length, 9);
});

test('Requests for a document that is not open are answered with nothing', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  await document.close();
  assert.deepEqual(await document.diagnostics(), []);
  assert.deepEqual(await document.codeActions('s3:Get*'), []);
  assert.equal(await document.hover('s3:Get*'), undefined);
  const { kind, edit } = await document.refine();
  assert.deepEqual({ kind, edit }, { kind: 'nothing', edit: undefined });
});

test('A request without its parameters is answered with an error, and the server goes on', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  for (const method of [HoverRequest.method, CodeActionRequest.method, 'iamPolicyRefiner/refinePolicy'])
    await assert.rejects(client.server.request(method, {}), ResponseError);
  const document = await client.open('policy.json');
  assert.equal((await document.diagnostics()).length, 9);
});

test('Our own client without any folder gets a server that finds no findings', async (t) => {
  const client = await startClient(t, {
    files: ARTICLE_FILES,
    initialize: (params) => ({ ...WITH_COMMANDS.initialize(params), rootUri: null, workspaceFolders: null }),
  });
  const document = await client.open('policy.json');
  assert.deepEqual(await document.diagnostics(), []);
  assert.match((await document.refine()).message, /no findings file was found/);
});

const FOLDER_NAMES = ['two words', 'ümläut', 'a+b&c=d', "it's (one) [of] {them}", '#1 100%', '%41', '!not', '**', '~'];

for (const folderName of FOLDER_NAMES) {
  test(`The workspace folder may be called '${folderName}'`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES, folderName });
    const document = await client.open('policy.json');
    const diagnostics = await document.diagnostics();
    assert.equal(diagnostics.length, 9);
    const [location] = diagnostics.flatMap(({ relatedInformation }) => relatedInformation ?? []);
    assert.equal(location?.location.uri, client.folder.uri('unused.findings.json'));
  });
}

test('The URI of the workspace folder may end with a slash', async (t) => {
  const client = await startClient(t, {
    files: ARTICLE_FILES,
    initialize: (params) => ({ ...params, workspaceFolders: [{ uri: `${params.rootUri}/`, name: 'workspace' }] }),
  });
  const document = await client.open('policy.json');
  assert.equal((await document.diagnostics()).length, 9);
});

async function greet(t: { after(stop: () => Promise<void>): void }, profile: 'modern' | 'plain') {
  const client = new Client(await TemporaryFolder.create({}), { profile });
  t.after(() => client.stop());
  return client.initialize();
}

function hoverParams(uri: string) {
  return { textDocument: { uri }, position: { line: 0, character: 0 } };
}
