import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { type Client, startClient } from './support/client.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { findingV2, jsonOf, plainFindings, policyOf, roleArn } from './support/samples.ts';
import { template } from './support/template.ts';
import type { Files } from './support/temporaryFolder.ts';

const POLICY = policyOf(['s3:GetBucketAcl', 's3:GetBucketTagging', 's3:GetObject']);
const OF_MY_ROLE = jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] }));

/** Files to which findings of MyRole apply, and how the hover gives the reason. */
const APPLIES: Readonly<Record<string, RegExp>> = {
  'MyRole.json': /the file is called 'MyRole\.json'/,
  'myrole.json': /the file is called 'myrole\.json'/,
  'MyRole.dev.json': /the file is called 'MyRole\.dev\.json'/,
  'MyRole-policy.json': /the file is called 'MyRole-policy\.json'/,
  'MyRole_policy.json': /the file is called 'MyRole_policy\.json'/,
  'roles/MyRole/inline.json': /it lies in the folder 'MyRole'/,
  'MyRole/deep/below/policy.json': /it lies in the folder 'MyRole'/,
};

for (const [file, why] of Object.entries(APPLIES)) {
  test(`Findings of role/MyRole apply to ${file}`, async (t) => {
    const client = await startClient(t, { files: { [file]: POLICY, 'findings.json': OF_MY_ROLE } });
    assert.deepEqual(await unusedEntries(client, file), ['s3:GetBucketAcl']);
    const document = await client.open(file);
    assert.match(unescapeMarkdown(await document.hover('s3:GetBucketAcl')), why);
  });
}

for (const file of ['Other.json', 'MyRole2.json', 'NotMyRole.json', 'MyRoles/inline.json', 'roles/Other/inline.json']) {
  test(`Findings of role/MyRole do not apply to ${file}`, async (t) => {
    const client = await startClient(t, { files: { [file]: POLICY, 'findings.json': OF_MY_ROLE } });
    assert.deepEqual(await unusedEntries(client, file), []);
    const { kind, message } = await (await client.open(file)).refine();
    assert.equal(kind, 'nothing');
    assert.match(message, /no principal matches this policy.*MyRole/);
  });
}

test('The name of a folder above the workspace folder says nothing', async (t) => {
  const files = { 'policy.json': POLICY, 'findings.json': OF_MY_ROLE };
  const client = await startClient(t, { files, folderName: 'MyRole' });
  assert.deepEqual(await unusedEntries(client, 'policy.json'), []);
});

test("An account's id in the name of the workspace folder says where its policies are deployed", async (t) => {
  const files = { 'MyRole.json': POLICY, 'findings.json': OF_MY_ROLE };
  const client = await startClient(t, { files, folderName: 'acc-999999999999' });
  assert.deepEqual(await unusedEntries(client, 'MyRole.json'), []);
});

/** Workspaces with the entries that are marked in `MyRole.json`, or another file. */
const CASES: readonly { name: string; file?: string; files: Files; unused: readonly string[] }[] = [
  ...['ARCHIVED', 'RESOLVED'].map((status) => ({
    name: `A finding that is ${status} marks nothing`,
    files: { 'findings.json': jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] }, { status })) },
    unused: [],
  })),
  {
    name: 'A finding without a status is taken for ACTIVE',
    files: { 'findings.json': jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] }, { status: undefined })) },
    unused: ['s3:GetBucketAcl'],
  },
  {
    name: 'A newer RESOLVED answer beats an older ACTIVE one, whichever file is read first',
    files: {
      'a.findings.json': jsonOf(
        findingV2('MyRole', { s3: ['GetBucketAcl'] }, { status: 'RESOLVED', updatedAt: '2024-06-30T00:00:00Z' }),
      ),
      'b.findings.json': OF_MY_ROLE,
    },
    unused: [],
  },
  {
    name: 'A newer ACTIVE answer beats an older one',
    files: {
      'a.findings.json': OF_MY_ROLE,
      'b.findings.json': jsonOf(
        findingV2('MyRole', { s3: ['GetBucketTagging'] }, { updatedAt: '2024-06-30T00:00:00Z' }),
      ),
    },
    unused: ['s3:GetBucketTagging'],
  },
  {
    name: 'Two pages of one answer are united',
    files: {
      'findings.json': jsonOf([
        findingV2('MyRole', { s3: ['GetBucketAcl'] }, { nextToken: 'more' }),
        findingV2('MyRole', { s3: ['GetBucketTagging'] }),
      ]),
    },
    unused: ['s3:GetBucketAcl', 's3:GetBucketTagging'],
  },
  {
    name: 'Two analyzers must agree on one principal',
    files: {
      'findings.json': jsonOf([
        findingV2('MyRole', { s3: ['GetBucketAcl', 'GetBucketTagging'] }, { id: 'one' }),
        findingV2('MyRole', { s3: ['GetBucketTagging', 'GetObject'] }, { id: 'two' }),
      ]),
    },
    unused: ['s3:GetBucketTagging'],
  },
  {
    name: 'A finding about outside access says nothing of unused actions',
    files: {
      'findings.json': jsonOf([
        findingV2('MyRole', { s3: ['GetBucketAcl'] }),
        findingV2(
          'MyRole',
          {},
          { id: 'two', findingType: 'ExternalAccess', findingDetails: [{ externalAccessDetails: {} }] },
        ),
      ]),
    },
    unused: ['s3:GetBucketAcl'],
  },
  {
    name: 'A role of the same name in another account makes the name ambiguous',
    files: {
      'findings.json': jsonOf([
        findingV2('MyRole', { s3: ['GetBucketAcl'] }),
        findingV2('MyRole', { s3: ['GetBucketAcl'] }, { id: 'two', resource: roleArn('MyRole', '999999999999') }),
      ]),
    },
    unused: [],
  },
  {
    name: "An account's id in the path tells roles of the same name apart",
    file: '999999999999/MyRole.json',
    files: {
      'findings.json': jsonOf([
        findingV2('MyRole', { s3: ['GetBucketAcl'] }),
        findingV2('MyRole', { s3: ['GetBucketTagging'] }, { id: 'two', resource: roleArn('MyRole', '999999999999') }),
      ]),
    },
    unused: ['s3:GetBucketTagging'],
  },
  {
    name: 'Findings of the principal beat a list without a principal that lies beside the policy',
    files: { 'findings.json': OF_MY_ROLE, 'plain.findings.json': plainFindings({ s3: ['GetBucketTagging'] }) },
    unused: ['s3:GetBucketAcl'],
  },
  {
    name: 'Two equally near lists without a principal must agree',
    file: 'policy.json',
    files: {
      'a.findings.json': plainFindings({ s3: ['GetBucketAcl', 'GetBucketTagging'] }),
      'b.findings.json': plainFindings({ s3: ['GetBucketTagging', 'GetObject'] }),
    },
    unused: ['s3:GetBucketTagging'],
  },
  {
    name: 'Two equally near lists that have nothing in common mark nothing',
    file: 'policy.json',
    files: {
      'a.findings.json': plainFindings({ s3: ['GetBucketAcl'] }),
      'b.findings.json': plainFindings({ lambda: ['GetFunction'] }),
    },
    unused: [],
  },
  {
    name: 'The nearest list without a principal wins',
    file: 'team/app/policy.json',
    files: {
      'findings.json': plainFindings({ s3: ['GetBucketAcl'] }),
      'team/findings.json': plainFindings({ s3: ['GetBucketTagging'] }),
    },
    unused: ['s3:GetBucketTagging'],
  },
  {
    name: 'A list without a principal does not apply beside its folder',
    file: 'team/policy.json',
    files: { 'other/findings.json': plainFindings({ s3: ['GetBucketAcl'] }) },
    unused: [],
  },
  {
    name: 'A list without a principal does not apply in a folder whose name only begins like its own',
    file: 'team-two/policy.json',
    files: { 'team/findings.json': plainFindings({ s3: ['GetBucketAcl'] }) },
    unused: [],
  },
  {
    name: 'Names with their service prefix and in any case are understood',
    file: 'policy.json',
    files: { 'findings.json': plainFindings({ S3: ['s3:getbucketacl', 'GETBUCKETTAGGING'] }) },
    unused: ['s3:GetBucketAcl', 's3:GetBucketTagging'],
  },
  {
    name: 'An empty list of actions names nothing',
    file: 'policy.json',
    files: { 'findings.json': plainFindings({ s3: [] }) },
    unused: [],
  },
  {
    name: 'A findings file may be UTF-16, as PowerShell writes it',
    file: 'policy.json',
    files: { 'findings.json': Buffer.from(`\ufeff${plainFindings({ s3: ['GetBucketAcl'] })}`, 'utf16le') },
    unused: ['s3:GetBucketAcl'],
  },
  {
    name: 'A findings file may begin with a byte order mark',
    file: 'policy.json',
    files: { 'findings.json': `\ufeff${plainFindings({ s3: ['GetBucketAcl'] })}` },
    unused: ['s3:GetBucketAcl'],
  },
  ...['node_modules/x', '.git', 'dist', 'out', 'build', 'target', '.terraform', 'cdk.out', 'app/node_modules'].map(
    (folder) => ({
      name: `Findings in ${folder} are nobody's own`,
      files: { [`${folder}/findings.json`]: OF_MY_ROLE },
      unused: [],
    }),
  ),
  ...[
    'my-last-accessed.json',
    'access-analyzer.json',
    'Findings.JSON',
    '.aws/findings.json',
    'a/b/c/findings-2024.json',
  ].map((file) => ({
    name: `Findings are looked for in ${file}`,
    files: { [file]: OF_MY_ROLE },
    unused: ['s3:GetBucketAcl'],
  })),
];

for (const { name, file = 'MyRole.json', files, unused } of CASES) {
  test(name, async (t) => {
    const client = await startClient(t, { files: { ...files, [file]: POLICY } });
    assert.deepEqual(await unusedEntries(client, file), unused);
  });
}

test('A role that is not used at all leaves nothing of its policy', async (t) => {
  const finding = findingV2(
    'MyRole',
    {},
    { findingType: 'UnusedIAMRole', findingDetails: [{ unusedIamRoleDetails: {} }] },
  );
  const client = await startClient(t, { files: { 'MyRole.json': POLICY, 'findings.json': jsonOf(finding) } });
  const document = await client.open('MyRole.json');
  assert.deepEqual(
    (await document.diagnostics()).map(({ code }) => code),
    ['unused-policy'],
  );
});

test('iam:PassRole stays when all of iam is reported, because AWS never tracks it', async (t) => {
  const client = await startClient(t, {
    files: { 'p.json': policyOf(['iam:PassRole', 'iam:GetRole']), 'findings.json': plainFindings({ iam: null }) },
  });
  assert.deepEqual(await unusedEntries(client, 'p.json'), ['iam:GetRole']);
  assert.match((await (await client.open('p.json')).hover('iam:PassRole')) ?? '', /never tracks `iam:PassRole`/);
});

test('In a template each role is matched by its own findings', async (t) => {
  const actions = ['s3:GetBucketAcl', 's3:GetBucketTagging', 's3:GetObject'];
  const findings = [findingV2('App', { s3: ['GetBucketAcl'] }), findingV2('Job', { s3: ['GetBucketTagging'] })];
  const files = { 'template.json': template({ App: actions, Job: actions }), 'findings.json': jsonOf(findings) };
  const client = await startClient(t, { files });
  const document = await client.open('template.json');
  assert.deepEqual(
    (await document.diagnostics()).map(({ data, message }) => [
      data.pointer.split('/')[2],
      message.split(':', 2).join(':'),
    ]),
    [
      ['AppResource', "'s3:GetBucketAcl' is unused by App"],
      ['JobResource', "'s3:GetBucketTagging' is unused by Job"],
    ],
  );
});

test('In a template a role without findings uses everything, whatever lies near', async (t) => {
  const files = {
    'Job/template.json': template({ App: ['s3:GetBucketAcl'] }),
    'Job/plain.findings.json': plainFindings({ s3: ['GetBucketAcl'] }),
    'findings.json': jsonOf(findingV2('Job', { s3: ['GetBucketAcl'] })),
  };
  const client = await startClient(t, { files });
  const document = await client.open('Job/template.json');
  assert.deepEqual(await document.diagnostics(), []);
  assert.match((await document.refine()).message, /belongs to the role 'App', for which there are no findings/);
});

/** Findings of physical roles, and whether `s3:GetBucketAcl` is unused in the role whose logical id is `AppResource`. */
const PHYSICAL_NAMES: readonly [roles: Readonly<Record<string, readonly string[]>>, unused: boolean][] = [
  [{ 'stack-AppResource-1A2B3C': ['GetBucketAcl'] }, true],
  [
    { 'one-AppResource-1A2B3C': ['GetBucketAcl'], 'two-AppResource-4D5E6F': ['GetBucketAcl', 'GetBucketTagging'] },
    true,
  ],
  [{ 'one-AppResource-1A2B3C': ['GetBucketAcl'], 'two-AppResource-4D5E6F': ['GetBucketTagging'] }, false],
  [{ 'stack-AppResourceTwo-1A2B3C': ['GetBucketAcl'] }, false],
  [{ AppResource: ['GetBucketAcl'] }, false],
];

for (const [roles, unused] of PHYSICAL_NAMES) {
  test(`A role of a template is ${unused ? '' : 'not '}recognised by ${Object.keys(roles).join(' and ')}`, async (t) => {
    const files = {
      'template.json': template({ App: ['s3:GetBucketAcl', 's3:GetObject'] }).replace('"RoleName": "App",', ''),
      'findings.json': jsonOf(Object.entries(roles).map(([role, s3]) => findingV2(role, { s3 }))),
    };
    const client = await startClient(t, { files });
    assert.deepEqual(await unusedEntries(client, 'template.json'), unused ? ['s3:GetBucketAcl'] : []);
  });
}

test('Of several templates with the same role nobody can tell of which one it was made, until one is left', async (t) => {
  const unnamed = template({ App: ['s3:GetBucketAcl', 's3:GetObject'] }).replace('"RoleName": "App",', '');
  const files = {
    'billing/template.json': unnamed,
    'orders/template.json': unnamed,
    'orders/pipeline.json': template({ Job: ['s3:GetObject'] }),
    'findings.json': jsonOf(findingV2('billing-AppResource-1A2B3C', { s3: ['GetBucketAcl'] })),
  };
  const client = await startClient(t, { files });
  const document = await client.open('billing/template.json');
  assert.deepEqual(await document.diagnostics(), []);
  assert.match(
    (await document.refine()).message,
    /the role 'AppResource' may be in 'orders\/template.json' as well, and nothing tells of which template billing-AppResource-1A2B3C was made/,
  );

  const other = await client.open('orders/template.json');
  await other.replace('AppResource', 'OrdersResource');
  assert.equal((await document.diagnostics()).length, 1);

  await client.folder.write('orders/pipeline.json', unnamed);
  await client.tellFiles(FileChangeType.Changed, 'orders/pipeline.json');
  assert.deepEqual(await document.diagnostics(), []);

  await client.folder.delete('orders/pipeline.json');
  await client.tellFiles(FileChangeType.Deleted, 'orders/pipeline.json');
  assert.equal((await document.diagnostics()).length, 1);
});

for (const type of ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::KMS::Key', 'AWS::Organizations::Policy']) {
  test(`The policy of an ${type} is left alone`, async (t) => {
    const files = {
      'MyRole.json': jsonOf({ Resources: { R: { Type: type, Properties: { PolicyDocument: JSON.parse(POLICY) } } } }),
      'findings.json': OF_MY_ROLE,
    };
    const client = await startClient(t, { files });
    const document = await client.open('MyRole.json');
    assert.deepEqual(await document.diagnostics(), []);
    assert.deepEqual(await document.codeActions('s3:GetBucketAcl'), []);
    const { kind, message } = await document.refine();
    assert.equal(kind, 'nothing');
    assert.match(message, /left alone/);
  });
}

/** The entries that are marked as unused in a file. */
async function unusedEntries(client: Client, file: string): Promise<string[]> {
  const document = await client.open(file);
  const diagnostics = await document.diagnostics();
  return diagnostics.map(({ code, message }) => {
    assert.equal(code, 'unused-action');
    return /^'(.*?)'/.exec(message)?.[1] ?? message;
  });
}
