import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, policyOf } from './support/samples.ts';
import { textIn, wholeOf } from './support/text.ts';

/** Texts of broken policies. */
const BROKEN: Readonly<Record<string, string>> = {
  'a missing comma': POLICY.replace('"s3:Get*",', '"s3:Get*"'),
  'a missing bracket': POLICY.slice(0, -4),
  'an open string': POLICY.replace('"s3:List*"', '"s3:List*'),
  'an open string at the end': POLICY.slice(0, POLICY.indexOf('s3:List') + 4),
  'two roots': POLICY + POLICY,
  'text before it': `policy = ${POLICY}`,
  'an open comment': `${POLICY}/*`,
  'a single quote': POLICY.replace('"Version"', "'Version'"),
  'a colon too many': POLICY.replace('"Action":', '"Action"::'),
  'an unknown escape': POLICY.replace('s3:Get*', 's3:\\qGet*'),
  'a byte of nothing': POLICY.replace('s3:Get*', 's3:\u0000Get*'),
  'half a pair of surrogates': `${POLICY.replace('"2012-10-17"', '"\ud83d"')}}`,
};

test('A broken policy is not edited, and the message says why', async (t) => {
  const client = await startClient(t, { files: { 'findings.json': FINDINGS } });
  for (const [what, text] of Object.entries(BROKEN)) {
    await t.test(what, async () => {
      const document = await client.open(`${what}.json`, { text });
      await document.diagnostics();
      await document.hover('s3');
      assert.deepEqual(await document.codeActions(wholeOf(text)), []);
      const { kind, message, edit } = await document.refine();
      assert.deepEqual({ kind, edit }, { kind: 'refused', edit: undefined });
      assert.match(message, /line \d+/);
    });
  }
});

/** Texts that hold nothing to refine. */
const EMPTY: Readonly<Record<string, string>> = {
  'an empty text': '',
  'white space': ' \n\t\r\n',
  'a byte order mark': '\ufeff',
  'a scalar': '5',
  null: 'null',
  'an empty object': '{}',
  'an empty array': '[]',
  'the word alone': '"Statement"',
  'a policy without statements': '{"Statement": []}',
  'statements of other types': '{"Statement": [null, 5, "Effect", [], {}, {"Effect": 1, "Action": 2}]}',
  'a statement without actions': '{"Statement": [{"Effect": "Allow"}]}',
  'a statement with an empty list': '{"Statement": [{"Effect": "Allow", "Action": []}]}',
  'entries that are no entries':
    '{"Statement": [{"Effect": "Allow", "Action": ["", ":", "s3", "s3:", ":Get", "*s3:Get", "a:b:c", "?", "s3 :Get*"]}]}',
  'entries that are no strings': '{"Statement": [{"Effect": "Allow", "Action": [1, null, {"Ref": "X"}, ["s3:Get*"]]}]}',
  'a statement that repeats its keys':
    '{"Statement": [{"Effect": "Allow", "Action": "s3:GetBucketAcl", "Action": "s3:GetObject"}]}',
};

test('Where nothing is granted there is nothing to refine', async (t) => {
  const client = await startClient(t, { files: { 'findings.json': FINDINGS } });
  for (const [what, text] of Object.entries(EMPTY)) {
    await t.test(what, async () => {
      const document = await client.open(`${what}.json`, { text });
      assert.deepEqual(await document.diagnostics(), []);
      assert.deepEqual(await document.codeActions(wholeOf(text)), []);
      const { kind, edit } = await document.refine();
      assert.deepEqual({ kind, edit }, { kind: 'nothing', edit: undefined });
    });
  }
});

test('A policy that is typed letter by letter is served all the while, and never edited while it is broken', async (t) => {
  const { document } = await openText(t, '');
  for (const [index, letter] of [...POLICY].entries()) {
    const end = wholeOf(document.text).end;
    await document.change({ range: { start: end, end }, text: letter });
    const diagnostics = await document.diagnostics();
    for (const { range } of diagnostics) assert.notEqual(textIn(document.text, range), '');
    if (index % 20 !== 0) continue;
    assert.deepEqual(await document.codeActions(wholeOf(document.text)), []);
    assert.equal((await document.refine()).edit, undefined);
  }
  assert.equal(document.text, POLICY);
  assert.equal((await document.diagnostics()).length, 9);
  assert.equal(await document.apply((await document.refine()).edit), REFINED);
});

test('A policy that is deleted letter by letter is served all the while', async (t) => {
  const { document } = await openText(t, POLICY);
  while (document.text !== '') {
    const end = wholeOf(document.text).end;
    const start = wholeOf(document.text.slice(0, -1)).end;
    await document.change({ range: { start, end }, text: '' });
    await document.diagnostics();
  }
  assert.equal((await document.refine()).kind, 'nothing');
});

/** Names that are no ordinary keys of a JavaScript object. */
const INHERITED = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', 'valueOf'];

for (const name of INHERITED) {
  test(`${name} is an ordinary name`, async (t) => {
    const entries = [`${name}:Get`, `s3:${name}`, `${name}:*`, `${name}:${name}`, 's3:GetObject', 's3:GetBucketAcl'];
    const files = {
      'names/policy.json': policyOf(entries),
      // Written by hand, because an object literal with such a key would not have it.
      'names/findings.json': `[
        {"serviceNamespace": "s3", "actions": ["${name}"]},
        {"serviceNamespace": "${name}", "actions": ["${name}"]}
      ]`,
      'keys/policy.json': `{"${name}": ${POLICY}}`,
      'keys/findings.json': FINDINGS,
      'policy.json': POLICY,
      [`roles/${name}/policy.json`]: POLICY,
      'findings.json': jsonOf(findingV2(name, { s3: ['GetBucketAcl'] })).replace(
        '{',
        `{"${name}": {"status": "RESOLVED"},`,
      ),
    };
    const client = await startClient(t, { files });

    await t.test('of a service and of an action', async () => {
      const document = await client.open('names/policy.json');
      const marks = (await document.diagnostics()).map(({ range, code }) => [code, textIn(document.text, range)]);
      assert.deepEqual(marks, [
        ['unused-action', `"s3:${name}"`],
        ['unused-action', `"${name}:*"`],
        ['unused-action', `"${name}:${name}"`],
      ]);
      for (const entry of entries) await document.hover(`"${entry}"`);
      // Nobody knows what else the wildcard of an unknown service grants, so it stays.
      const left = policyOf([`${name}:Get`, `${name}:*`, 's3:GetObject', 's3:GetBucketAcl']);
      assert.equal(await document.apply((await document.refine()).edit), left);
    });

    await t.test('of a key above a policy', async () => {
      const document = await client.open('keys/policy.json');
      assert.equal((await document.diagnostics()).length, 9);
      assert.equal(await document.apply((await document.refine()).edit), `{"${name}": ${REFINED}}`);
    });

    await t.test('of a role, and of a key in its finding', async () => {
      assert.deepEqual(await (await client.open('policy.json')).diagnostics(), []);
      const document = await client.open(`roles/${name}/policy.json`);
      assert.match((await document.diagnostics())[0]?.message ?? '', new RegExp(`1 of 63 .* unused by ${name}`));
    });
  });
}

/** URIs of documents that are no files of the workspace. */
const URIS = [
  'untitled:Untitled-1',
  'git:/policy.json?%7B%7D',
  'vscode-notebook-cell:/a.ipynb#X',
  'http://a.b/p.json',
  'x',
];

test('A policy that lies in no folder is served, and no findings apply to it', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  for (const uri of URIS) {
    await t.test(uri, async () => {
      const document = await client.openUri(uri, POLICY);
      assert.deepEqual(await document.diagnostics(), []);
      assert.match((await document.hover('lambda:AddPermission')) ?? '', /No findings apply/);
      assert.equal((await document.refine()).kind, 'nothing');
    });
  }
});

test('A position outside the text is answered', async (t) => {
  const { document } = await openText(t, POLICY);
  for (const position of [
    { line: 9_999, character: 0 },
    { line: 0, character: 9_999 },
    { line: -1, character: -1 },
  ]) {
    const actions = await document.codeActions({ start: position, end: position }, { only: ['quickfix'] });
    assert.deepEqual(actions, []);
    assert.equal((await document.refine(position)).kind, 'refined');
  }
});

/** Opens a text beside the article's findings. */
async function openText(t: Parameters<typeof startClient>[0], text: string): Promise<{ document: OpenDocument }> {
  const client = await startClient(t, { files: { 'findings.json': FINDINGS } });
  return { document: await client.open('policy.json', { text }) };
}
