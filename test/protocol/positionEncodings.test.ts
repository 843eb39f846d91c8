import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  CodeActionRequest,
  CodeLensRequest,
  DidChangeTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  type Position,
} from 'vscode-languageserver/node';
import {
  POLICY_STATUS_REQUEST,
  PREVIEW_REQUEST,
  PRINCIPALS_REQUEST,
  REFINE_POLICY_REQUEST,
  REFINE_WORKSPACE_REQUEST,
} from '../../server/src/protocol.ts';
import { before, type Encoding, positionIn } from '../support/utf8Oracle.ts';
import { Client, type ClientOptions, startClient } from './support/client.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { TemporaryFolder } from './support/temporaryFolder.ts';

/** A policy and its findings, each on one line, with characters of two and four bytes before everything that has a place. */
const POLICY =
  '{"Statement": [{"Sid": "é😀", "Effect": "Allow", "Action": ["lambda:AddPermission", "s3:Get*"], "Resource": "*"}]}\n';
const FILES = {
  'policy.json': POLICY,
  'policy.yaml': "Statement: [{Sid: é😀, Effect: Allow, Action: [lambda:AddPermission, 's3:Get*'], Resource: '*'}]\n",
  'main.tf':
    'resource "aws_iam_policy" "é" { policy = jsonencode({ Statement = [{ Sid = "é😀", Effect = "Allow", Action = ["lambda:AddPermission", "s3:Get*"], Resource = "*" }] }) }\n',
  'unused.findings.json':
    '[{"note": "é😀", "serviceNamespace": "lambda", "actions": ["AddPermission"]}, {"note": "ü", "serviceNamespace": "s3", "actions": ["GetBucketAcl"]}]\n',
  'other/new.findings.json': '[{"note": "é😀", "serviceNamespace": "s3", "actions": ["NoSuchAction"]}]\n',
};
const LANGUAGES: Readonly<Record<string, string>> = { json: 'json', yaml: 'yaml', tf: 'terraform' };

test('A client is told of UTF-8 when it prefers that, and of nothing when it does not', async (t) => {
  const told = async (positionEncodings?: string[]) => {
    const client = new Client(await TemporaryFolder.create({}), {});
    t.after(() => client.stop());
    const { capabilities } = await client.initialize(offering(positionEncodings));
    return capabilities.positionEncoding;
  };
  assert.equal(await told(), undefined);
  assert.equal(await told(['utf-16', 'utf-8']), undefined);
  assert.equal(await told(['utf-32']), undefined);
  assert.equal(await told(['utf-8', 'utf-32', 'utf-16']), 'utf-8');
});

test('All that is pulled and asked for means the same places in both encodings, and only the numbers differ', async (t) => {
  const answers = async (encoding: Encoding) => {
    const client = await start(t, encoding, {});
    const given: Record<string, unknown> = {};
    for (const [file, text] of Object.entries(FILES)) {
      const document = await client.open(file, { languageId: LANGUAGES[file.split('.').at(-1) ?? ''] ?? '' });
      const at = text.indexOf('s3:Get*');
      const position = positionIn(text, Math.max(at, 0), encoding);
      const ask = (method: string, params: object = {}) => {
        given[`${method} of ${file}`] = client.server
          .request(method, { textDocument: { uri: document.uri }, ...params })
          .then((answer) => ({ uri: document.uri, answer }));
        return given[`${method} of ${file}`];
      };
      const pulled = (await ask(DocumentDiagnosticRequest.method)) as { answer: { items: unknown[] } };
      const range = { start: position, end: position };
      await ask(CodeActionRequest.method, { range, context: { diagnostics: pulled.answer.items } });
      for (const method of [HoverRequest, CodeLensRequest]) await ask(method.method, { position });
      for (const method of [REFINE_POLICY_REQUEST, PREVIEW_REQUEST, POLICY_STATUS_REQUEST, PRINCIPALS_REQUEST])
        await ask(method, { position });
    }
    given[REFINE_WORKSPACE_REQUEST] = await client.server.request(REFINE_WORKSPACE_REQUEST, {});
    return { client, given: Object.fromEntries(await Promise.all(Object.entries(given).map(settle))) };
  };
  const [utf8, utf16] = [await answers('utf-8'), await answers('utf-16')];
  const meant = [meaning(utf8.given, utf8.client, 'utf-8'), meaning(utf16.given, utf16.client, 'utf-16')];
  assert.deepEqual(meant[0], meant[1]);
  const differing = Object.keys(utf8.given).filter(
    (what) =>
      !isDeepStrictEqual(withoutFolder(utf8.given[what], utf8.client), withoutFolder(utf16.given[what], utf16.client)),
  );
  const edited = ['diagnostic', 'codeAction', 'hover', 'refinePolicy', 'preview', 'policyStatus'];
  const expected = ['policy.json', 'policy.yaml', 'main.tf'].flatMap((file) =>
    edited.map((what) => `${what} of ${file}`),
  );
  assert.deepEqual(
    differing.map((what) => what.replace(/^[^ ]*\/|other\//g, '')).sort(),
    [...expected, 'codeLens of main.tf', 'diagnostic of new.findings.json', 'refineWorkspace'].sort(),
  );
});

for (const encoding of ['utf-8', 'utf-16'] as const) {
  test(`Pushed marks, hovers, fixes and changes count characters in ${encoding}`, async (t) => {
    const client = await start(t, encoding, { profile: 'plain' });
    const document = await client.open('policy.json');
    const marksOf = async (version: number, text: string) => {
      const matches = (report: { uri: string; version?: number }) =>
        report.uri === document.uri && report.version === version;
      const { diagnostics } = await client.received.published.first(matches);
      return diagnostics.map(({ range }) => cut(text, range, encoding));
    };
    assert.deepEqual(await marksOf(1, POLICY), ['"lambda:AddPermission"', '"s3:Get*"']);

    // An edit behind the four bytes, and one that counts on what it left.
    const inserted = '"ü😀", ';
    const changed = POLICY.replace('"s3:Get*"', `${inserted}"s3:List*"`);
    const at = (text: string, part: string): Position => positionIn(text, text.indexOf(part), encoding);
    const between = POLICY.replace('"s3:Get*"', `${inserted}"s3:Get*"`);
    await client.server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: 2 },
      contentChanges: [
        { range: { start: at(POLICY, '"s3:Get'), end: at(POLICY, '"s3:Get') }, text: inserted },
        { range: { start: at(between, 'Get*'), end: at(between, '*"], "Res') }, text: 'List' },
      ],
    });
    assert.deepEqual(await marksOf(2, changed), ['"lambda:AddPermission"']);

    const position = at(changed, 'AddPermission');
    const asked = { textDocument: { uri: document.uri }, position, range: { start: position, end: position } };
    const hover = await client.server.request(HoverRequest.method, asked);
    assert.equal(cut(changed, (hover as { range: Range }).range, encoding), '"lambda:AddPermission"');
    const context = { diagnostics: [], only: ['source.fixAll.iamPolicyRefiner'] };
    const actions = await client.server.request(CodeActionRequest.method, { ...asked, context });
    const [{ edit }] = actions as [{ edit: { changes: Record<string, { range: Range; newText: string }[]> } }];
    const edits = edit.changes[document.uri] ?? [];
    assert.deepEqual(
      edits.map(({ range, newText }) => [cut(changed, range, encoding), newText]),
      [['"lambda:AddPermission", ', '']],
    );
  });
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

function offering(positionEncodings: string[] | undefined): NonNullable<ClientOptions['initialize']> {
  return (given) => {
    const params = WITH_COMMANDS.initialize(given);
    return {
      ...params,
      capabilities: { ...params.capabilities, general: positionEncodings ? { positionEncodings } : {} },
    };
  };
}

function start(t: Parameters<typeof startClient>[0], encoding: Encoding, options: ClientOptions) {
  return startClient(t, { files: FILES, initialize: offering([encoding, 'utf-32']), ...options });
}

/** The part of a text that a range covers on one line. */
function cut(text: string, { start, end }: Range, encoding: Encoding): string {
  assert.equal(start.line, end.line);
  return before(end, text, encoding)[1].slice(before(start, text, encoding)[1].length);
}

async function settle([what, answer]: [string, unknown]): Promise<[string, unknown]> {
  return [what, await answer];
}

function withoutFolder(value: unknown, client: Client): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(client.folder.uri(), 'folder:'));
}

/** An answer in which each position is what it means in the text of the file that the answer says it is of. */
function meaning(value: unknown, client: Client, encoding: Encoding): unknown {
  const texts: ReadonlyMap<string, string> = new Map(
    Object.entries(FILES).map(([file, text]) => [`folder:/${file}`, text]),
  );
  const convert = (part: unknown, text: string | undefined): unknown => {
    if (Array.isArray(part)) return part.map((item) => convert(item, text));
    if (typeof part !== 'object' || part === null) return part;
    if ('line' in part && 'character' in part) {
      assert(text !== undefined, 'nothing says of which file a position is');
      return before(part as Position, text, encoding);
    }
    const { uri, textDocument } = part as { uri?: string; textDocument?: { uri: string } };
    const own = texts.get(textDocument?.uri ?? uri ?? '') ?? text;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, convert(item, texts.get(key) ?? own)]));
  };
  return convert(withoutFolder(value, client), undefined);
}
