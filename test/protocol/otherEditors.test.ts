import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CodeActionRequest,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from 'vscode-languageserver/node';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { within } from './support/deadline.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { textIn, wholeOf } from './support/text.ts';

type TestContext = Parameters<typeof startClient>[0];

const ONE_UNUSED = plainFindings({ lambda: ['AddPermission'] });

describe('The settings', () => {
  const SETTINGS = { severity: 'information', keep: ['lambda:*'] };

  test('are found among initialization options that are divided into sections', async (t) => {
    const { report } = await openPlain(t, { settings: { other: 1, iamPolicyRefiner: SETTINGS } });
    assert.deepEqual(severities(report), [3]);
  });

  test('are the initialization options, too, where a client that is asked for them knows of none', async (t) => {
    for (const initializationOptions of [SETTINGS, { iamPolicyRefiner: SETTINGS }]) {
      const client = await startClient(t, {
        files: ARTICLE_FILES,
        initialize: (params) => ({ ...params, initializationOptions }),
      });
      client.settingsOf = () => null;
      const document = await client.open('policy.json');
      assert.deepEqual(severities({ diagnostics: await document.diagnostics() }), [3]);
      await client.configure({ severity: 'error' });
      assert.equal(severities({ diagnostics: await document.diagnostics() }).length, 9);
    }
  });

  test('are taken from what a client pushes, and stay when a push does not speak of them', async (t) => {
    const { client, pushed } = await openPlain(t, { settings: { severity: 'error' } });
    const { type } = DidChangeConfigurationNotification;
    const configure = (settings: unknown) =>
      pushed(() => client.server.connection.sendNotification(type, { settings }));
    assert.deepEqual(severities(await configure({ iamPolicyRefiner: SETTINGS })), [3]);
    for (const settings of [null, {}, [], { iamPolicyRefiner: null }, { other: { severity: 'hint' } }])
      assert.deepEqual(severities(await configure(settings)), [3]);
    assert.equal(severities(await configure({ iamPolicyRefiner: {} })).length, 9);
  });

  test('may have empty lists where they should have empty objects, as Lua writes both', async (t) => {
    const settings = { iamPolicyRefiner: { principals: [], keep: [] } };
    assert.equal((await openPlain(t, { settings })).report.diagnostics.length, 9);
    assert.equal((await openPlain(t, { settings: { iamPolicyRefiner: [] } })).report.diagnostics.length, 9);
  });
});

describe('The folder', () => {
  const inFolder =
    (change: (params: InitializeParams) => Partial<InitializeParams>): NonNullable<ClientOptions['initialize']> =>
    (params) => ({ ...params, rootUri: null, workspaceFolders: null, ...change(params) });

  test('may be told as a URI, as a path, or beside an empty list of folders', async (t) => {
    const told: readonly ((params: InitializeParams) => Partial<InitializeParams>)[] = [
      ({ rootUri }) => ({ rootUri }),
      ({ rootUri }) => ({ rootPath: decodeURIComponent(new URL(rootUri ?? '').pathname) }),
      ({ rootUri }) => ({ rootUri, workspaceFolders: [] }),
    ];
    for (const change of told) {
      const files = { 'deep/er/policy.json': POLICY, 'unused.findings.json': FINDINGS };
      const options = { files, folderName: 'two ümläuts', initialize: inFolder(change) } as const;
      assert.equal((await openPlain(t, options, 'deep/er/policy.json')).report.diagnostics.length, 9);
    }
  });

  test('is that of the file where none is told, and no other is searched', async (t) => {
    const files = {
      'policy.json': policyOf(['s3:GetBucketAcl', 's3:GetObject', 'lambda:AddPermission', 'sqs:SendMessage']),
      'a.findings.json': ONE_UNUSED,
      'below/b.findings.json': plainFindings({ s3: ['GetBucketAcl'] }),
      'other/policy.json': policyOf(['sqs:SendMessage', 'lambda:AddPermission']),
      'other/c.findings.json': plainFindings({ sqs: ['SendMessage'] }),
    };
    const { client, document, report } = await openPlain(t, { files, initialize: inFolder(() => ({})) });
    const marked = ({ diagnostics }: typeof report, text: string) =>
      diagnostics.map(({ range }) => textIn(text, range));
    assert.deepEqual(marked(report, document.text), ['"lambda:AddPermission"']);
    const other = await client.open('other/policy.json');
    const second = await client.received.published.first(({ uri }) => uri === other.uri);
    assert.deepEqual(marked(second, other.text), ['"sqs:SendMessage"']);
    const findings = await client.openUri(client.folder.uri('a.findings.json'), '[{');
    const broken = await client.received.published.first(({ uri }) => uri === findings.uri);
    assert.deepEqual(
      broken.diagnostics.map(({ code }) => code),
      ['invalid-findings'],
    );
  });

  test("that is the file's own is where mappings and names count from", async (t) => {
    const files = {
      'policy.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']),
      'findings.json': jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] })),
    };
    const settings = { principals: { './policy.json': 'MyRole' } };
    const { report } = await openPlain(t, { files, settings, initialize: inFolder(() => ({})) });
    assert.equal(report.diagnostics.length, 1);
  });
});

describe('Findings that nobody tells of', () => {
  for (const profile of ['plain', 'modern'] as const) {
    test(`are noticed while somebody works with a ${profile} client: changed, added and deleted`, async (t) => {
      const client = await startClient(t, { files: { 'policy.json': POLICY, 'a.findings.json': FINDINGS }, profile });
      const document = await client.open('policy.json');
      await asking(document, (hover) => /^\*\*Unused\*\*/.test(hover));
      await client.folder.write('a.findings.json', plainFindings({ s3: ['GetBucketAcl'] }));
      await asking(document, (hover) => !/^\*\*Unused\*\*/.test(hover));
      await client.folder.write('b.findings.json', ONE_UNUSED);
      await client.folder.delete('a.findings.json');
      await asking(document, (hover) => /^\*\*Unused\*\*/.test(hover));
      await client.folder.delete('b.findings.json');
      const told = profile === 'plain' ? client.received.published : client.received.refreshes;
      await told.after(() => asking(document, (hover) => !/^\*\*Unused\*\*/.test(hover)));
    });
  }
});

describe('Code actions', () => {
  test('are edits, ready to be made, and nothing that only our own client could run', async (t) => {
    const { document } = await openPlain(t, {});
    const actions = await document.codeActions('s3:Get*');
    assert.deepEqual(
      actions.map(({ edit, command, kind }) => [edit !== undefined, command, kind]),
      [
        [true, undefined, 'quickfix'],
        [true, undefined, 'quickfix'],
        [true, undefined, 'quickfix'],
        [true, undefined, 'source.fixAll.iamPolicyRefiner'],
      ],
    );
  });

  test('of one kind may be asked for by its name alone', async (t) => {
    const { client, document } = await openPlain(t, {});
    const asked = { textDocument: { uri: document.uri }, range: wholeOf('') };
    const context = { diagnostics: [], only: 'source.fixAll' };
    const answer = await client.server.request(CodeActionRequest.method, { ...asked, context });
    const [action, ...others] = answer as Awaited<ReturnType<OpenDocument['codeActions']>>;
    assert.deepEqual(others, []);
    assert.equal(document.preview(action?.edit), REFINED);
  });
});

/** Opens a policy with a client that can do nothing, and gives the first diagnostics that are pushed for it. */
async function openPlain(t: TestContext, options: ClientOptions, file = 'policy.json') {
  const client = await startClient(t, { files: ARTICLE_FILES, profile: 'plain', ...options });
  const document = await client.open(file);
  const isOurs = ({ uri }: { uri: string }) => uri === document.uri;
  const pushed = (action: () => unknown) => client.received.published.after(action, isOurs);
  return { client, document, pushed, report: await client.received.published.first(isOurs) };
}

/** Hovers over an action again and again until the hover is as expected. */
async function asking(document: OpenDocument, isExpected: (hover: string) => boolean): Promise<void> {
  const ask = async () => {
    while (!isExpected((await document.hover('lambda:AddPermission')) ?? ''));
  };
  await within(ask(), 'a hover that tells of what changed on disk');
}

function severities({ diagnostics }: { diagnostics: readonly { severity?: number }[] }): (number | undefined)[] {
  return diagnostics.map(({ severity }) => severity);
}
