import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { startClient } from './support/client.ts';
import { jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { wholeOf } from './support/text.ts';

const FIX_ALL = 'source.fixAll.iamPolicyRefiner';

test('A wildcard can be replaced by safe prefixes, which is preferred, or by exact actions', async (t) => {
  const { actions } = await actionsAt(t, 's3:Get*');
  assert.deepEqual(summarize(actions), [
    ["Replace 's3:Get*' with 9 safe prefixes: s3:GetAccess*, s3:GetAccountPublicAccessBlock, …", 'quickfix', true],
    ["Replace 's3:Get*' with 41 exact actions", 'quickfix', undefined],
    ['Refine whole policy (30 unused actions)', 'quickfix', undefined],
    ['Refine all policies in this file', FIX_ALL, undefined],
  ]);
});

test('An unused entry can be removed, alone, with its statement, or with the whole policy', async (t) => {
  const { actions } = await actionsAt(t, 'lambda:GetFunctionConfiguration');
  assert.deepEqual(summarize(actions), [
    ["Remove unused action 'lambda:GetFunctionConfiguration'", 'quickfix', true],
    ['Refine this statement (8 entries)', 'quickfix', undefined],
    ['Refine whole policy (30 unused actions)', 'quickfix', undefined],
    ['Refine all policies in this file', FIX_ALL, undefined],
  ]);
});

test('Where nothing can be fixed only the fix for the whole file is offered', async (t) => {
  for (const at of ['lambda:Invoke', 's3:List', '2012-10-17']) {
    const { actions } = await actionsAt(t, at);
    assert.deepEqual(summarize(actions), [['Refine all policies in this file', FIX_ALL, undefined]]);
  }
});

/** The whole text that each action makes of the article's policy. */
const RESULTS: readonly { at: string; title: RegExp; expected: string }[] = [
  { at: 'lambda:AddPermission', title: /^Remove/, expected: POLICY.replace('        "lambda:AddPermission",\n', '') },
  { at: 'lambda:GetFunction"', title: /^Remove/, expected: POLICY.replace('        "lambda:GetFunction",\n', '') },
  { at: 'lambda:GetFunction"', title: /^Refine this statement/, expected: withStatement('lambda') },
  { at: 's3:Get*', title: /safe prefixes/, expected: withStatement('s3') },
  { at: 's3:Get*', title: /^Refine whole policy/, expected: REFINED },
  { at: 's3:Get*', title: /^Refine all policies/, expected: REFINED },
];

for (const { at, title, expected } of RESULTS) {
  test(`The action /${title.source}/ at ${at} makes the text that it promises`, async (t) => {
    const { document, actions } = await actionsAt(t, at);
    const edit = actions.find((action) => title.test(action.title))?.edit;
    assert.equal(await document.apply(edit), expected);
  });
}

test('The exact actions that take the place of a wildcard are all that were in use', async (t) => {
  const { document, actions } = await actionsAt(t, 's3:Get*');
  const { Statement } = JSON.parse(document.preview(actions[1]?.edit));
  const entries: string[] = Statement[1].Action;
  assert.equal(entries.length, 42);
  assert.equal(entries.at(-1), 's3:List*');
  assert.deepEqual(
    entries.slice(0, -1).filter((entry) => !/^s3:Get\w+$/.test(entry) || FINDINGS.includes(`"${entry.slice(3)}"`)),
    [],
  );
});

test('Edits are for the version of the text that they were made of', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  await document.replace('"Version"', '\n\n"Version"');
  await document.replace('lambda:Invoke*', 'lambda:InvokeFunction');
  const [action] = await document.codeActions('s3:Get*');
  const [change] = action?.edit?.documentChanges ?? [];
  assert.deepEqual(change && 'textDocument' in change && change.textDocument, { uri: document.uri, version: 3 });
  assert.match(await document.apply(action?.edit), /\n\n"Version".*lambda:InvokeFunction.*s3:GetAccess\*/s);
});

test('A fix carries the diagnostic that it repairs, and no other', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  const diagnostics = await document.diagnostics();
  const foreign = {
    range: wholeOf(POLICY),
    message: 'else',
    source: 'other',
    data: { pointer: '/Statement/1/Action/0' },
  };
  const actions = await document.codeActions('s3:Get*', { diagnostics: [...diagnostics, foreign] });
  assert.deepEqual(
    actions.map((action) => action.diagnostics?.map(({ data }) => data)),
    [[{ pointer: '/Statement/1/Action/0' }], [{ pointer: '/Statement/1/Action/0' }], [], undefined],
  );
  assert.deepEqual(actions[0]?.diagnostics, [diagnostics.at(-1)]);
});

test('A fix does not need the diagnostic to be given', async (t) => {
  const { actions } = await actionsAt(t, 's3:Get*');
  assert.deepEqual(actions[0]?.diagnostics, []);
});

/** Kinds asked for, and the kinds of what is offered at `s3:Get*`. */
const ONLY: readonly [only: string[], kinds: string[]][] = [
  [['quickfix'], ['quickfix', 'quickfix', 'quickfix']],
  [['source'], [FIX_ALL]],
  [['source.fixAll'], [FIX_ALL]],
  [[FIX_ALL], [FIX_ALL]],
  [[''], ['quickfix', 'quickfix', 'quickfix', FIX_ALL]],
  [
    ['quickfix', 'source'],
    ['quickfix', 'quickfix', 'quickfix', FIX_ALL],
  ],
  [['refactor', 'source.fixAll'], [FIX_ALL]],
  [
    ['refactor', 'quickfix'],
    ['quickfix', 'quickfix', 'quickfix'],
  ],
  [['refactor'], []],
  [['source.organizeImports'], []],
  [['source.fixAll.iamPolicyRefiner.more'], []],
  [['source.fixAll.iam'], []],
  [['quick'], []],
  [['quickfix.other'], []],
  [[], []],
];

for (const [only, kinds] of ONLY) {
  test(`Asked for the kinds [${only.map((kind) => `'${kind}'`)}], the server offers ${kinds.length} actions`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES });
    const document = await client.open('policy.json');
    const actions = await document.codeActions('s3:Get*', { only });
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      kinds,
    );
  });
}

test('A selection over several entries offers the fixes of each', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  const actions = await document.codeActions(wholeOf(document.text), { only: ['quickfix'] });
  const preferred = actions.filter(({ isPreferred }) => isPreferred);
  assert.equal(preferred.length, 9);
  assert.equal(actions.filter(({ title }) => title.startsWith('Refine whole policy')).length, 1);
});

test('A statement that grants only unused actions can be removed', async (t) => {
  const files = {
    'policy.json': policyOf(['s3:GetObject'], ['lambda:AddPermission', 'lambda:GetFunction'], ['s3:PutObject']),
    'findings.json': plainFindings({ lambda: ['AddPermission', 'GetFunction'] }),
  };
  const { document, actions } = await actionsAt(t, 'lambda:GetFunction', { files });
  assert.deepEqual(summarize(actions), [
    ['Remove unused statement', 'quickfix', true],
    ['Refine whole policy (2 unused actions)', 'quickfix', undefined],
    ['Refine all policies in this file', FIX_ALL, undefined],
  ]);
  assert.equal(await document.apply(actions[0]?.edit), policyOf(['s3:GetObject'], ['s3:PutObject']));
  assert.deepEqual(await document.diagnostics(), []);
});

test('A policy of which nothing would be left gets no fix at all', async (t) => {
  const files = {
    'policy.json': policyOf(['lambda:AddPermission'], ['s3:GetBucketAcl']),
    'findings.json': plainFindings({ lambda: ['AddPermission'], s3: ['GetBucketAcl'] }),
  };
  const { document, actions } = await actionsAt(t, 'lambda:AddPermission', { files });
  assert.deepEqual(actions, []);
  assert.deepEqual(await document.codeActions(wholeOf(document.text)), []);
  assert.deepEqual(await document.codeActions('"Statement"', { only: [FIX_ALL] }), []);
});

test('A reported action that the catalogue lacks is a reason for caution', async (t) => {
  const files = {
    'policy.json': policyOf(['s3:Get*']),
    'findings.json': plainFindings({ s3: ['GetBucketAcl', 'GetSomethingNew'] }),
  };
  const { actions } = await actionsAt(t, 's3:Get*', { files });
  assert.match(actions[0]?.title ?? '', /^Replace 's3:Get\*'.*caution.*1 reported action unknown/);
  assert.deepEqual(
    actions.filter(({ isPreferred }) => isPreferred),
    [],
  );
});

test('A text with a syntax error gets no fixes', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json', { text: POLICY.replace('"s3:Get*",', '"s3:Get*"') });
  assert.deepEqual(await document.codeActions('s3:Get*'), []);
  assert.deepEqual(await document.codeActions(wholeOf(document.text)), []);
});

/** Texts, and what removing `s3:GetBucketAcl` leaves of each: all else byte for byte. */
const LAYOUTS: Record<string, [text: string, left: string]> = {
  'a single string is replaced by nothing less than its statement': [
    '{"Statement": [{"Effect": "Allow", "Action": "s3:GetBucketAcl"}, {"Effect": "Deny", "Action": "s3:*"}]}',
    '{"Statement": [{"Effect": "Deny", "Action": "s3:*"}]}',
  ],
  'a list on one line stays on it': [
    '{"Statement":[{"Effect":"Allow","Action":["s3:GetBucketAcl","s3:GetObject"]}]}',
    '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"]}]}',
  ],
  'CRLF line ends stay': [
    '{"Statement": {"Effect": "Allow", "Action": [\r\n\t"s3:GetObject",\r\n\t"s3:GetBucketAcl"\r\n]}}\r\n',
    '{"Statement": {"Effect": "Allow", "Action": [\r\n\t"s3:GetObject"\r\n]}}\r\n',
  ],
  'comments of others stay': [
    '{"Statement": {"Effect": "Allow", "Action": [\n  // Reads.\n  "s3:GetObject", // Data.\n  "s3:GetBucketAcl"\n]}}',
    '{"Statement": {"Effect": "Allow", "Action": [\n  // Reads.\n  "s3:GetObject" // Data.\n]}}',
  ],
};

for (const [name, [text, left]] of Object.entries(LAYOUTS)) {
  test(`Of what is not refined every byte stays: ${name}`, async (t) => {
    const files = { 'policy.json': text, 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) };
    const { document, actions } = await actionsAt(t, 's3:GetBucketAcl', { files });
    assert.equal(await document.apply(actions[0]?.edit), left);
  });
}

test('Once one entry is fixed the next can be, until nothing is left to fix', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  for (let [mark] = await document.diagnostics(); mark; [mark] = await document.diagnostics()) {
    const actions = await document.codeActions(mark.range, { only: ['quickfix'] });
    await document.apply(actions.find(({ isPreferred }) => isPreferred)?.edit);
  }
  assert.equal(document.text, REFINED);
});

async function actionsAt(
  t: Parameters<typeof startClient>[0],
  at: string,
  options: { files?: Readonly<Record<string, string>> } = {},
) {
  const { files = ARTICLE_FILES } = options;
  const client = await startClient(t, { files });
  const document = await client.open(Object.keys(files)[0] ?? '');
  return { document, actions: await document.codeActions(at) };
}

function summarize(actions: Awaited<ReturnType<typeof actionsAt>>['actions']) {
  return actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred]);
}

/** The article's policy with only the statement of one service refined. */
function withStatement(service: 'lambda' | 's3'): string {
  const policy = JSON.parse(POLICY);
  const index = service === 'lambda' ? 0 : 1;
  policy.Statement[index] = JSON.parse(REFINED).Statement[index];
  return jsonOf(policy);
}
