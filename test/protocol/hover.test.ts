import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, POLICY } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { activeMarkdown, unescapeMarkdown } from './support/markdown.ts';
import { findingV2, jsonOf, plainFindings, policyOf, roleArn } from './support/samples.ts';

test('The hover of a wildcard counts and lists what is unused and what stays, and says what it becomes', async (t) => {
  const hover = unescapeMarkdown(await hoverOver(t, 's3:Get*', { files: ARTICLE_FILES }));
  assert.match(hover, /`s3:Get\*` grants 63 actions: 22 unused, 41 not reported unused/);
  const [unused = '', stays = '', becomes = ''] = ['Unused', 'In use, or not tracked', 'Becomes'].map((label) =>
    hover.split('\n').find((line) => line.startsWith(`**${label}:`)),
  );
  assert.equal(unused.match(/`s3:/g)?.length, 22);
  assert.match(unused, /`s3:GetBucketAcl`/);
  assert.match(stays, /`s3:GetObject`/);
  assert.doesNotMatch(stays, /`s3:GetBucketAcl`/);
  assert.match(stays, /and 1 more$/);
  assert.equal(becomes.match(/`s3:/g)?.length, 9);
  assert.match(becomes, /`s3:GetAccess\*`, `s3:GetAccountPublicAccessBlock`/);
  assert.match(hover, /'unused\.findings\.json' names no principal · catalogue of \d{4}-\d{2}-\d{2}/);
});

test('The hover of a wildcard that stays says that nothing of it is unused', async (t) => {
  const hover = await hoverOver(t, 's3:List*', { files: ARTICLE_FILES });
  assert.match(hover, /`s3:List\*` grants \d+ actions: 0 unused/);
  assert.doesNotMatch(hover, /Becomes|\*\*Unused/);
});

test("The hover of a single action shows AWS's access level and description", async (t) => {
  const hover = unescapeMarkdown(await hoverOver(t, 'lambda:GetFunctionConfiguration', { files: ARTICLE_FILES }));
  assert.match(hover, /`lambda:GetFunctionConfiguration` · Read/);
  assert.match(hover, /Grants permission to view details about the version-specific settings/);
  assert.match(hover, /\*\*Unused\*\*/);
});

test('The hover of an action says by whom it is unused, and when it was last used', async (t) => {
  const files = {
    'MyRole.json': policyOf(['s3:GetBucketAcl', 's3:GetBucketTagging', 's3:GetObject']),
    'findings.json': jsonOf(
      findingV2('MyRole', {
        s3: [{ action: 'GetBucketAcl', lastAccessed: '2024-01-02T03:04:05Z' }, 'GetBucketTagging'],
      }),
    ),
  };
  const last = unescapeMarkdown(await hoverOver(t, 's3:GetBucketAcl', { files }));
  assert.match(last, /\*\*Unused\*\* by MyRole: last used on 2024-01-02, analyzed on 2024-05-29/);
  assert.match(last, new RegExp(`\`${roleArn('MyRole')}\`, because the file is called 'MyRole\\.json'`));
  const never = unescapeMarkdown(await hoverOver(t, 's3:GetBucketTagging', { files }));
  assert.match(never, /\*\*Unused\*\* by MyRole: never used/);
  assert.match(await hoverOver(t, 's3:GetObject', { files }), /Not reported unused/);
});

test('The hover of an entry to which no findings apply says why', async (t) => {
  const none = unescapeMarkdown(await hoverOver(t, 's3:Get*', { files: { 'policy.json': POLICY } }));
  assert.match(none, /No findings apply: no findings file was found/);
  const files = { 'policy.json': POLICY, 'findings.json': jsonOf(findingV2('MyRole', { s3: ['GetBucketAcl'] })) };
  const other = unescapeMarkdown(await hoverOver(t, 'lambda:GetFunction', { files }));
  assert.match(other, /Grants permission to/);
  assert.match(other, /No findings apply: no principal matches this policy.*MyRole/);
});

test('The hover of a Deny entry describes the action and says nothing of use', async (t) => {
  const text = POLICY.replace('"Effect": "Allow"', '"Effect": "Deny"');
  const hover = unescapeMarkdown(
    await hoverOver(t, 'lambda:AddPermission', { files: { ...ARTICLE_FILES, 'policy.json': text } }),
  );
  assert.match(hover, /`lambda:AddPermission` · Permissions management/);
  assert.doesNotMatch(hover, /[Uu]nused|findings/);
});

test('The hover of a Deny wildcard does not say that it grants anything', async (t) => {
  const text = POLICY.replaceAll('"Effect": "Allow"', '"Effect": "Deny"');
  const client = await startClient(t, { files: { ...ARTICLE_FILES, 'policy.json': text } });
  const document = await client.open('policy.json');
  assert.doesNotMatch((await document.hover('s3:Get*')) ?? '', /grants|[Uu]nused/);
});

test('Where no entry stands there is no hover', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  for (const at of ['Version', '2012-10-17', '"Effect"', 'arn:aws:lambda', '"Action"'])
    assert.equal(await document.hover(at), undefined, at);
});

test('What the settings keep is told apart in the hover of a wildcard', async (t) => {
  const hover = await hoverOver(t, 's3:Get*', { files: ARTICLE_FILES, settings: { keep: ['s3:GetBucketAcl'] } });
  assert.match(hover, /21 unused, 42 not reported unused/);
  assert.match(hover, /\*\*Kept by your setting `iamPolicyRefiner\.keep`:\*\* `s3:GetBucketAcl`/);
});

test('The hover of a wildcard tells the access levels of what is unused, permissions management first', async (t) => {
  const files = {
    'policy.json': policyOf(['s3:*Bucket*']),
    'findings.json': plainFindings({
      s3: ['PutBucketAcl', 'PutBucketTagging', 'PutBucketCORS', 'GetBucketAcl', 'GetBucketCORS', 'GetBucketNew'],
    }),
  };
  const hover = await hoverOver(t, 's3:*Bucket*', { files });
  const [amounts, levels, becomes] = hover.split('\n\n');
  assert.match(amounts ?? '', /^`s3:\*Bucket\*` grants \d+ actions: 6 unused/);
  assert.equal(
    levels,
    '**Unused by access level:** 1 Permissions management, 1 Write, 1 Tagging, 2 Read, 1 of unknown level',
  );
  assert.match(becomes ?? '', /^\*\*Becomes:\*\*/);
});

test('The hover links to where AWS describes the service, on each of its pages', async (t) => {
  const entries = ['s3:Get*', 'S3:GetBucketAcl', 'elasticfilesystem:*', 'apigateway:GET', 'nothing:Get*', '*'];
  const client = await startClient(t, { files: { 'policy.json': policyOf(entries) } });
  const document = await client.open('policy.json');
  const hovers = await Promise.all(entries.map((entry) => document.hover(`"${entry}"`)));
  const linked = hovers.map((hover) => [...(hover ?? '').matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target));
  const page = (name: string) => `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${name}.html`;
  assert.deepEqual(linked, [
    [page('s3')],
    [page('s3')],
    [page('efs')],
    [page('apigateway'), page('apigatewayv2')],
    [],
    [],
  ]);
});

test('Without findings the hover of a wildcard tells what it matches, by access level', async (t) => {
  const hover = await hoverOver(t, 's3:*Acl', { files: { 'policy.json': policyOf(['s3:*Acl']) } });
  assert.match(hover, /^`s3:\*Acl` matches \d+ actions: \d+ Permissions management, \d+ Read/);
  assert.match(hover, /^No findings apply: /m);
});

test('The hover of what the catalogue does not know says so, with findings and without', async (t) => {
  const policy = policyOf(['s3:GetNothing', 's3:Nothing*']);
  for (const findings of [{}, { 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) }]) {
    for (const entry of ['s3:GetNothing', 's3:Nothing*']) {
      const hover = unescapeMarkdown(await hoverOver(t, entry, { files: { 'policy.json': policy, ...findings } }));
      assert.match(hover, /The catalogue of \d{4}-\d\d-\d\d knows no action `s3:\w+\*?`/);
    }
  }
});

/** Text that would do something if a renderer took it for Markdown. */
const HOSTILE: Readonly<Record<string, string>> = {
  'A link': '[click](command:evil)',
  'An image': '![x](https://evil.example/x.png)',
  HTML: '<img src=x onerror=alert(1)>',
  'A bare address': 'https://evil.example/x',
  'A bare address without a scheme': 'www.evil.example',
  'Emphasis and code': '**bold** _it_ `code` ~~gone~~',
  'An escape': 'a\\[b\\](c)',
  'A table and an entity': 'a | b &lt;b&gt; $x$',
};

for (const [what, text] of Object.entries(HOSTILE)) {
  test(`${what} in a policy or its findings does not come to life in a hover`, async (t) => {
    const policy = policyOf(['s3:GetBucketAcl', 's3:Get*']);
    // Names of roles and files have no slashes.
    const name = text.replaceAll('/', '');
    const files = {
      'principal.json': roleTemplate(name, policy),
      'unknownPrincipal.json': roleTemplate(`${text} without findings`, policy),
      'Dated.json': policy,
      [`plain/${name} findings.json`]: plainFindings({ s3: ['GetBucketAcl'] }),
      'plain/file.json': policy,
      'plain/entries.json': policyOf([`s3:${text}*`, `${text}:Get*`, `s3:${text}`, 's3:Get*']),
      'findings.json': jsonOf([
        findingV2(name, { s3: ['GetBucketAcl'] }),
        findingV2('Dated', { s3: [{ action: 'GetBucketAcl', lastAccessed: text }] }, { analyzedAt: text }),
      ]),
    };
    const client = await startClient(t, { files });
    const carriers = {
      'as the name of a principal': { file: 'principal.json', shown: name },
      'as the name of a principal without findings': { file: 'unknownPrincipal.json', shown: text },
      'as a date': { file: 'Dated.json', shown: 'Dated' },
      'as the name of a findings file': { file: 'plain/file.json', shown: name },
      'as an entry': { file: 'plain/entries.json', shown: 's3:' },
    };
    for (const [carrier, { file, shown }] of Object.entries(carriers)) {
      await t.test(carrier, async () => {
        const document = await client.open(file);
        const entries = [...document.text.matchAll(/".*:.*"(?=,?\n)/g)].map(([entry]) => entry);
        const hovers = await Promise.all(entries.map((entry) => document.hover(entry)));
        for (const hover of hovers) assertPlain(hover ?? '');
        assert(unescapeMarkdown(hovers.join('\n')).includes(shown), `'${shown}' is nowhere`);
      });
    }
  });
}

/** Finds that nothing in a hover could be taken for markup, but for its own rules and labels. */
function assertPlain(hover: string): void {
  const own =
    /^---$|\*\*(?:Unused|Unused by access level|Becomes|In use, or not tracked|Kept by your setting|Before you remove anything):?\*\*|\[\w+\]\(https:\/\/docs\.aws\.amazon\.com\/service-authorization\/latest\/reference\/list_\w+\.html\)/gm;
  assert.doesNotMatch(activeMarkdown(hover.replace(own, '')), /[*_`~[\]<>!|&$\\#]|:\/\/|www\./, hover);
}

async function hoverOver(t: Parameters<typeof startClient>[0], at: string, options: ClientOptions): Promise<string> {
  const client = await startClient(t, options);
  const document = await client.open(Object.keys(options.files ?? {})[0] ?? '');
  const hover = await document.hover(at);
  assert(hover !== undefined, `no hover over ${at}`);
  return hover;
}

/** A template of a role of this name that holds a policy. */
function roleTemplate(RoleName: string, policy: string): string {
  const Properties = { RoleName, Policies: [{ PolicyName: 'Inline', PolicyDocument: JSON.parse(policy) }] };
  return jsonOf({ Resources: { App: { Type: 'AWS::IAM::Role', Properties } } });
}
