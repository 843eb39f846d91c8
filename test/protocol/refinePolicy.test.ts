import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';

test("The article's policy is refined, and the message says what was done and proven", async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  const { kind, message, edit } = await document.refine();
  assert.equal(kind, 'refined');
  assert.match(message, /^30 unused actions removed \(22 from wildcards\), 2 statements rewritten\b/);
  assert.match(message, /of the [\d,]+ actions known on \d{4}-\d\d-\d\d, nothing lost, nothing left, nothing gained/);
  assert.equal(await document.apply(edit), REFINED);
});

test('A refined policy has nothing more to refine', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  await document.apply((await document.refine()).edit);
  const { kind, message, edit } = await document.refine();
  assert.deepEqual({ kind, edit }, { kind: 'nothing', edit: undefined });
  assert.match(message, /none of the \d+ granted actions is reported unused/);
});

test('The edit is for the version of the text that it was made of', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  await document.replace('"s3:List*"', '"s3:PutObject"');
  const { edit } = await document.refine();
  assert.deepEqual(
    edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
    [{ uri: document.uri, version: 2 }],
  );
  assert.equal(await document.apply(edit), REFINED.replace('"s3:List*"', '"s3:PutObject"'));
});

/** What was done, in the words of the message. */
const REFINED_MESSAGES: readonly { policy: string; findings: Record<string, string[]>; message: RegExp }[] = [
  {
    policy: policyOf(['s3:GetBucketAcl', 's3:GetObject']),
    findings: { s3: ['GetBucketAcl'] },
    message: /^1 unused action removed, 1 statement rewritten\b/,
  },
  {
    policy: policyOf(['s3:GetBucketAcl'], ['s3:GetObject']),
    findings: { s3: ['GetBucketAcl'] },
    message: /^1 unused action removed, 1 statement removed\b/,
  },
  {
    policy: policyOf(['s3:GetBucketAcl'], ['s3:GetBucketAcl', 's3:GetBucketTagging', 's3:GetObject']),
    findings: { s3: ['GetBucketAcl', 'GetBucketTagging'] },
    message: /^2 unused actions removed, 1 statement rewritten, 1 statement removed\b/,
  },
];

for (const { policy, findings, message: expected } of REFINED_MESSAGES) {
  test(`The message of a refinement begins with ${expected.source}`, async (t) => {
    const document = await openFirst(t, { files: { 'policy.json': policy, 'findings.json': plainFindings(findings) } });
    const { kind, message } = await document.refine();
    assert.equal(kind, 'refined');
    assert.match(message, expected);
  });
}

/** Workspaces whose first file is not refined, with the answer that says why. */
const UNREFINED: readonly {
  name: string;
  options: ClientOptions & { readonly files: Readonly<Record<string, string>> };
  kind: 'nothing' | 'refused';
  message: RegExp;
}[] = [
  {
    name: 'there are no findings',
    options: { files: { 'policy.json': POLICY } },
    kind: 'nothing',
    message: /no findings file was found/,
  },
  {
    name: 'no principal matches',
    options: { files: { 'policy.json': POLICY, 'findings.json': jsonOf(findingV2('MyRole', { s3: null })) } },
    kind: 'nothing',
    message: /no principal matches this policy: the findings are about MyRole/,
  },
  {
    name: 'two principals match',
    options: {
      files: {
        'MyRole.json': POLICY,
        'findings.json': jsonOf([
          findingV2('MyRole', { s3: null }),
          findingV2('', { s3: null }, { id: 'user', resource: 'arn:aws:iam::123456789012:user/MyRole' }),
        ]),
      },
    },
    kind: 'nothing',
    message: /'MyRole' could be any of .*:role\/MyRole.*:user\/MyRole/,
  },
  {
    name: 'nothing of it is unused',
    options: { files: { 'policy.json': policyOf(['ec2:StartInstances', 's3:GetObject']), 'findings.json': FINDINGS } },
    kind: 'nothing',
    message: /none of the 2 granted actions is reported unused/,
  },
  {
    name: 'the file holds no policy',
    options: { files: { 'package.json': '{"name": "x"}', 'findings.json': FINDINGS } },
    kind: 'nothing',
    message: /no IAM policy/,
  },
  {
    name: 'it grants nothing',
    options: { files: { 'policy.json': POLICY.replaceAll('"Allow"', '"Deny"'), 'findings.json': FINDINGS } },
    kind: 'nothing',
    message: /no Allow statement/,
  },
  {
    name: 'the catalogue knows nothing of what its wildcard grants',
    options: {
      files: { 'policy.json': policyOf(['nosuch:Get*']), 'findings.json': plainFindings({ nosuch: ['GetIt'] }) },
    },
    kind: 'nothing',
    message: /catalogue knows nothing/,
  },
  {
    name: 'the user turned us off',
    options: { files: ARTICLE_FILES, settings: { enable: false } },
    kind: 'nothing',
    message: /iamPolicyRefiner\.enable/,
  },
  {
    name: 'it has a syntax error',
    options: { files: { 'policy.json': POLICY.replace('"s3:Get*",', '"s3:Get*"'), 'findings.json': FINDINGS } },
    kind: 'refused',
    message: /line 23.*comma expected/,
  },
  {
    name: 'all of it is unused',
    options: {
      files: { 'policy.json': policyOf(['s3:GetBucketAcl']), 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) },
    },
    kind: 'refused',
    message: /[Dd]etach it/,
  },
];

for (const { name, options, kind: expectedKind, message: expectedMessage } of UNREFINED) {
  test(`A policy is not refined when ${name}, and the message says so`, async (t) => {
    const document = await openFirst(t, options);
    const { kind, message, edit } = await document.refine();
    assert.deepEqual({ kind, edit }, { kind: expectedKind, edit: undefined });
    assert.match(message, expectedMessage);
    assert.doesNotMatch(message, /\.$|undefined|\[object/);
  });
}

const ROLES = { App: ['s3:GetBucketAcl', 's3:GetObject'], Job: ['s3:GetBucketAcl', 's3:GetObject'] };
const TEMPLATE_FILES = {
  'template.json': template(ROLES),
  'findings.json': jsonOf([
    findingV2('App', { s3: ['GetBucketAcl'] }),
    findingV2('Job', { s3: ['GetBucketAcl', 'GetBucketTagging'] }),
  ]),
};

for (const [role, refined] of [
  ['App', template({ ...ROLES, App: ['s3:GetObject'] })],
  ['Job', template({ ...ROLES, Job: ['s3:GetObject'] })],
] as const) {
  test(`In a template the cursor picks the policy of ${role}`, async (t) => {
    const document = await openFirst(t, { files: TEMPLATE_FILES });
    const policy = document.text.indexOf(`"${role}Policy"`);
    const line = document.text.slice(0, document.text.indexOf('"Version"', policy)).split('\n').length - 1;
    const { kind, message, edit } = await document.refine({ line, character: 0 });
    assert.equal(kind, 'refined');
    assert.match(message, /^1 unused action removed, 1 statement rewritten\. /);
    assert.equal(await document.apply(edit), refined);
  });
}

for (const at of [undefined, 'AWSTemplateFormatVersion', '"AppResource"', '"PolicyName"']) {
  test(`In a template all policies are refined when the cursor stands ${at ? `at ${at}` : 'nowhere'}`, async (t) => {
    const document = await openFirst(t, { files: TEMPLATE_FILES });
    const { message, edit } = await document.refine(at);
    assert.match(message, /2 statements rewritten in 2 policies/);
    assert.equal(await document.apply(edit), template({ App: ['s3:GetObject'], Job: ['s3:GetObject'] }));
  });
}

test('In a template the cursor in a trust policy refines nothing', async (t) => {
  const document = await openFirst(t, { files: TEMPLATE_FILES });
  const { kind, message } = await document.refine('sts:AssumeRole');
  assert.equal(kind, 'nothing');
  assert.match(message, /left alone/);
});

test('A pointer picks a policy of a template, or a statement, wherever the cursor stands', async (t) => {
  const document = await openFirst(t, { files: TEMPLATE_FILES });
  const pointer = '/Resources/JobResource/Properties/Policies/0/PolicyDocument';
  for (const named of [pointer, `${pointer}/Statement/0`]) {
    const { kind, message, edit } = await document.refineTarget(named);
    assert.equal(kind, 'refined');
    assert.match(message, /^1 unused action removed, 1 statement rewritten\. Proven: /);
    assert.equal(document.preview(edit), template({ ...ROLES, Job: ['s3:GetObject'] }));
  }
});

/** Statements of one policy, and what comes of refining each. */
const STATEMENTS: readonly [entries: readonly string[], kind: string, message: RegExp][] = [
  [['s3:GetBucketAcl', 's3:GetObject'], 'refined', /^1 unused action removed, 1 statement rewritten\. /],
  [['s3:GetBucketAcl'], 'refined', /^1 unused action removed, 1 statement removed\. /],
  [['s3:GetObject'], 'nothing', /^Nothing to refine: none of the 1 granted action is reported unused$/],
  [['nosuch:Get*'], 'nothing', /^Nothing to refine: 1 action unused, all granted by wildcards /],
];

for (const [index, [entries, kind, message]] of STATEMENTS.entries()) {
  test(`Of several statements only the one that grants ${entries} is refined when it is named`, async (t) => {
    const statements = STATEMENTS.map(([actions]) => actions);
    const findings = plainFindings({ s3: ['GetBucketAcl'], nosuch: ['GetIt'] });
    const document = await openFirst(t, { files: { 'p.json': policyOf(...statements), 'findings.json': findings } });
    const answer = await document.refineTarget(`/Statement/${index}`);
    assert.equal(answer.kind, kind);
    assert.match(answer.message, message);
    if (kind !== 'refined') return assert.equal(answer.edit, undefined);
    const left = entries.filter((entry) => entry !== 's3:GetBucketAcl');
    const others = statements.map((actions, at) => (at === index ? left : actions));
    assert.equal(document.preview(answer.edit), policyOf(...others.filter(({ length }) => length > 0)));
  });
}

test('A statement that denies is left alone when it is named', async (t) => {
  const policy = policyOf(['s3:GetObject'], ['s3:GetBucketAcl']).replace(
    /"Allow"(?=[^"]*"Action": \[\s*"s3:GetBucketAcl)/,
    '"Deny"',
  );
  const document = await openFirst(t, { files: { 'p.json': policy, 'findings.json': FINDINGS } });
  const { kind, message } = await document.refineTarget('/Statement/1');
  assert.equal(kind, 'nothing');
  assert.match(message, /^This statement is left alone/);
});

test('A statement of a policy that is unused as a whole is not removed by itself', async (t) => {
  const files = {
    'p.json': policyOf(['s3:GetBucketAcl'], ['s3:PutObject']),
    'findings.json': plainFindings({ s3: null }),
  };
  const document = await openFirst(t, { files });
  const { kind, message, edit } = await document.refineTarget('/Statement/0');
  assert.deepEqual([kind, edit], ['refused', undefined]);
  assert.match(message, /Detach it/);
});

for (const pointer of ['/Statement/2', '/Resources/App', '/', 'Statement', '/Statement/0/Action/0']) {
  test(`Nothing is refined when '${pointer}' names nothing, because the file changed meanwhile`, async (t) => {
    const document = await openFirst(t, { files: ARTICLE_FILES });
    const { kind, message, edit } = await document.refineTarget(pointer);
    assert.deepEqual([kind, edit], ['refused', undefined]);
    assert.match(message, /no longer there: the file changed meanwhile/);
  });
}

test('Of the policies of a template that are not refined the reasons are given', async (t) => {
  const files = { 'template.json': template(ROLES), 'findings.json': jsonOf(findingV2('App', { s3: ['PutObject'] })) };
  const document = await openFirst(t, { files });
  const { kind, message } = await document.refine();
  assert.equal(kind, 'nothing');
  assert.match(message, /none of the 2 granted actions is reported unused by App/);
  assert.match(message, /belongs to the role 'Job', for which there are no findings/);
});

async function openFirst(t: Parameters<typeof startClient>[0], options: ClientOptions) {
  const client = await startClient(t, options);
  return client.open(Object.keys(options.files ?? {})[0] ?? '');
}
