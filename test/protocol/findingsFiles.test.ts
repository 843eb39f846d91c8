import assert from 'node:assert/strict';
import { chmod, mkdir, symlink, truncate } from 'node:fs/promises';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { ARTICLE_FILES, FINDINGS, POLICY } from './support/article.ts';
import { type Client, startClient } from './support/client.ts';
import { within } from './support/deadline.ts';
import { findingV2, jsonOf, plainFindings } from './support/samples.ts';
import { TemporaryFolder } from './support/temporaryFolder.ts';

const BROKEN = 'broken.findings.json';

/** Files that give no findings, why, and how they come to be. */
const UNUSABLE: Readonly<Record<string, { make: (client: Client) => Promise<unknown>; why: RegExp }>> = {
  'a file of 200 MB': {
    async make({ folder }) {
      await folder.write(BROKEN, '[');
      await truncate(folder.path(BROKEN), 200 * 1024 * 1024);
    },
    why: /it cannot be read: it is larger than 100 MB; split it into several files/,
  },
  'a folder': { make: ({ folder }) => mkdir(folder.path(BROKEN)), why: /it cannot be read: it is a folder$/ },
  'a file that may not be read': {
    async make({ folder }) {
      await folder.write(BROKEN, FINDINGS);
      await chmod(folder.path(BROKEN), 0o000);
    },
    why: /it cannot be read: permission denied$/,
  },
  'a symbolic link to nothing': {
    make: ({ folder }) => symlink('nowhere.json', folder.path(BROKEN)),
    why: /it cannot be read: there is no such file or folder$/,
  },
  'a symbolic link to itself': {
    make: ({ folder }) => symlink(BROKEN, folder.path(BROKEN)),
    why: /it cannot be read: too many symbolic links$/,
  },
  'text that is no UTF-8': {
    make: ({ folder }) =>
      folder.write(BROKEN, Buffer.from('[{"serviceNamespace": "s3", "note": "caf\xe9"}]', 'latin1')),
    why: /it cannot be read: it is not text in UTF-8; write it again as UTF-8/,
  },
  'JSON that was cut off': {
    make: ({ folder }) => folder.write(BROKEN, FINDINGS.slice(0, 100)),
    why: /Not valid JSON: /,
  },
  'a long list that was cut off': {
    make: ({ folder }) => folder.write(BROKEN, manyFindings(2_000).slice(0, -10)),
    why: /Not valid JSON: /,
  },
};

for (const [what, { make, why }] of Object.entries(UNUSABLE)) {
  test(`Of ${what} the log says once why it is not used, and the other files are`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES, plainUser: true });
    await make(client);
    const document = await client.open('policy.json');
    assert.equal((await document.diagnostics()).length, 9);
    const logs = client.received.logs.all.filter(({ message }) => message.includes(BROKEN));
    assert.equal(logs.length, 1);
    assert.match(logs[0]?.message ?? '', why);
  });

  test(`Where ${what} is all there is, the policy says so`, async (t) => {
    const client = await startClient(t, { files: { 'policy.json': POLICY }, plainUser: true });
    await make(client);
    const { kind, message } = await (await client.open('policy.json')).refine();
    assert.equal(kind, 'nothing');
    assert.match(message, /no findings file was found; 'broken\.findings\.json' was not used: /);
    assert.match(message, why);
  });
}

test('A link to a file is read, wherever that lies and whatever it is called', async (t) => {
  const client = await startClient(t, { files: { 'policy.json': POLICY } });
  const elsewhere = await TemporaryFolder.create({ 'report.txt': FINDINGS });
  t.after(() => elsewhere.remove());
  await symlink(elsewhere.path('report.txt'), client.folder.path('linked.findings.json'));
  assert.equal((await (await client.open('policy.json')).diagnostics()).length, 9);
});

test('What lies behind a link to a folder is not looked for', async (t) => {
  const client = await startClient(t, { files: { 'policy.json': POLICY } });
  const elsewhere = await TemporaryFolder.create({ 'unused.findings.json': FINDINGS });
  t.after(() => elsewhere.remove());
  await symlink(elsewhere.root, client.folder.path('bazel-bin'));
  await symlink('.', client.folder.path('loop'));
  const { kind, message } = await (await client.open('policy.json')).refine();
  assert.equal(kind, 'nothing');
  assert.match(message, /no findings file was found$/);
});

test('A thousand findings files are read', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`reports/${index}.findings.json`, manyFindings(1, index)]),
  );
  const client = await startClient(t, { files: { ...files, 'Role999.json': POLICY } });
  assert.equal((await (await client.open('Role999.json')).diagnostics()).length, 1);
});

test('A file that is written while it is read changes nothing until it is whole', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  assert.equal((await document.diagnostics()).length, 9);
  const whole = plainFindings({ s3: ['GetBucketAcl'] });
  await client.folder.write('unused.findings.json', whole.slice(0, 20));
  await client.notifyFiles(FileChangeType.Changed, client.folder.uri('unused.findings.json'));
  const answer = document.diagnostics();
  // By then the server has seen the half: these are answered at once, one after another.
  const other = await client.open('unused.findings.json', { languageId: 'plaintext' });
  for (let turn = 0; turn < 20; turn++) await other.hover('[');
  await client.folder.write('unused.findings.json', whole);
  assert.equal((await answer).length, 1);
});

test('While much is read a hover is answered and says so, and the marks come when all is read', async (t) => {
  const client = await startClient(t, {
    files: { 'all.findings.json': manyFindings(40_000), 'Role7.json': POLICY },
  });
  const document = await client.open('Role7.json');
  // The first to ask starts the reading, and a hover does not wait for its end.
  assert.match((await document.hover('s3:Get*')) ?? '', /the findings are still being read/);
  const marks = within(document.diagnostics(), 'the marks');
  assert.equal((await marks).length, 1);
  assert.match((await document.hover('s3:Get*')) ?? '', /Role7/);
  assert.equal((await document.refine()).kind, 'refined');
});

test('A mark in a long list leads to its place', async (t) => {
  const text = manyFindings(5_000);
  const client = await startClient(t, { files: { 'all.findings.json': text, 'Role4321.json': POLICY } });
  const [mark] = await (await client.open('Role4321.json')).diagnostics();
  const range = mark?.relatedInformation?.[0]?.location.range;
  const line = text.slice(0, text.indexOf('role/Role4321"')).split('\n').length;
  assert(range && range.start.line > line && range.start.line < line + 20);
  assert.match(text.split('\n')[range.start.line] ?? '', /"action": "GetBucketAcl"/);
});

test('Findings whose name does not end in .json are watched as well', async (t) => {
  const settings = { findings: ['./*.txt'] };
  const client = await startClient(t, { files: { 'policy.json': POLICY }, settings });
  const document = await client.open('policy.json');
  assert.deepEqual(await document.diagnostics(), []);
  const { registerOptions } = await client.received.registrations.first((registration) =>
    JSON.stringify(registration).includes('.txt'),
  );
  assert.deepEqual(registerOptions, { watchers: [{ globPattern: '**/*.txt' }] });
  await client.folder.write('all.txt', FINDINGS);
  await client.tellFiles(FileChangeType.Created, 'all.txt');
  assert.equal((await document.diagnostics()).length, 9);
});

/** Findings of so many roles, one list, written as people write it. */
function manyFindings(count: number, first = 0): string {
  return jsonOf(
    Array.from({ length: count }, (_, index) => findingV2(`Role${first + index}`, { s3: ['GetBucketAcl'] })),
  );
}
