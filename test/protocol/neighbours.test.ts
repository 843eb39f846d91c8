import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { type Client, type ClientOptions, startClient } from './support/client.ts';
import { within } from './support/deadline.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, policyOf } from './support/samples.ts';
import { wholeOf } from './support/text.ts';

// Whose a policy is, other files of the repository say as well: in the editor as they stand there, else on disk.

/** A file with a policy, and another one with what makes it the role's that has findings. */
interface Case {
  readonly policy: string;
  readonly neighbour: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the neighbour says when the policy is nobody's that has findings. */
  readonly other: string;
}

const HCL = `data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["s3:GetBucketAcl", "s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}
`;

const ROLE = 'resource "aws_iam_role" "app" {\n  name = "App"\n}\n';

const ROLE_JSON = jsonOf({ resource: { aws_iam_role: { app: { name: 'App' } } } });

const CASES: Readonly<Record<string, Case>> = {
  'a role in the same module': {
    policy: 'main.tf',
    neighbour: 'roles.tf',
    files: { 'main.tf': HCL, 'roles.tf': ROLE },
    other: ROLE.replace('"App"', '"Other"'),
  },
  'a role in the same module, in JSON': {
    policy: 'main.tf',
    neighbour: 'roles.tf.json',
    files: { 'main.tf': HCL, 'roles.tf.json': ROLE_JSON },
    other: ROLE_JSON.replace('"App"', '"Other"'),
  },
  'the call of a module': {
    policy: 'modules/app/main.tf',
    neighbour: 'live/main.tf',
    files: {
      'modules/app/main.tf': `${HCL}\nvariable "name" {}\n\n${ROLE.replace('"App"', 'var.name')}`,
      'live/main.tf': 'module "app" {\n  source = "../modules/app"\n  name   = "App"\n}\n',
    },
    other: 'module "app" {\n  source = "../modules/app"\n  name   = "Other"\n}\n',
  },
  'a managed policy that a template elsewhere attaches': {
    policy: 'policies/shared.json',
    neighbour: 'roles/roles.json',
    files: {
      'policies/shared.json': jsonOf({
        Resources: {
          Shared: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: {
              ManagedPolicyName: 'Shared',
              PolicyDocument: JSON.parse(policyOf(['s3:GetBucketAcl', 's3:GetObject'])),
            },
          },
        },
      }),
      'roles/roles.json': attaching('App'),
    },
    other: attaching('Other'),
  },
  'a template in another folder with the same logical id': {
    policy: 'a/template.json',
    neighbour: 'b/template.json',
    files: { 'a/template.json': unnamed('Role'), 'b/template.json': unnamed('Else') },
    other: unnamed('Role'),
  },
};

const FINDINGS = {
  'findings.json': jsonOf([
    findingV2('App', { s3: ['GetBucketAcl'] }),
    findingV2('stack-Role-1A2B3C4D5E6F', { s3: ['GetBucketAcl'] }),
  ]),
};

describe('What another file says counts', () => {
  for (const [name, { policy, neighbour, files, other }] of Object.entries(CASES)) {
    test(`when it changes on disk and the client tells of it: ${name}`, async (t) => {
      const { client, document } = await open(t, { files, policy });
      assert.equal((await document.diagnostics()).length, 1);
      await client.folder.write(neighbour, other);
      await client.tellFiles(FileChangeType.Changed, neighbour);
      assert.deepEqual(await document.diagnostics(), []);
      assert.deepEqual(await document.codeActions('s3:GetBucketAcl', { only: ['quickfix'] }).then(edits), []);
    });

    test(`when it changes on disk, nobody tells of it, and somebody saves: ${name}`, async (t) => {
      const { client, document } = await open(t, { files, policy });
      assert.equal((await document.diagnostics()).length, 1);
      await client.folder.write(neighbour, other);
      await client.received.refreshes.after(() => document.save());
      assert.deepEqual(await document.diagnostics(), []);
    });

    test(`when it changes on disk under a client that tells of nothing: ${name}`, async (t) => {
      const { client, document } = await open(t, { files, policy, profile: 'plain' });
      await published(client, document, 1);
      await client.folder.write(neighbour, other);
      await within(asking(document, client), 'marks that tell of what changed on disk');
    });

    test(`as it stands in the editor, and as it is on disk when it is closed unsaved: ${name}`, async (t) => {
      const { client, document } = await open(t, { files, policy });
      assert.equal((await document.diagnostics()).length, 1);
      const beside = await client.open(neighbour, { languageId: languageOf(neighbour) });
      await client.received.refreshes.after(() => beside.change({ range: wholeOf(beside.text), text: other }));
      assert.deepEqual(await document.diagnostics(), []);
      await client.received.refreshes.after(() => beside.close());
      assert.equal((await document.diagnostics()).length, 1);
    });

    test(`at once to a client that marks are pushed to: ${name}`, async (t) => {
      const { client, document } = await open(t, { files, policy, profile: 'plain' });
      await published(client, document, 1);
      const beside = await client.open(neighbour, { languageId: languageOf(neighbour) });
      await beside.change({ range: wholeOf(beside.text), text: other });
      await published(client, document, 0);
      await beside.close();
      await published(client, document, 1);
    });
  }
});

test('What a file says counts across the workspace folders of one repository', async (t) => {
  const files = {
    '.git/HEAD': '',
    'a/template.json': unnamed('Role'),
    'b/template.json': unnamed('Else'),
    ...findingsIn('a'),
  };
  const client = await startClient(t, {
    files,
    initialize: (params) => {
      const [whole] = params.workspaceFolders ?? [];
      const folders = ['a', 'b'].map((name) => ({ uri: `${whole?.uri}/${name}`, name }));
      return { ...params, workspaceFolders: folders };
    },
  });
  const document = await client.open('a/template.json');
  assert.equal((await document.diagnostics()).length, 1);
  const beside = await client.open('b/template.json');
  await client.received.refreshes.after(() => beside.change({ range: wholeOf(beside.text), text: unnamed('Role') }));
  assert.deepEqual(await document.diagnostics(), []);
});

test('A file that is new and not saved counts until it is closed', async (t) => {
  const { client, document } = await open(t, {
    files: { 'a/template.json': unnamed('Role') },
    policy: 'a/template.json',
  });
  assert.equal((await document.diagnostics()).length, 1);
  let beside: OpenDocument | undefined;
  await client.received.refreshes.after(async () => {
    beside = await client.openUri(client.folder.uri('new/template.json'), unnamed('Role'));
  });
  assert.deepEqual(await document.diagnostics(), []);
  await client.received.refreshes.after(() => beside?.close());
  assert.equal((await document.diagnostics()).length, 1);
});

for (const [what, file, files] of [
  ['that git ignores', 'old/template.json', { '.gitignore': 'old/\n' }],
  ['of a package', 'node_modules/x/template.json', {}],
  ['that a tool made', 'cdk.out/template.json', {}],
] as const) {
  test(`A file ${what} has no say, also when it is opened or changes`, async (t) => {
    const all = { ...files, 'a/template.json': unnamed('Role'), [file]: unnamed('Role') };
    const { client, document } = await open(t, { files: all, policy: 'a/template.json' });
    const before = await document.diagnostics();
    assert.equal(before.length, 1);
    await client.open(file);
    await client.tellFiles(FileChangeType.Changed, file);
    assert.deepEqual(await document.diagnostics(), before);
  });
}

test('Files that are no files, that never end or lead outside keep nobody waiting, and say nothing', async (t) => {
  const { client, document } = await open(t, {
    files: { 'a/template.json': unnamed('Role') },
    policy: 'a/template.json',
  });
  assert.equal((await document.diagnostics()).length, 1);
  const links = {
    'zero.json': '/dev/zero',
    'endless.sh': '/dev/urandom',
    'loop.json': client.folder.path('loop.json'),
    'a/around.json': client.folder.path('.'),
    'gone.yaml': '/nowhere/at/all',
    'outside.json': (await outside(client)).replace('file://', ''),
  };
  for (const [name, target] of Object.entries(links)) await symlink(target, client.folder.path(name));
  await client.tellFiles(FileChangeType.Created, ...Object.keys(links));
  assert.equal((await document.diagnostics()).length, 1);
});

/** A template beside the workspace folder that would compete. */
async function outside({ folder }: Client): Promise<string> {
  await folder.write('../outside.json', unnamed('Role'));
  return folder.path('../outside.json');
}

async function open(
  t: { after(stop: () => Promise<void>): void },
  { policy, files, ...options }: ClientOptions & { readonly policy: string },
): Promise<{ client: Client; document: OpenDocument }> {
  const client = await startClient(t, { ...options, files: { ...files, ...FINDINGS } });
  return { client, document: await client.open(policy, { languageId: languageOf(policy) }) };
}

/** Waits until so many marks are shown of a document. */
async function published({ received }: Client, { uri }: OpenDocument, count: number): Promise<void> {
  const isSo = (report: { uri: string; diagnostics: readonly unknown[] } | undefined) =>
    report?.diagnostics.length === count;
  const latest = () => received.published.all.filter((report) => report.uri === uri).at(-1);
  if (!isSo(latest()))
    await received.published.after(
      () => {},
      (report) => report.uri === uri && isSo(report),
    );
}

/** Works with a document, by which the server looks at the disk, until its marks are gone. */
async function asking(document: OpenDocument, { received }: Client): Promise<void> {
  const marks = () => received.published.all.filter(({ uri }) => uri === document.uri).at(-1)?.diagnostics.length;
  while (marks() !== 0) await document.hover('s3:GetBucketAcl');
}

function edits(actions: readonly { edit?: unknown }[]): unknown[] {
  return actions.map(({ edit }) => edit).filter((edit) => edit !== undefined);
}

function findingsIn(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(FINDINGS).map(([name, text]) => [`${folder}/${name}`, text]));
}

function languageOf(file: string): string {
  return file.endsWith('.tf') ? 'terraform' : 'json';
}

/** A template with a role of this name that a managed policy is attached to. */
function attaching(role: string): string {
  const properties = { RoleName: role, ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/Shared'] };
  return jsonOf({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: properties } } });
}

/** A template with a role that CloudFormation names after this logical id. */
function unnamed(id: string): string {
  const document = JSON.parse(policyOf(['s3:GetBucketAcl', 's3:GetObject']));
  const properties = { Policies: [{ PolicyName: 'p', PolicyDocument: document }] };
  return jsonOf({ Resources: { [id]: { Type: 'AWS::IAM::Role', Properties: properties } } });
}
