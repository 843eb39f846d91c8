import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CodeAction,
  CodeActionRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  HoverRequest,
  type InitializeParams,
  type PublishDiagnosticsParams,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { documentedSettings } from '../support/documentedSettings.ts';
import { readToml } from '../support/toml.ts';
import { before, positionIn } from '../support/utf8Oracle.ts';
import { startClient } from './support/client.ts';
import { plainFindings } from './support/samples.ts';

/** What we document of Helix's `languages.toml`. */
const { 'language-server': servers, language: languages } = readToml(documentedSettings('Helix', 'toml')) as {
  'language-server': Record<string, { command: string; args: string[]; config: Record<string, unknown> }>;
  language: { name: string; 'language-servers': string[] }[];
};

const POLICY =
  '{"Statement": [{"Sid": "é😀", "Effect": "Allow", "Action": ["kms:Decrypt", "lambda:AddPermission", "s3:GetObject"], "Resource": "*"}]}\n';

test('The documented settings of Helix start our server for the languages that hold policies', () => {
  assert.deepEqual(
    languages.map(({ name }) => name),
    ['json', 'yaml', 'hcl'],
  );
  for (const language of languages) assert.equal(language['language-servers'][0], 'iam-policy-refiner');
  const { command, args } = servers['iam-policy-refiner'] ?? assert.fail('there is no server');
  assert.deepEqual([command, ...args], ['iam-policy-refiner-server', '--stdio']);
});

test('A client that speaks as Helix does marks, tells and refines with the documented settings, in UTF-8', async (t) => {
  const { config } = servers['iam-policy-refiner'] ?? assert.fail('there is no server');
  const files = {
    'policy.json': POLICY,
    'unused.findings.json': plainFindings({ kms: ['Decrypt'], lambda: ['AddPermission'] }),
  };
  const client = await startClient(t, { files, initialize: (given) => asHelix(given, config) });
  client.settingsOf = () => config.iamPolicyRefiner ?? null;
  await client.server.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: config });
  const document = await client.open('policy.json');
  const isCurrent = (version: number) => (report: PublishDiagnosticsParams) =>
    report.uri === document.uri && report.version === version;
  const { diagnostics } = await client.received.published.first(isCurrent(1));
  const cut = (range: { start: { line: number; character: number }; end: { line: number; character: number } }) =>
    before(range.end, POLICY, 'utf-8')[1].slice(before(range.start, POLICY, 'utf-8')[1].length);
  assert.deepEqual(
    diagnostics.map(({ range }) => cut(range)),
    ['"lambda:AddPermission"'],
  );

  const position = positionIn(POLICY, POLICY.indexOf('AddPermission'), 'utf-8');
  const asked = { textDocument: { uri: document.uri }, position };
  const hover = await client.server.request(HoverRequest.method, asked);
  assert.match(JSON.stringify(hover), /Unused/);

  // Helix sends back what it knows of a mark without what its own types lack, and asks for all kinds.
  const known = diagnostics.map(({ range, severity, code, source, message, data, tags }) => ({
    ...{ range, severity, code, source, message, data, tags },
  }));
  const context = { diagnostics: known, triggerKind: 1 };
  const range = { start: position, end: position };
  const actions = (await client.server.request(CodeActionRequest.method, { ...asked, range, context })) as CodeAction[];
  assert(actions.every(({ edit, command }) => edit && !command));
  const [fixAll] = actions.filter(({ kind }) => kind === 'source.fixAll.iamPolicyRefiner');
  const [change] = (fixAll?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  assert.deepEqual(change?.textDocument, { uri: document.uri, version: 1 });
  const contentChanges = change.edits.map((edit) => ({
    range: edit.range,
    text: (edit as { newText: string }).newText,
  }));
  assert.deepEqual(
    contentChanges.map((edit) => [cut(edit.range), edit.text]),
    [['"lambda:AddPermission", ', '']],
  );
  await client.server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: document.uri, version: 2 },
    contentChanges,
  });
  assert.deepEqual((await client.received.published.first(isCurrent(2))).diagnostics, []);
});

/** The parameters of `initialize` as Helix sends them by its source (`helix-lsp/src/client.rs`), but for what our server does not read. */
function asHelix(given: InitializeParams, config: unknown): InitializeParams {
  const [folder] = given.workspaceFolders ?? [];
  return {
    processId: given.processId,
    workspaceFolders: given.workspaceFolders ?? null,
    rootPath: decodeURIComponent(new URL(folder?.uri ?? '').pathname),
    rootUri: folder?.uri ?? null,
    initializationOptions: config,
    clientInfo: { name: 'helix' },
    capabilities: {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: false },
        workspaceFolders: true,
        applyEdit: true,
        executeCommand: { dynamicRegistration: false },
        workspaceEdit: {
          documentChanges: true,
          resourceOperations: ['create', 'rename', 'delete'],
          failureHandling: 'abort',
          normalizesLineEndings: false,
        },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: false },
      },
      textDocument: {
        hover: { contentFormat: ['markdown'] },
        codeAction: {
          codeActionLiteralSupport: {
            codeActionKind: {
              valueSet: [
                '',
                'quickfix',
                'refactor',
                'refactor.extract',
                'refactor.inline',
                'refactor.rewrite',
                'source',
                'source.organizeImports',
              ],
            },
          },
          isPreferredSupport: true,
          disabledSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
        },
        publishDiagnostics: { versionSupport: true, tagSupport: { valueSet: [1, 2] } },
      },
      window: { workDoneProgress: true },
      general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    },
  };
}
