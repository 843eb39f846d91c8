import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { ARTICLE_FILES, FINDINGS, POLICY } from './support/article.ts';
import { startClient } from './support/client.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { textIn } from './support/text.ts';

/** The entries of the article's policy that are unused as they stand, in the policy's order. */
const UNUSED_ENTRIES = [
  'lambda:AddPermission',
  'lambda:GetFunctionConfiguration',
  'lambda:UpdateFunctionConfiguration',
  'lambda:UpdateFunctionCode',
  'lambda:CreateFunction',
  'lambda:DeleteFunction',
  'lambda:ListVersionsByFunction',
  'lambda:GetFunction',
];

test("Each unused entry of the article's policy is marked, and the wildcard that grants too much", async (t) => {
  const { text, diagnostics } = await diagnose(t, ARTICLE_FILES);
  assert.deepEqual(marks(text, diagnostics), [
    ...UNUSED_ENTRIES.map((entry) => ['unused-action', `"${entry}"`]),
    ['overbroad-wildcard', '"s3:Get*"'],
  ]);
});

test('Only what may go as it stands is faded', async (t) => {
  const { diagnostics } = await diagnose(t, ARTICLE_FILES);
  for (const { code, tags } of diagnostics)
    assert.deepEqual(tags, code === 'unused-action' ? [DiagnosticTag.Unnecessary] : undefined);
});

test('Every mark names its source, links to an explanation and says where it stands', async (t) => {
  const { diagnostics } = await diagnose(t, ARTICLE_FILES);
  for (const { source, codeDescription } of diagnostics) {
    assert.equal(source, 'iam-policy-refiner');
    assert.match(codeDescription?.href ?? '', /^https:\/\/docs\.aws\.amazon\.com\//);
  }
  assert.deepEqual(diagnostics[0]?.data, { pointer: '/Statement/0/Action/0' });
  assert.deepEqual(diagnostics.at(-1)?.data, { pointer: '/Statement/1/Action/0' });
});

test('The messages say how much is unused', async (t) => {
  const { diagnostics } = await diagnose(t, ARTICLE_FILES);
  assert.match(diagnostics[0]?.message ?? '', /'lambda:AddPermission' is unused/);
  assert.match(diagnostics.at(-1)?.message ?? '', /'s3:Get\*'.*22 of 63 granted actions unused/);
});

test('Every mark leads to the reports behind it, word for word', async (t) => {
  const { client, diagnostics } = await diagnose(t, ARTICLE_FILES);
  for (const { code, message, relatedInformation = [] } of diagnostics) {
    const entry = /^'(.*?)'/.exec(message)?.[1];
    for (const { location, message: row } of relatedInformation) {
      assert.equal(location.uri, client.folder.uri('unused.findings.json'));
      const [, action, name] = /^'(\w+:(\w+))'/.exec(row) ?? [];
      assert.equal(textIn(FINDINGS, location.range), `"${name}"`);
      if (code === 'unused-action') assert.equal(action, entry);
      else assert.match(action ?? '', /^s3:Get/);
    }
  }
});

test('Of many reports a mark leads to the first and counts the others', async (t) => {
  const { diagnostics } = await diagnose(t, ARTICLE_FILES);
  const rows = (diagnostics.at(-1)?.relatedInformation ?? []).map(({ message }) => message);
  assert.deepEqual(rows, ["'s3:GetAccelerateConfiguration': reported unused, and 21 more"]);
});

test('A mark leads to the name that a get-finding-v2 answer reports', async (t) => {
  const findings = jsonOf([findingV2('Other', { s3: ['GetObject'] }), findingV2('MyRole', { s3: ['GetBucketAcl'] })]);
  const { diagnostics } = await diagnose(t, {
    'MyRole.json': policyOf(['s3:GetBucketAcl', 's3:GetObject']),
    'findings.json': findings,
  });
  const [row, ...others] = diagnostics[0]?.relatedInformation ?? [];
  assert(row);
  assert.deepEqual(others, []);
  assert.equal(textIn(findings, row.location.range), '"GetBucketAcl"');
});

for (const severity of ['Error', 'Warning', 'Information', 'Hint'] as const) {
  test(`The marks are of the severity '${severity.toLowerCase()}' when the setting says so`, async (t) => {
    const { diagnostics } = await diagnose(t, ARTICLE_FILES, { settings: { severity: severity.toLowerCase() } });
    assert.deepEqual(
      new Set(diagnostics.map((diagnostic) => diagnostic.severity)),
      new Set([DiagnosticSeverity[severity]]),
    );
  });
}

test('The marks are warnings when no setting says otherwise', async (t) => {
  const { diagnostics } = await diagnose(t, ARTICLE_FILES);
  for (const { severity } of diagnostics) assert.equal(severity, DiagnosticSeverity.Warning);
});

test('A statement that grants only unused actions gets one mark in place of its entries', async (t) => {
  const { text, diagnostics } = await diagnose(t, {
    'policy.json': policyOf(['lambda:AddPermission', 'lambda:GetFunction'], ['s3:GetObject']),
    'findings.json': plainFindings({ lambda: ['AddPermission', 'GetFunction'] }),
  });
  assert.deepEqual(marks(text, diagnostics), [
    ['unused-statement', '"Action": [\n        "lambda:AddPermission",\n        "lambda:GetFunction"\n      ]'],
  ]);
  assert.deepEqual(diagnostics[0]?.tags, [DiagnosticTag.Unnecessary]);
  assert.match(diagnostics[0]?.message ?? '', /2 actions/);
});

test('A policy that grants only unused actions gets one mark in all, which says to detach it', async (t) => {
  const { text, diagnostics } = await diagnose(t, {
    'policy.json': policyOf(['lambda:AddPermission'], ['s3:GetBucketAcl']),
    'findings.json': plainFindings({ lambda: ['AddPermission'], s3: ['GetBucketAcl'] }),
  });
  assert.deepEqual(marks(text, diagnostics), [['unused-policy', '"Statement"']]);
  assert.match(diagnostics[0]?.message ?? '', /detach/);
});

test('A wildcard of which all is unused is marked as unused', async (t) => {
  const { text, diagnostics } = await diagnose(t, {
    'policy.json': policyOf(['lambda:Add*', 's3:GetObject']),
    'findings.json': plainFindings({ lambda: null }),
  });
  assert.deepEqual(marks(text, diagnostics), [['unused-action', '"lambda:Add*"']]);
});

test('What a finding says of the last use is in the message', async (t) => {
  const { diagnostics } = await diagnose(t, {
    'MyRole.json': policyOf(['s3:GetBucketAcl', 's3:GetBucketTagging', 's3:GetBucketP*', 's3:GetObject']),
    'findings.json': jsonOf(
      findingV2('MyRole', {
        s3: [{ action: 'GetBucketAcl', lastAccessed: '2024-01-02T03:04:05Z' }, 'GetBucketTagging', 'GetBucketPolicy'],
      }),
    ),
  });
  const messages = diagnostics.map(({ message }) => message);
  assert.match(messages[0] ?? '', /unused by MyRole.*last used on 2024-01-02.*analyzed on 2024-05-29/);
  assert.match(messages[1] ?? '', /unused by MyRole.*never used.*analyzed on 2024-05-29/);
  assert.match(messages[2] ?? '', /1 of \d+ granted actions unused by MyRole.*analyzed on 2024-05-29/);
});

test('Statements that are no grants of an identity policy are left alone', async (t) => {
  const Action = ['s3:GetBucketAcl', 's3:Get*'];
  const { diagnostics } = await diagnose(t, {
    'policy.json': jsonOf({
      Statement: [
        { Effect: 'Deny', Action, Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: '*' }, Action, Resource: '*' },
        { Effect: 'Allow', NotPrincipal: { AWS: '*' }, Action, Resource: '*' },
      ],
    }),
    'findings.json': plainFindings({ s3: ['GetBucketAcl'] }),
  });
  assert.deepEqual(diagnostics, []);
});

const LAYOUTS: Record<string, (text: string) => string> = {
  'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
  'no line breaks at all': (text) => JSON.stringify(JSON.parse(text)),
  tabs: (text) => text.replaceAll('  ', '\t'),
  'letters of two UTF-16 units before it': (text) => text.replace('"Statement"', '"Id": "🔑🔑", "Statement"'),
  'escapes in the entries': (text) => text.replaceAll('s3:Get*', '\\u0073\\u0033:Get*'),
};

for (const [layout, change] of Object.entries(LAYOUTS)) {
  test(`The marks cover the entries in a text with ${layout}`, async (t) => {
    const { text, diagnostics } = await diagnose(t, { ...ARTICLE_FILES, 'policy.json': change(POLICY) });
    const marked = diagnostics.map(({ range }) => JSON.parse(textIn(text, range)));
    assert.deepEqual(marked, [...UNUSED_ENTRIES, 's3:Get*']);
  });
}

test('Comments and trailing commas are no errors in a JSONC file', async (t) => {
  const text = POLICY.replace('"s3:List*"', '"s3:List*", // "s3:GetBucketAcl"').replace('{', '/* "Statement" */ {');
  const client = await startClient(t, { files: { ...ARTICLE_FILES, 'policy.jsonc': text } });
  const document = await client.open('policy.jsonc', { languageId: 'jsonc' });
  assert.equal((await document.diagnostics()).length, 9);
});

for (const languageId of ['plaintext', 'ini', 'javascript']) {
  test(`A document of the language '${languageId}' gets no marks`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES });
    const document = await client.open('policy.json', { languageId });
    assert.deepEqual(await document.diagnostics(), []);
  });
}

test('JSON that is no policy gets no marks', async (t) => {
  const { diagnostics } = await diagnose(t, {
    'package.json': '{"Action": "s3:GetBucketAcl"}',
    'findings.json': FINDINGS,
  });
  assert.deepEqual(diagnostics, []);
});

for (const file of ['access-analyzer-policy.json', 'findings/policy-for-findings.json', 'last-accessed.json']) {
  test(`A policy is marked although its file is called ${file}, as findings may be`, async (t) => {
    const { diagnostics } = await diagnose(t, { [file]: POLICY, 'findings.json': FINDINGS });
    assert.equal(diagnostics.length, 9);
  });
}

test('The marks follow the text while it is edited', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  await document.replace('"lambda:AddPermission",', '');
  assert.equal((await document.diagnostics()).length, 8);
  await document.replace('s3:Get*', 's3:GetBucket*');
  assert.match((await document.diagnostics()).at(-1)?.message ?? '', /'s3:GetBucket\*': 14 of \d+ granted/);
});

test('Findings apply although the policy is nowhere saved with them', async (t) => {
  const client = await startClient(t, { files: { 'findings.json': FINDINGS } });
  const document = await client.open('new.json', { text: POLICY });
  assert.equal((await document.diagnostics()).length, 9);
});

async function diagnose(
  t: Parameters<typeof startClient>[0],
  files: Readonly<Record<string, string>>,
  options: { settings?: unknown } = {},
) {
  const client = await startClient(t, { ...options, files });
  const [first = ''] = Object.keys(files);
  const document = await client.open(first);
  return { client, text: document.text, diagnostics: await document.diagnostics() };
}

function marks(text: string, diagnostics: readonly Diagnostic[]) {
  return diagnostics.map(({ code, range }) => [code, textIn(text, range)]);
}
