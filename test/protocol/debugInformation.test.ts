import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEBUG_INFORMATION_REQUEST, type DebugInformation } from '../../server/src/protocol.ts';
import { ARTICLE_FILES } from './support/article.ts';
import { type Client, startClient } from './support/client.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { findingV2, jsonOf, policyOf, roleArn } from './support/samples.ts';

// What the document says is what one would ask somebody for whom nothing is marked.

const SECRET = 'a text that only the findings have';

test('Versions, the catalogue and its size are told without any file', async (t) => {
  const text = await ask(await startClient(t));
  assert.match(text, new RegExp(`^- Server on Node ${process.versions.node.replaceAll('.', '\\.')}$`, 'm'));
  assert.match(text, /^- Catalogue of \d{4}-\d\d-\d\d: [\d,]{6,} actions of \d{3} services$/m);
  assert.match(text, /^The setting `iamPolicyRefiner\.findings` finds none\.$/m);
  assert.match(text, /^None\.$/m);
  assert.match(text, /^## No file was active$/m);
});

test('Settings are told that differ from the default, and what is wrong with them', async (t) => {
  const client = await startClient(t, {
    settings: { severity: 'error', generalization: 'prefix', unusedAccessAge: 'x' },
  });
  const text = await ask(client);
  assert.match(text, /^- `severity`: `"error"`$/m);
  assert.match(text, /^- `blocked`: `"your setting .*unusedAccessAge/m);
  assert.doesNotMatch(text, /generalization/);
});

test('Each findings file is named with what it gave, and nothing of its text', async (t) => {
  const roles = Array.from({ length: 22 }, (_, index) => findingV2(`Role${index}`, { s3: ['GetBucketAcl'] }));
  const resolved = findingV2('Gone', { s3: ['GetBucketAcl'] }, { status: 'RESOLVED' });
  const odd = findingV2('Odd', { [SECRET]: ['GetBucketAcl'], s3: ['GetBucketAcl'] });
  const files = {
    'all.findings.json': jsonOf([...roles, resolved]),
    'sub/odd.findings.json': jsonOf(odd),
    'broken.findings.json': `{ "${SECRET}": `,
    'other.findings.json': jsonOf({ [SECRET]: SECRET }),
  };
  const text = await ask(await startClient(t, { files }));
  assert.match(text, /^### 4 findings files$/m);
  assert.match(text, /^- `all\.findings\.json`: 23 findings \(1 not ACTIVE\)$/m);
  assert.match(text, /^- `broken\.findings\.json`: .*JSON/m);
  assert.match(text, /^- `other\.findings\.json`: not a known export$/m);
  assert.match(text, /^- `sub\/odd\.findings\.json`: 1 finding, 1 `invalid-findings`$/m);
  assert.match(text, /^### 24 principals$/m);
  assert.match(text, new RegExp(`^- \`${roleArn('Role0')}\`$`, 'm'));
  assert.match(text, /^- and 4 more$/m);
  assert.doesNotMatch(text, new RegExp(SECRET));
});

test('Of the active file each policy is named, with whose findings apply, by which rule and why', async (t) => {
  const role = (RoleName: string, policy: string) => {
    const Policies = [{ PolicyName: 'Inline', PolicyDocument: JSON.parse(policy) }];
    return { Type: 'AWS::IAM::Role', Properties: { RoleName, Policies } };
  };
  const Resources = {
    App: role('AppRole', policyOf(['s3:GetBucketAcl', 's3:GetObject'])),
    Web: role('WebRole', policyOf(['s3:GetObject'])),
  };
  const client = await startClient(t, {
    files: {
      'template.json': jsonOf({ Resources }),
      'findings.json': jsonOf(findingV2('AppRole', { s3: ['GetBucketAcl'] })),
    },
  });
  const text = await ask(client, (await client.open('template.json')).uri);
  assert.match(text, /^## Active file `.*\/template\.json`$/m);
  const [, app = '', web = ''] = text.split(/^- `(?=App|Web)/m);
  assert.match(app, /^App`: 1 statement, 2 entries$/m);
  assert.match(app, /^ {2}- Findings apply \(rule 2, .*\): the role 'AppRole' holds this policy$/m);
  assert.match(app, new RegExp(`^  - About \`${roleArn('AppRole')}\`$`, 'm'));
  assert.match(app, /^ {2}- 2 actions granted, 1 unused; 1 statement to rewrite or remove$/m);
  assert.match(web, /^ {2}- No findings apply \(rule 2, .*\): .*'WebRole', for which there are no findings$/m);
});

for (const [rule, files, settings] of [
  ['rule 1', { 'findings.json': jsonOf(findingV2('App', {})) }, { principals: { 'policy.json': 'App' } }],
  ['rule 3', { 'findings.json': jsonOf(findingV2('policy', { s3: ['GetBucketAcl'] })) }, {}],
  ['rule 4', ARTICLE_FILES, {}],
] as const) {
  test(`A match by ${rule} is said to be one`, async (t) => {
    const client = await startClient(t, { files: { 'policy.json': policyOf(['s3:GetObject']), ...files }, settings });
    assert.match(await ask(client, (await client.open('policy.json')).uri), new RegExp(`Findings apply \\(${rule}, `));
  });
}

test('A file that is not looked at is said not to be', async (t) => {
  const client = await startClient(t, {
    files: { 'policy.json': policyOf(['s3:GetObject']) },
    settings: { enable: false },
  });
  assert.match(await ask(client, (await client.open('policy.json')).uri), /^It is not looked at: /m);
  assert.match(await ask(client, client.folder.uri('unopened.txt')), /^It is not looked at: /m);
});

async function ask(client: Client, uri?: string): Promise<string> {
  const params = uri === undefined ? {} : { textDocument: { uri } };
  const { markdown } = (await client.server.request(DEBUG_INFORMATION_REQUEST, params)) as DebugInformation;
  return unescapeMarkdown(markdown);
}
