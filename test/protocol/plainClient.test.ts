import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { type Client, type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { plainFindings } from './support/samples.ts';
import { textIn, wholeOf } from './support/text.ts';

const ONE_UNUSED = plainFindings({ lambda: ['AddPermission'] });

test('Diagnostics are pushed when a policy is opened, for the version that they are of', async (t) => {
  const { document, report } = await openPlain(t);
  assert.equal(report.version, 1);
  assert.equal(report.diagnostics.length, 9);
  const [first, last] = [report.diagnostics[0], report.diagnostics.at(-1)];
  assert(first && last);
  assert.equal(textIn(document.text, first.range), '"lambda:AddPermission"');
  assert.equal(textIn(document.text, last.range), '"s3:Get*"');
});

test('Nothing is asked of a client that can do nothing', async (t) => {
  const { client, document } = await openPlain(t);
  await document.hover('s3:Get*');
  await document.refine();
  await client.folder.write('unused.findings.json', ONE_UNUSED);
  await pushed(client, document, () => document.save());
  assert.deepEqual(client.received.asked.all, []);
});

test('Diagnostics are pushed anew when the text changes', async (t) => {
  const { client, document } = await openPlain(t);
  const report = await pushed(client, document, () => document.replace('"lambda:AddPermission",', ''));
  assert.equal(report.version, 2);
  assert.equal(report.diagnostics.length, 8);
});

test('While the user types only the last text is diagnosed', async (t) => {
  const { client, document } = await openPlain(t);
  const report = await pushed(client, document, async () => {
    for (let step = 0; step < 20; step++) await document.change({ range: wholeOf(''), text: '\n' });
  });
  assert.equal(report.version, 21);
  assert.equal(textIn(document.text, report.diagnostics[0]?.range ?? wholeOf('')), '"lambda:AddPermission"');
  assert.deepEqual(
    client.received.published.all.map(({ version }) => version),
    [1, 21],
  );
});

test('The marks of a document that is closed are taken away', async (t) => {
  const { client, document } = await openPlain(t);
  const report = await client.received.published.after(() => document.close());
  assert.deepEqual(report, { uri: document.uri, diagnostics: [] });
});

test('A document that is closed right after it changed gets no more marks', async (t) => {
  const { client, document } = await openPlain(t);
  await document.replace('"lambda:AddPermission",', '');
  await client.received.published.after(() => document.close());
  // The push for the change would come before that of a document that is opened later.
  const later = await client.openUri(client.folder.uri('later.json'), POLICY);
  await client.received.published.first(({ uri }) => uri === later.uri);
  const reports = client.received.published.all.filter(({ uri }) => uri === document.uri);
  assert.deepEqual(
    reports.map(({ version, diagnostics }) => [version, diagnostics.length]),
    [
      [1, 9],
      [undefined, 0],
    ],
  );
});

test('Edits come as changes by URI, without a version', async (t) => {
  const { client, document } = await openPlain(t);
  const actions = await document.codeActions('s3:Get*');
  assert.equal(actions.length, 4);
  const edits = [...actions.map(({ edit }) => edit), (await document.refine()).edit];
  for (const edit of edits) assert.deepEqual(Object.keys(edit ?? {}), ['changes']);
  const report = await pushed(client, document, () => document.apply(edits.at(-1)));
  assert.equal(document.text, REFINED);
  assert.deepEqual(report.diagnostics, []);
});

test('Findings are read again when a document is saved, whichever it is', async (t) => {
  const { client, document } = await openPlain(t);
  await client.folder.write('unused.findings.json', ONE_UNUSED);
  const report = await pushed(client, document, () => document.save());
  assert.equal(report.diagnostics.length, 1);
  await client.folder.delete('unused.findings.json');
  const other = await client.openUri(client.folder.uri('package.json'), '{}');
  assert.deepEqual((await pushed(client, document, () => other.save())).diagnostics, []);
});

test('Findings that are saved in the editor change the marks of the policy beside them', async (t) => {
  const { client, document } = await openPlain(t);
  const findings = await client.open('unused.findings.json');
  await client.folder.write('unused.findings.json', ONE_UNUSED);
  assert.equal((await pushed(client, document, () => findings.save())).diagnostics.length, 1);
});

test('Findings that are added are found when a document is saved', async (t) => {
  const { client, document, report } = await openPlain(t, { files: { 'policy.json': POLICY } });
  assert.deepEqual(report.diagnostics, []);
  await client.folder.write('findings.json', FINDINGS);
  assert.equal((await pushed(client, document, () => document.save())).diagnostics.length, 9);
});

test('The settings are the initialization options', async (t) => {
  const settings = { severity: 'information', keep: ['lambda:*'] };
  const { document, report } = await openPlain(t, { files: ARTICLE_FILES, settings });
  assert.equal(report.diagnostics.length, 1);
  assert.equal(report.diagnostics[0]?.severity, 3);
  assert.match((await document.refine()).message, /^22 unused actions removed/);
});

for (const settings of [undefined, null, 'x', { severity: 'x' }]) {
  test(`Initialization options that are ${JSON.stringify(settings)} are taken for the defaults`, async (t) => {
    const { report } = await openPlain(t, { files: ARTICLE_FILES, settings });
    assert.equal(report.diagnostics.length, 9);
    assert.equal(report.diagnostics[0]?.severity, 2);
  });
}

test('A client that turns the server off gets empty diagnostics', async (t) => {
  const { report } = await openPlain(t, { files: ARTICLE_FILES, settings: { enable: false } });
  assert.deepEqual(report.diagnostics, []);
});

test('A findings file that is broken is marked in its own editor', async (t) => {
  const files = { 'findings.json': FINDINGS.slice(0, -3) };
  const client = await startClient(t, { files, profile: 'plain' });
  const report = await client.received.published.after(() => client.open('findings.json'));
  assert.deepEqual(
    report.diagnostics.map(({ code }) => code),
    ['invalid-findings'],
  );
});

test('Two documents are diagnosed each for itself', async (t) => {
  const { client, document } = await openPlain(t);
  const second = await client.openUri(client.folder.uri('second.json'), POLICY.replace('"lambda:AddPermission",', ''));
  const report = await client.received.published.first(({ uri }) => uri === second.uri);
  assert.equal(report.diagnostics.length, 8);
  const again = await pushed(client, document, () => document.replace('"lambda:GetFunction",', ''));
  assert.equal(again.diagnostics.length, 8);
});

test('Hovers and code actions need no pushed diagnostics', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES, profile: 'plain' });
  const document = await client.open('policy.json');
  assert.match((await document.hover('s3:Get*')) ?? '', /22 unused/);
  assert.equal((await document.codeActions('s3:Get*', { only: ['quickfix'] })).length, 3);
});

/** Opens the policy with a plain client, and gives the first diagnostics that are pushed for it. */
async function openPlain(t: Parameters<typeof startClient>[0], options: ClientOptions = { files: ARTICLE_FILES }) {
  const client = await startClient(t, { ...options, profile: 'plain' });
  const document = await client.open('policy.json');
  return { client, document, report: await client.received.published.first(({ uri }) => uri === document.uri) };
}

/** The next diagnostics that are pushed for the document's present version after an action. */
function pushed(client: Client, document: OpenDocument, action: () => unknown) {
  return client.received.published.after(
    action,
    ({ uri, version }) => uri === document.uri && version === document.version,
  );
}
