import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ConfigurationParams,
  ConfigurationRequest,
  DidChangeTextDocumentNotification,
  FileChangeType,
  ProgressType,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { REFINE_WORKSPACE_REQUEST, type RefineWorkspaceResult } from '../../server/src/protocol.ts';
import { type Client, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';
import { rangeOf, wholeOf } from './support/text.ts';

/** What was open first; what is opened under the same name and version while the first text is still looked at. */
const OLD = policyOf(['s3:GetObject', 's3:GetBucketAcl', 's3:PutObject']);
const NEW = policyOf(['ec2:RunInstances'], ['s3:PutObject', 's3:GetBucketAcl']);
const REFINED = policyOf(['ec2:RunInstances'], ['s3:PutObject']);

const FILES = { 'p.json': OLD, 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) };

const TEMPLATE_JSON = template({ AppRole: ['s3:GetObject', 's3:GetBucketAcl'] });
const TEMPLATE_YAML = `Resources:
  AppRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: AppRole
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:GetBucketAcl]
                Resource: "*"
`;

const MAIN_TF = `resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:GetBucketAcl"], Resource = "*" }]
  })
}
`;

function rolesTf(name: string): string {
  return `resource "aws_iam_role" "app" {\n  name = "${name}"\n}\n`;
}

/** What may be asked of the first text before it is closed, without waiting for the answer. */
const QUESTIONS: Readonly<Record<string, (document: OpenDocument) => Promise<unknown>>> = {
  diagnostics: (document) => document.diagnostics(),
  'code actions': (document) => document.codeActions('"s3:GetBucketAcl"'),
  'the refined policy': (document) => document.refine(),
  'a preview': (document) => document.askPreview(),
  'a hover': (document) => document.hover('s3:GetBucketAcl'),
  'the status': (document) => document.status('s3:GetBucketAcl'),
};

/** How often each is tried: what is stale depends on who comes first. */
const TRIALS = 8;

for (const [name, ask] of Object.entries(QUESTIONS))
  test(`A text that is opened while ${name} of the last one is on its way is answered as itself`, async (t) => {
    const client = await startClient(t, { files: FILES });
    for (let trial = 0; trial < TRIALS; trial++) {
      const reopened = await reopen(client, ask, trial % 2 === 0);
      const marked = (await reopened.diagnostics()).map(({ range }) => range);
      assert.deepEqual(marked, [rangeOf(NEW, '"s3:GetBucketAcl"')]);
      assert.equal(reopened.preview((await reopened.refine()).edit), REFINED);
      assert.equal((await reopened.askPreview()).text, REFINED);
      const [fix] = await reopened.codeActions('"s3:GetBucketAcl"', { only: ['quickfix'] });
      assert.equal(reopened.preview(fix?.edit), REFINED);
      const [fixAll] = await reopened.codeActions('"s3:GetBucketAcl"', { only: ['source.fixAll'] });
      assert.equal(reopened.preview(fixAll?.edit), REFINED);
      await reopened.close();
      await client.configure({});
    }
  });

test('Marks that are pushed after a text was opened again are those of the new one', async (t) => {
  const client = await startClient(t, { files: FILES, profile: 'plain' });
  for (let trial = 0; trial < TRIALS; trial++) {
    const reopened = await reopen(client, QUESTIONS['a hover'] as (document: OpenDocument) => Promise<unknown>, true);
    assert.equal(reopened.preview((await reopened.refine()).edit), REFINED);
    await reopened.close();
  }
});

test('A text that changes without a new version is answered as it is now', async (t) => {
  const client = await startClient(t, { files: FILES });
  const document = await client.open('p.json', { text: OLD });
  assert.equal((await document.diagnostics()).length, 1);
  const { uri, version } = document;
  await client.server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [{ text: NEW }],
  });
  assert.deepEqual(
    (await document.diagnostics()).map(({ range }) => range),
    [rangeOf(NEW, '"s3:GetBucketAcl"')],
  );
  const [change] = (await document.refine()).edit?.documentChanges ?? [];
  assert(change && 'edits' in change);
  const edits = change.edits.filter((edit) => 'newText' in edit);
  assert.equal(TextDocument.applyEdits(TextDocument.create(uri, 'json', version, NEW), edits), REFINED);
});

test('A template that becomes YAML while it is looked at is read as YAML', async (t) => {
  const findings = jsonOf([findingV2('AppRole', { s3: ['GetBucketAcl'] })]);
  const client = await startClient(t, { files: { 'findings.json': findings } });
  for (let trial = 0; trial < TRIALS; trial++) {
    const document = await client.openUri(client.folder.uri('t.template'), TEMPLATE_JSON, 'cloudformation');
    const [ask] = Object.values(QUESTIONS).slice(trial % 2);
    const answer = (ask as (document: OpenDocument) => Promise<unknown>)(document);
    await document.change({ range: wholeOf(TEMPLATE_JSON), text: TEMPLATE_YAML });
    await answer;
    assert.deepEqual(
      (await document.diagnostics()).map(({ range }) => range),
      [rangeOf(TEMPLATE_YAML, 's3:GetBucketAcl')],
    );
    await document.close();
    await client.configure({});
  }
});

test('A file beside a policy that is opened again has the say of its new text', async (t) => {
  const findings = jsonOf([findingV2('AppRole', { s3: ['GetBucketAcl'] })]);
  const client = await startClient(t, { files: { 'main.tf': MAIN_TF, 'findings.json': findings } });
  const main = await client.open('main.tf', { languageId: 'terraform' });
  for (let trial = 0; trial < TRIALS; trial++) {
    const app = await client.openUri(client.folder.uri('roles.tf'), rolesTf('AppRole'), 'terraform');
    await client.folder.write('roles.tf', rolesTf('AppRole'));
    await client.tellFiles(FileChangeType.Created, 'roles.tf');
    const answer = main.refine();
    if (trial % 2 === 0) assert.equal((await answer).kind, 'refined');
    await app.close();
    const other = await client.openUri(client.folder.uri('roles.tf'), rolesTf('OtherRole'), 'terraform');
    await answer;
    assert.equal((await main.refine()).kind, 'nothing');
    assert.deepEqual(await main.diagnostics(), []);
    await other.close();
  }
});

test('The settings of a document that was closed while it was looked at are not remembered for the next one', async (t) => {
  const client = await startClient(t, { files: { 'main.tf': MAIN_TF } });
  const asked: string[] = [];
  client.server.connection.onRequest(ConfigurationRequest.type, ({ items }: ConfigurationParams) => {
    for (const { scopeUri = '' } of items) asked.push(scopeUri);
    return items.map(() => ({}));
  });
  // What reads Terraform is loaded for the first file, and the settings are asked for when it is there.
  const first = await client.open('main.tf', { languageId: 'terraform' });
  const answer = first.refine();
  await first.close();
  await answer;
  asked.length = 0;
  const again = await client.open('main.tf', { languageId: 'terraform' });
  await again.refine();
  assert.deepEqual(asked, [again.uri]);
});

test('What is refined in a workspace is the text that is open at the end', async (t) => {
  const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, '0')}.json`);
  const files = { ...FILES, ...Object.fromEntries(names.map((name) => [name, OLD])) };
  const client = await startClient(t, { files });
  const opened: Promise<OpenDocument>[] = [];
  client.server.connection.onProgress(new ProgressType<{ message?: string }>(), 'token', ({ message = '' }) => {
    if (Number.parseInt(message, 10) > 0 && opened.length === 0) opened.push(client.open('000.json', { text: NEW }));
  });
  const params = { workDoneToken: 'token' };
  const result = (await client.server.request(REFINE_WORKSPACE_REQUEST, params)) as RefineWorkspaceResult;
  assert.equal(opened.length, 1, 'the work was over before there was progress');
  assert.deepEqual(
    result.files.slice(0, 2).map(({ uri, text }) => [uri, text]),
    [
      [client.folder.uri('000.json'), NEW],
      [client.folder.uri('001.json'), OLD],
    ],
  );
  assert.deepEqual(result.totals, { policies: 301, unmatched: 0 });
});

/** Opens the first text, asks, closes it at once, and opens the other one under the same name and version. */
async function reopen(
  client: Client,
  ask: (document: OpenDocument) => Promise<unknown>,
  isFirst: boolean,
): Promise<OpenDocument> {
  const first = await client.open('p.json', { text: OLD });
  const answers = [ask(first), ...(isFirst ? [] : [first.diagnostics()])];
  await first.close();
  const reopened = await client.open('p.json', { text: NEW });
  // What became of the first text does not matter, but that there is an answer.
  await Promise.all(answers);
  return reopened;
}
