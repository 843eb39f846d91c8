import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { ProgressType, type WorkDoneProgressBegin, type WorkDoneProgressReport } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { REFINE_WORKSPACE_REQUEST, type RefineWorkspaceResult } from '../../server/src/protocol.ts';
import { entriesIn, FORMS, GRANTED_REFINED, readForms } from '../support/forms.ts';
import { type Client, startClient } from './support/client.ts';
import { findingV2, jsonOf, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';

const BEFORE = policyOf(['s3:GetBucketAcl', 's3:GetObject']);
const AFTER = policyOf(['s3:GetObject']);
const FINDINGS = jsonOf([
  findingV2('AppRole', { s3: ['GetBucketAcl'] }),
  findingV2('OtherRole', { s3: ['GetBucketAcl'] }),
]);

test('All policies of the workspace are refined, each by its own findings, and nothing is written', async (t) => {
  const files = {
    'roles.findings.json': FINDINGS,
    'roles/AppRole/inline.json': BEFORE,
    'roles/OtherRole.json': BEFORE,
    'roles/Nobody.json': BEFORE,
    'template.json': template({ AppRole: ['s3:GetBucketAcl', 's3:GetObject'], OtherRole: ['s3:GetObject'] }),
    'node_modules/x/AppRole.json': BEFORE,
    'package.json': '{}',
  };
  const client = await startClient(t, { files });
  const { files: refined, totals, problems } = await refineAll(client);
  assert.deepEqual(
    refined.map(({ uri }) => uri.slice(client.folder.uri().length + 1)),
    ['roles/AppRole/inline.json', 'roles/OtherRole.json', 'template.json'],
  );
  assert.deepEqual(totals, { policies: 5, unmatched: 1 });
  assert.deepEqual(problems, []);
  const [inline, , whole] = refined;
  assert.equal(inline?.text, BEFORE);
  assert.deepEqual(
    inline.policies.map(({ edits: _, ...rest }) => rest),
    [
      {
        pointer: '',
        principals: ['AppRole'],
        why: "it lies in the folder 'AppRole'",
        totals: { granted: 2, unused: 1 },
      },
    ],
  );
  assert.equal(applied(inline), AFTER);
  assert.deepEqual(
    whole?.policies.map(({ address }) => address),
    ['AppRoleResource'],
  );
});

test('A role whose policy is written in every form is refined to the same permissions in each, with no file open', async (t) => {
  const client = await startClient(t, { files: readForms() });
  const { files, totals, problems } = await refineAll(client);
  assert.deepEqual(
    files.map(({ uri }) => uri.slice(client.folder.uri().length + 1)),
    Object.keys(FORMS),
  );
  for (const file of files) assert.deepEqual(entriesIn(applied(file)), GRANTED_REFINED, file.uri);
  assert.deepEqual(totals, { policies: Object.keys(FORMS).length, unmatched: 0 });
  assert.deepEqual(problems, []);
});

test('A client may spell the URI of its folder otherwise than VS Code', async (t) => {
  const plain = (uri: string) => uri.replaceAll('%40', '@');
  const client = await startClient(t, {
    files: { 'roles.findings.json': FINDINGS, 'AppRole.json': BEFORE },
    folderName: 'my@project',
    initialize: (params) => ({
      ...params,
      workspaceFolders: [{ uri: plain(params.workspaceFolders?.[0]?.uri ?? ''), name: 'workspace' }],
    }),
  });
  const { files } = await refineAll(client);
  assert.equal(files.length, 1);
});

test('Of an open file its text in the editor is refined', async (t) => {
  const client = await startClient(t, { files: { 'roles.findings.json': FINDINGS, 'AppRole.json': BEFORE } });
  const document = await client.open('AppRole.json');
  await document.replace('"s3:GetObject"', '"s3:PutObject"');
  const [file] = (await refineAll(client)).files;
  assert.equal(file?.text, document.text);
  assert.equal(applied(file), policyOf(['s3:PutObject']));
});

test('What cannot be refined is said, and the rest is', async (t) => {
  const files = {
    'roles.findings.json': FINDINGS,
    'AppRole.json': BEFORE,
    'broken/AppRole.json': `${BEFORE.trimEnd().slice(0, -1)}`,
    'unused/AppRole.json': policyOf(['s3:GetBucketAcl']),
  };
  const client = await startClient(t, { files });
  await mkdir(client.folder.path('folder.json'));
  const { files: refined, problems } = await refineAll(client);
  assert.equal(refined.length, 1);
  assert.equal(problems.length, 2, problems.join('\n'));
  assert.match(problems[0] ?? '', /^broken\/AppRole\.json: line \d+: JSON syntax error: /);
  assert.match(problems[1] ?? '', /^unused\/AppRole\.json: All that this policy grants is unused .* Detach it/);
});

test('A policy that would outgrow its quota says so', async (t) => {
  const files = {
    'AppRole.json': policyOf(['*']),
    'roles.findings.json': jsonOf([findingV2('AppRole', { s3: ['GetBucketAcl'], ec2: ['RunInstances'] })]),
  };
  const [file] = (await refineAll(await startClient(t, { files }))).files;
  assert.match(file?.policies[0]?.confirm ?? '', /more than the 6,144 of a managed policy\. IAM would refuse it$/);
});

test('Progress is told where a token is given, and its end', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`${index}/AppRole.json`, policyOf(['ec2:*', 's3:*'])]),
  );
  const client = await startClient(t, { files: { ...files, 'roles.findings.json': FINDINGS } });
  const seen: (WorkDoneProgressBegin | WorkDoneProgressReport | { kind: 'end' })[] = [];
  client.server.connection.onProgress(new ProgressType<(typeof seen)[number]>(), 'token', (value) => {
    seen.push(value);
  });
  const { files: refined } = await refineAll(client, { workDoneToken: 'token' });
  assert.equal(refined.length, 200);
  assert.equal(seen[0]?.kind, 'begin');
  assert.equal(seen.at(-1)?.kind, 'end');
  const reports = seen.flatMap((value) => (value.kind === 'report' ? [value.message] : []));
  assert.match(reports[0] ?? '', /^\d+ files? of 201 files$/);
});

test('A folder for which the user turned us off is left alone', async (t) => {
  const files = { 'roles.findings.json': FINDINGS, 'AppRole.json': BEFORE };
  const result = await refineAll(await startClient(t, { files, settings: { enable: false } }));
  assert.deepEqual(result, { files: [], totals: { policies: 0, unmatched: 0 }, problems: [] });
});

async function refineAll(client: Client, params: object = {}): Promise<RefineWorkspaceResult> {
  return (await client.server.request(REFINE_WORKSPACE_REQUEST, params)) as RefineWorkspaceResult;
}

/** The text of a file with all edits made. */
function applied({ text, policies }: RefineWorkspaceResult['files'][number]): string {
  const document = TextDocument.create('', '', 0, text);
  return TextDocument.applyEdits(
    document,
    policies.flatMap(({ edits }) => [...edits]),
  );
}
