import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { test } from 'node:test';
import { DidChangeWorkspaceFoldersNotification, FileChangeType } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { ARTICLE_FILES, FINDINGS, POLICY } from './support/article.ts';
import { type Client, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings } from './support/samples.ts';
import { textIn } from './support/text.ts';

const ONE_UNUSED = plainFindings({ lambda: ['AddPermission'] });

/** How editors write the name of a file in a URI. */
const SPELLINGS: Readonly<Record<string, (name: string) => string>> = {
  'VS Code': (name) => URI.from({ scheme: 'x', path: name }).toString().slice('x:'.length),
  'a browser': encodeURIComponent,
  'an old editor': (name) => encodeURIComponent(name).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
};

test('Findings that are edited on disk change the marks, and where they lead', async (t) => {
  const { client, document } = await openArticle(t);
  assert.equal((await document.diagnostics()).length, 9);
  const moved = `\n\n${ONE_UNUSED}`;
  await client.folder.write('unused.findings.json', moved);
  await client.tellFiles(FileChangeType.Changed, 'unused.findings.json');
  const [mark, ...others] = await document.diagnostics();
  assert.deepEqual(others, []);
  const [row] = mark?.relatedInformation ?? [];
  assert(row);
  assert.equal(textIn(moved, row.location.range), '"AddPermission"');
});

test('Findings that are added change the marks', async (t) => {
  const client = await startClient(t, { files: { 'policy.json': POLICY } });
  const document = await client.open('policy.json');
  assert.deepEqual(await document.diagnostics(), []);
  await client.folder.write('findings.json', FINDINGS);
  await client.tellFiles(FileChangeType.Created, 'findings.json');
  assert.equal((await document.diagnostics()).length, 9);
});

test('Findings that are deleted take their marks with them', async (t) => {
  const { client, document } = await openArticle(t);
  assert.equal((await document.diagnostics()).length, 9);
  await client.folder.delete('unused.findings.json');
  await client.tellFiles(FileChangeType.Deleted, 'unused.findings.json');
  assert.deepEqual(await document.diagnostics(), []);
  assert.deepEqual(await document.codeActions('s3:Get*'), []);
  assert.match((await document.refine()).message, /no findings file was found/);
});

test('Findings that are renamed to a name that is not looked for count no more', async (t) => {
  const { client, document } = await openArticle(t);
  assert.equal((await document.diagnostics()).length, 9);
  await client.folder.delete('unused.findings.json');
  await client.folder.write('unused.json', FINDINGS);
  await client.tellFiles(FileChangeType.Deleted, 'unused.findings.json', 'unused.json');
  assert.deepEqual(await document.diagnostics(), []);
});

test('Findings that break on disk mark nothing until they are whole again', async (t) => {
  const { client, document } = await openArticle(t);
  await client.folder.write('unused.findings.json', FINDINGS.slice(0, 100));
  await client.tellFiles(FileChangeType.Changed, 'unused.findings.json');
  assert.deepEqual(await document.diagnostics(), []);
  await client.folder.write('unused.findings.json', FINDINGS);
  await client.tellFiles(FileChangeType.Changed, 'unused.findings.json');
  assert.equal((await document.diagnostics()).length, 9);
});

test('A nearer list of findings takes over when it is added', async (t) => {
  const client = await startClient(t, { files: { 'app/policy.json': POLICY, 'findings.json': FINDINGS } });
  const document = await client.open('app/policy.json');
  assert.equal((await document.diagnostics()).length, 9);
  await client.folder.write('app/findings.json', ONE_UNUSED);
  await client.tellFiles(FileChangeType.Created, 'app/findings.json');
  assert.equal((await document.diagnostics()).length, 1);
});

test('A newer answer that says RESOLVED ends the marks of an older one', async (t) => {
  const finding = findingV2('MyRole', { s3: ['GetBucketAcl'] });
  const client = await startClient(t, { files: { 'MyRole.json': POLICY, 'a.findings.json': jsonOf(finding) } });
  const document = await client.open('MyRole.json');
  assert.equal((await document.diagnostics()).length, 1);
  const resolved = { ...finding, status: 'RESOLVED', updatedAt: '2025-01-01T00:00:00Z' };
  await client.folder.write('b.findings.json', jsonOf(resolved));
  await client.tellFiles(FileChangeType.Created, 'b.findings.json');
  assert.deepEqual(await document.diagnostics(), []);
});

test('Findings changed right before they are asked for are never mixed with the old ones', async (t) => {
  const { client, document } = await openArticle(t);
  for (const [content, count] of [
    [ONE_UNUSED, 1],
    [FINDINGS, 9],
    [ONE_UNUSED, 1],
    ['[]', 0],
  ] as const) {
    await client.folder.write('unused.findings.json', content);
    await client.notifyFiles(FileChangeType.Changed, client.folder.uri('unused.findings.json'));
    assert.equal((await document.diagnostics()).length, count);
  }
});

test('Findings changed while they are read are read again', async (t) => {
  const { client, document } = await openArticle(t);
  const early = document.diagnostics();
  await client.folder.write('unused.findings.json', ONE_UNUSED);
  await client.notifyFiles(FileChangeType.Changed, client.folder.uri('unused.findings.json'));
  const late = document.diagnostics();
  await early;
  assert.equal((await late).length, 1);
});

test('A hundred changed files are no trouble', async (t) => {
  const { client, document } = await openArticle(t);
  const files = Array.from({ length: 100 }, (_, index) => `reports/${index}.findings.json`);
  for (const [index, file] of files.entries())
    await client.folder.write(file, jsonOf(findingV2(`Role${index}`, { s3: ['GetBucketAcl'] })));
  await client.folder.write('Role42.json', POLICY);
  await client.tellFiles(FileChangeType.Created, ...files);
  assert.equal((await document.diagnostics()).length, 9);
  const role = await client.open('Role42.json');
  assert.match((await role.diagnostics())[0]?.message ?? '', /1 of 63 granted actions unused by Role42/);
});

test('Another JSON file that changes leaves the marks as they are', async (t) => {
  const { client, document } = await openArticle(t);
  const before = await document.diagnostics();
  await client.folder.write('package.json', '{}');
  await client.tellFiles(FileChangeType.Created, 'package.json');
  assert.deepEqual(await document.diagnostics(), before);
});

test('A changed file is known by its URI, however an editor spells it', async (t) => {
  for (const file of ['my (1) findings.json', 'ä findings.json', '100% findings#2.json']) {
    const client = await startClient(t, { files: { 'policy.json': POLICY, [file]: '[]' } });
    const document = await client.open('policy.json');
    for (const [editor, encode] of Object.entries(SPELLINGS)) {
      await t.test(`'${file}' as ${editor} writes it`, async () => {
        const uri = `${client.folder.uri()}/${encode(file)}`;
        for (const [content, marks] of [
          [FINDINGS, 9],
          [ONE_UNUSED, 1],
        ] as const) {
          await client.folder.write(file, content);
          await client.received.refreshes.after(() => client.notifyFiles(FileChangeType.Changed, uri));
          assert.equal((await document.diagnostics()).length, marks);
        }
      });
    }
  }
});

test('A folder that joins the workspace brings its findings, and takes them when it leaves', async (t) => {
  const files = { 'one/policy.json': POLICY, 'two/policy.json': POLICY, 'two/findings.json': FINDINGS };
  const client = await startClient(t, {
    files,
    initialize: (params) => ({ ...params, workspaceFolders: [{ uri: `${params.rootUri}/one`, name: 'one' }] }),
  });
  const one = { uri: client.folder.uri('one'), name: 'one' };
  const two = { uri: client.folder.uri('two'), name: 'two' };
  const document = await client.open('two/policy.json');
  assert.deepEqual(await document.diagnostics(), []);
  await changeFolders(client, [one, two], { added: [two], removed: [] });
  assert.equal((await document.diagnostics()).length, 9);
  await changeFolders(client, [one], { added: [], removed: [two] });
  assert.deepEqual(await document.diagnostics(), []);
});

test('The findings of one folder of a workspace say nothing of the policies of another', async (t) => {
  const finding = jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] }));
  const files = { 'one/MyRole.json': POLICY, 'two/MyRole.json': POLICY, 'two/findings.json': finding };
  const client = await startClient(t, {
    files,
    initialize: (params) => ({
      ...params,
      workspaceFolders: ['one', 'two'].map((name) => ({ uri: `${params.rootUri}/${name}`, name })),
    }),
  });
  assert.deepEqual(await (await client.open('one/MyRole.json')).diagnostics(), []);
  assert.equal((await (await client.open('two/MyRole.json')).diagnostics()).length, 1);
});

test('A symbolic link to a folder above is not followed round and round', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  await symlink(client.folder.root, client.folder.path('loop'));
  const document = await client.open('policy.json');
  assert.equal((await document.diagnostics()).length, 9);
});

async function openArticle(t: Parameters<typeof startClient>[0]): Promise<{ client: Client; document: OpenDocument }> {
  const client = await startClient(t, { files: ARTICLE_FILES });
  return { client, document: await client.open('policy.json') };
}

async function changeFolders(
  client: Client,
  folders: Client['workspaceFolders'],
  event: { added: Client['workspaceFolders']; removed: Client['workspaceFolders'] },
): Promise<void> {
  client.workspaceFolders = folders;
  await client.received.refreshes.after(() =>
    client.server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event }),
  );
}
