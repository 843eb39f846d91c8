import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';
import { rangeOf, textIn, wholeOf } from './support/text.ts';

const FIX_ALL = 'source.fixAll.iamPolicyRefiner';

/** `*` less one action of s3 is hundreds of entries. */
const LARGE = {
  'policy.json': policyOf(['*']),
  'findings.json': plainFindings({ s3: ['PutObject'] }),
};

/** A template of two roles: that of `*` outgrows even what a role may have inline when it is refined. */
const TWO_ROLES = { Large: ['*'], Small: ['s3:PutObject', 's3:GetObject'] };
const TEMPLATE = {
  'template.json': template(TWO_ROLES),
  'findings.json': jsonOf([
    findingV2('Large', {
      ec2: ['DescribeInstances', 'RunInstances'],
      iam: ['CreateRole', 'GetRole'],
      rds: ['DescribeDBInstances'],
      s3: ['GetObject', 'PutObject'],
      sagemaker: ['CreateModel'],
    }),
    findingV2('Small', { s3: ['PutObject'] }),
  ]),
};

const NOT_ACTION = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "NotAction": [
        "iam:*", // Ask the other team.
        "s3:Put*"
      ],
      "Resource": "*"
    },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "Resource": "*"
    }
  ]
}
`;

const EXCLUDED = NOT_ACTION.replace(
  '"s3:Put*"\n',
  '"s3:Put*",\n        "s3:GetObject",\n        "s3:ListBucket",\n        "sqs:*"\n',
);

const NOT_ACTION_FILES = {
  'policy.json': NOT_ACTION,
  'findings.json': plainFindings({ s3: ['ListBucket', 'GetObject', 'PutObject'], sqs: null }),
};

test('A policy that would outgrow its quota is refined only after the user is asked', async (t) => {
  const document = await openFirst(t, LARGE);
  const { kind, confirm, edit } = await document.refine();
  assert.equal(kind, 'refined');
  const [, size] =
    /^Refined, the policy would have ([\d,]+) characters, more than the 6,144 of a managed policy\. IAM would refuse it$/.exec(
      confirm ?? '',
    ) ?? [undefined, 'none'];
  const refined = await document.apply(edit);
  assert.equal(size, JSON.stringify(JSON.parse(refined)).length.toLocaleString('en-US'));
});

test('A policy that fits is refined without a question', async (t) => {
  const files = { ...LARGE, 'policy.json': policyOf(['s3:PutObject', 's3:GetObject']) };
  const document = await openFirst(t, files);
  assert.equal((await document.refine()).confirm, undefined);
});

test('One large policy among those of a template is asked about, unless the cursor stands in another', async (t) => {
  const document = await openFirst(t, TEMPLATE);
  assert.match((await document.refine()).confirm ?? '', /more than the 10,240 of the inline policies of a role/);
  assert.match((await document.refine('"*"')).confirm ?? '', /more than the 10,240/);
  assert.equal((await document.refine('"s3:GetObject"')).confirm, undefined);
});

test('Fix-all leaves the large policy as it is', async (t) => {
  const document = await openFirst(t, LARGE);
  assert.deepEqual(await document.codeActions(wholeOf(document.text), { only: [FIX_ALL] }), []);
});

test('Fix-all refines the small policies beside a large one', async (t) => {
  const document = await openFirst(t, TEMPLATE);
  const [action] = await document.codeActions(wholeOf(document.text), { only: [FIX_ALL] });
  assert.equal(document.preview(action?.edit), template({ ...TWO_ROLES, Small: ['s3:GetObject'] }));
});

test('A quick fix that makes a policy too large says so, and is not preferred', async (t) => {
  const document = await openFirst(t, LARGE);
  const fixes = await document.codeActions('"*"', { only: ['quickfix'] });
  assert.notEqual(fixes.length, 0);
  for (const { title, isPreferred } of fixes) {
    assert.match(title, /\(too large then: [\d,]+ characters, more than the 6,144 of a managed policy\)$/);
    assert.equal(isPreferred, undefined);
  }
});

test('A policy that would outgrow its quota is marked at its head', async (t) => {
  const document = await openFirst(t, LARGE);
  const marks = await document.diagnostics();
  assert.deepEqual(
    marks.map(({ code, range }) => [code, textIn(document.text, range)]),
    [
      ['overbroad-wildcard', '"*"'],
      ['policy-size', '"Statement"'],
    ],
  );
  const [, { message, severity, tags, codeDescription, data }] = marks as [Diagnostic, Diagnostic];
  assert.match(
    String(message),
    /^Refined, this policy would have [\d,]+ characters, more than the 6,144 of a managed policy$/,
  );
  assert.equal(severity, DiagnosticSeverity.Warning);
  assert.equal(tags, undefined);
  assert.match(codeDescription?.href ?? '', /iam-quotas/);
  assert.deepEqual(data, { pointer: '' });
});

test('A NotAction that grants what is unused is marked as a whole, and in Deny not at all', async (t) => {
  const document = await openFirst(t, NOT_ACTION_FILES, 'jsonc');
  const [mark, ...others] = await document.diagnostics();
  assert.deepEqual(others, []);
  assert.equal(mark?.code, 'overbroad-not-action');
  assert.match(mark?.message ?? '', /^'NotAction' grants [\d,]+ actions by not listing them, \d+ of them unused$/);
  const element = '"NotAction": [\n        "iam:*", // Ask the other team.\n        "s3:Put*"\n      ]';
  assert.deepEqual(mark?.range, rangeOf(document.text, element));
  assert.deepEqual(mark?.data, { pointer: '/Statement/0' });
});

test('The quick fix of a NotAction excludes what is unused, and is preferred', async (t) => {
  const document = await openFirst(t, NOT_ACTION_FILES, 'jsonc');
  const diagnostics = await document.diagnostics();
  const [fix, ...others] = await document.codeActions('"iam:*"', { only: ['quickfix'], diagnostics });
  assert.match(fix?.title ?? '', /^Exclude \d+ unused actions in 'NotAction'$/);
  assert.equal(fix?.isPreferred, true);
  assert.deepEqual(fix?.diagnostics, diagnostics);
  assert.match(others[0]?.title ?? '', /^Refine whole policy \(\d+ unused actions\)$/);
  assert.equal(await document.apply(fix?.edit), EXCLUDED);
  assert.deepEqual(await document.diagnostics(), []);
});

test('The whole-policy command and fix-all exclude the same', async (t) => {
  const document = await openFirst(t, NOT_ACTION_FILES, 'jsonc');
  const { kind, message, confirm, edit } = await document.refine();
  assert.deepEqual({ kind, confirm }, { kind: 'refined', confirm: undefined });
  assert.match(message, /^\d+ unused actions removed, 1 statement rewritten\. /);
  assert.equal(document.preview(edit), EXCLUDED);
  const [action] = await document.codeActions(wholeOf(document.text), { only: [FIX_ALL] });
  assert.equal(document.preview(action?.edit), EXCLUDED);
});

test('A NotAction fix with a name that the catalogue lacks is not preferred', async (t) => {
  const files = { 'policy.json': NOT_ACTION, 'findings.json': plainFindings({ s3: ['GetObject', 'GetNoSuchThing'] }) };
  const document = await openFirst(t, files, 'jsonc');
  const [fix] = await document.codeActions('"iam:*"', { only: ['quickfix'] });
  assert.match(fix?.title ?? '', /^Exclude 2 unused actions in 'NotAction', with caution: 1 reported action unknown/);
  assert.equal(fix?.isPreferred, undefined);
});

// A whole service may be reported that is newer than the catalogue: then no action can be counted.
for (const [name, policy, refined] of [
  ['NotAction', NOT_ACTION, NOT_ACTION.replace('"s3:Put*"\n', '"s3:Put*",\n        "nosuch:*"\n')],
  ['Action', policyOf(['nosuch:*', 's3:GetObject']), policyOf(['s3:GetObject'])],
] as const) {
  test(`An unknown service that is unused as a whole goes from ${name}, is marked, and no message counts nothing`, async (t) => {
    const files = { 'policy.json': policy, 'findings.json': plainFindings({ nosuch: null }) };
    const document = await openFirst(t, files, 'jsonc');
    const { message, edit } = await document.refine();
    assert.equal(document.preview(edit), refined);
    assert.doesNotMatch(message, /^ |\b0\b/);
    assert.notEqual((await document.diagnostics()).length, 0);
    const fixes = await document.codeActions(wholeOf(document.text), { only: ['quickfix'] });
    for (const { title } of fixes) assert.doesNotMatch(title, /\b0 /);
  });
}

async function openFirst(
  t: Parameters<typeof startClient>[0],
  files: Readonly<Record<string, string>>,
  languageId = 'json',
): Promise<OpenDocument> {
  const client = await startClient(t, { files });
  return client.open(Object.keys(files)[0] ?? '', { languageId });
}
