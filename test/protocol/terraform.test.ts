import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { type Client, type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf } from './support/samples.ts';
import { wholeOf } from './support/text.ts';

const POLICY = `# 😀
data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["s3:GetBucketAcl", "s3:GetObject", var.action]
    resources = ["*"]
  }

  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = ["*"]
  }
}
`;

const REFINED = `# 😀
data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["s3:GetObject", var.action]
    resources = ["*"]
  }
}
`;

const ROLES = `resource "aws_iam_role" "app" {
  name = "App"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}
`;

const FINDINGS = jsonOf(findingV2('App', { s3: ['GetBucketAcl'] }));

async function openPolicy(
  t: { after(stop: () => Promise<void>): void },
  { files = {}, languageId = 'terraform', ...options }: ClientOptions & { readonly languageId?: string } = {},
): Promise<{ client: Client; document: OpenDocument }> {
  const all = { 'policy.tf': POLICY, 'roles.tf': ROLES, 'findings.json': FINDINGS, ...files };
  const client = await startClient(t, { ...options, files: all });
  return { client, document: await client.open('policy.tf', { languageId }) };
}

async function marksOf(document: OpenDocument): Promise<unknown[]> {
  return (await document.diagnostics()).map(({ code, range }) => [code, range.start.line]);
}

for (const languageId of ['terraform', 'opentofu', 'hcl']) {
  test(`A policy document in a file of the language ${languageId} is marked`, async (t) => {
    const { document } = await openPolicy(t, { languageId });
    assert.deepEqual(await marksOf(document), [
      ['unused-action', 3],
      ['unused-statement', 8],
    ]);
  });
}

test('A fix rewrites one entry of a policy document', async (t) => {
  const { document } = await openPolicy(t);
  const [fix] = await document.codeActions('"s3:GetBucketAcl"');
  assert.equal(fix?.title, "Remove unused action 's3:GetBucketAcl'");
  assert.equal(await document.apply(fix.edit), POLICY.replace('"s3:GetBucketAcl", ', ''));
});

test('Fix-all rewrites a policy document', async (t) => {
  const { document } = await openPolicy(t);
  const [fix] = await document.codeActions(wholeOf(document.text), { only: ['source.fixAll'] });
  assert.equal(await document.apply(fix?.edit), REFINED);
  assert.deepEqual(await marksOf(document), []);
});

test('The command refines a policy document', async (t) => {
  const { document } = await openPolicy(t);
  const { edit } = await document.refine('statement');
  assert.equal(await document.apply(edit), REFINED);
});

test('The hover says whose findings apply, and that a reference may grant the same', async (t) => {
  const { document } = await openPolicy(t);
  const hover = (await document.hover('"s3:GetBucketAcl", ')) ?? '';
  assert.match(hover, /the role 'App' holds this policy/);
  assert.match(hover, /not written literally/);
});

test('The hover of an entry in a statement that is written literally says nothing of references', async (t) => {
  const { document } = await openPolicy(t, { files: { 'policy.tf': POLICY.replace(', var.action', '') } });
  assert.doesNotMatch((await document.hover('"s3:GetBucketAcl"')) ?? '', /not written literally/);
});

test('A setting names the principal of a policy document by its address, or by that of its role', async (t) => {
  const files = { 'roles.tf': ROLES.replace('"App"', 'var.name') };
  for (const address of ['data.aws_iam_policy_document.app', 'aws_iam_role.app']) {
    const { document } = await openPolicy(t, { files, settings: { principals: { [`policy.tf#${address}`]: 'App' } } });
    assert.equal((await marksOf(document)).length, 2, address);
  }
  const { document } = await openPolicy(t, { files });
  assert.deepEqual(await marksOf(document), []);
});

test('What is typed in another open file of the module counts at once', async (t) => {
  const { client, document } = await openPolicy(t);
  assert.equal((await marksOf(document)).length, 2);
  const roles = await client.open('roles.tf', { languageId: 'terraform' });
  await roles.replace('"App"', '"Other"');
  assert.deepEqual(await marksOf(document), []);
  await roles.replace('"Other"', '"App"');
  assert.equal((await marksOf(document)).length, 2);
});

test('What changes on disk in another file of the module counts, too', async (t) => {
  const { client, document } = await openPolicy(t);
  assert.equal((await marksOf(document)).length, 2);
  await writeFile(client.folder.path('roles.tf'), ROLES.replace('"App"', '"Other"'));
  await client.tellFiles(FileChangeType.Changed, 'roles.tf');
  assert.deepEqual(await marksOf(document), []);
});

test('Nobody can say whose a policy document is beside a file that cannot be read', async (t) => {
  const { client, document } = await openPolicy(t);
  await symlink('nowhere.tf', client.folder.path('.#roles.tf'));
  await client.tellFiles(FileChangeType.Created, '.#roles.tf');
  assert.equal((await marksOf(document)).length, 2, 'the lock of an editor says nothing');
  await symlink('nowhere.tf', client.folder.path('more.tf'));
  await client.tellFiles(FileChangeType.Created, 'more.tf');
  assert.match(
    (await document.refine()).message,
    /a file beside this one cannot be read, so that nobody can say who holds this policy/,
  );
});

test('Files of other folders have no say', async (t) => {
  const { document } = await openPolicy(t, {
    files: { 'modules/more.tf': ROLES.replaceAll('"app" {', '"more" {').replace('"App"', '"Other"') },
  });
  assert.equal((await marksOf(document)).length, 2);
});

test('A policy document in a file with a broken block beside it is still refined', async (t) => {
  const { document } = await openPolicy(t, { files: { 'policy.tf': `${POLICY}\nresource "x" "y" {\n  a = [1\n}\n` } });
  assert.equal((await marksOf(document)).length, 2);
  assert.equal((await document.codeActions('"s3:GetBucketAcl"')).length > 0, true);
});

test('No file is taken for Terraform that is none, and none keeps the server from answering', async (t) => {
  const { client } = await openPolicy(t);
  const document = await client.open('odd.tf', {
    languageId: 'terraform',
    text: '<statement class="x">{[("${'.repeat(20_000),
  });
  assert.deepEqual(
    (await document.diagnostics()).map(({ severity }) => severity === 3).filter((is) => !is),
    [],
  );
});

const POLICY_IN_JSON = `{
  "data": {
    "aws_iam_policy_document": {
      "app": {
        "statement": [
          { "actions": ["s3:GetBucketAcl", "s3:GetObject", "\${var.action}"], "resources": ["*"] },
          { "actions": ["s3:GetBucketAcl"], "resources": ["*"] }
        ]
      }
    }
  }
}
`;

const REFINED_IN_JSON = `{
  "data": {
    "aws_iam_policy_document": {
      "app": {
        "statement": [
          { "actions": ["s3:GetObject", "\${var.action}"], "resources": ["*"] }
        ]
      }
    }
  }
}
`;

async function openPolicyInJson(
  t: { after(stop: () => Promise<void>): void },
  { files = {}, ...options }: ClientOptions = {},
): Promise<{ client: Client; document: OpenDocument }> {
  const all = { 'policy.tf.json': POLICY_IN_JSON, 'roles.tf': ROLES, 'findings.json': FINDINGS, ...files };
  const client = await startClient(t, { ...options, files: all });
  return { client, document: await client.open('policy.tf.json', { languageId: 'json' }) };
}

test('A policy document in JSON is marked and refined by the findings of the role that a file in HCL attaches it to', async (t) => {
  const { document } = await openPolicyInJson(t);
  assert.deepEqual(await marksOf(document), [
    ['unused-action', 5],
    ['unused-statement', 6],
  ]);
  const hover = (await document.hover('"s3:GetBucketAcl", ')) ?? '';
  assert.match(hover, /the role 'App' holds this policy/);
  assert.match(hover, /not written literally/);
  const [fix] = await document.codeActions(wholeOf(document.text), { only: ['source.fixAll'] });
  assert.equal(await document.apply(fix?.edit), REFINED_IN_JSON);
  assert.deepEqual(await marksOf(document), []);
});

test('The command refines a policy document in JSON', async (t) => {
  const { document } = await openPolicyInJson(t);
  const { edit } = await document.refine('statement');
  assert.equal(await document.apply(edit), REFINED_IN_JSON);
});

test('What is typed in an open file in JSON counts for a policy document in HCL, and the other way round', async (t) => {
  const more = (user: string) =>
    JSON.stringify({
      resource: { aws_iam_user_policy: { x: { user, policy: `\${data.aws_iam_policy_document.${user}.json}` } } },
    });
  const { client, document } = await openPolicy(t, { files: { 'more.tf.json': more('other') } });
  assert.equal((await marksOf(document)).length, 2);
  const json = await client.open('more.tf.json', { languageId: 'json' });
  await json.replace('document.other', 'document.app');
  assert.deepEqual(await marksOf(document), []);

  const { client: second, document: inJson } = await openPolicyInJson(t);
  assert.equal((await marksOf(inJson)).length, 2);
  const roles = await second.open('roles.tf', { languageId: 'terraform' });
  await roles.replace('"App"', '"Other"');
  assert.deepEqual(await marksOf(inJson), []);
});

test('A setting names the principal of a policy document in JSON by its address, or by that of its role', async (t) => {
  const files = { 'roles.tf': ROLES.replace('"App"', 'var.name') };
  for (const address of ['data.aws_iam_policy_document.app', 'aws_iam_role.app']) {
    const settings = { principals: { [`policy.tf.json#${address}`]: 'App' } };
    const { document } = await openPolicyInJson(t, { files, settings });
    assert.equal((await marksOf(document)).length, 2, address);
  }
});
