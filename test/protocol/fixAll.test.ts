import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';
import { wholeOf } from './support/text.ts';

test("Fix-all makes of the article's policy what AWS recommends, and no marks are left", async (t) => {
  const document = await openOne(t, { files: ARTICLE_FILES });
  assert.equal(await fixAll(document), REFINED);
  assert.deepEqual(await document.diagnostics(), []);
  assert.equal(await fixAll(document), undefined);
});

test('Fix-all refines every policy of a template by the findings of its own role', async (t) => {
  const document = await openOne(t, {
    files: {
      'template.json': template({ App: ['s3:GetBucketAcl', 's3:GetObject'], Job: ['s3:GetBucketAcl', 's3:GetObject'] }),
      'findings.json': jsonOf([findingV2('App', { s3: ['GetBucketAcl'] }), findingV2('Job', { s3: ['GetObject'] })]),
    },
  });
  assert.equal(await fixAll(document), template({ App: ['s3:GetObject'], Job: ['s3:GetBucketAcl'] }));
  assert.deepEqual(await document.diagnostics(), []);
});

test('Fix-all leaves alone a policy of which nothing would be left, and refines the one beside it', async (t) => {
  const document = await openOne(t, {
    files: {
      'template.json': template({ App: ['s3:GetBucketAcl', 's3:GetObject'], Job: ['s3:GetObject'] }),
      'findings.json': jsonOf([findingV2('App', { s3: ['GetBucketAcl'] }), findingV2('Job', { s3: ['GetObject'] })]),
    },
  });
  assert.equal(await fixAll(document), template({ App: ['s3:GetObject'], Job: ['s3:GetObject'] }));
  assert.deepEqual(
    (await document.diagnostics()).map(({ code }) => code),
    ['unused-policy'],
  );
});

test('Fix-all removes the statements of which nothing is left', async (t) => {
  const document = await openOne(t, {
    files: {
      'policy.json': policyOf(['lambda:GetFunction'], ['s3:GetObject', 's3:GetBucketAcl'], ['lambda:AddPermission']),
      'findings.json': plainFindings({ lambda: null, s3: ['GetBucketAcl'] }),
    },
  });
  assert.equal(await fixAll(document), policyOf(['s3:GetObject']));
});

test('Fix-all writes the actions in use one by one where the setting says so', async (t) => {
  const document = await openOne(t, { files: ARTICLE_FILES, settings: { generalization: 'exact' } });
  const { Statement } = JSON.parse((await fixAll(document)) ?? '');
  assert.equal(Statement[1].Action.length, 42);
  assert.deepEqual(
    Statement[1].Action.filter((entry: string) => entry.includes('*')),
    ['s3:List*'],
  );
  assert.deepEqual(await document.diagnostics(), []);
});

test('Fix-all keeps comments, CRLF and trailing commas', async (t) => {
  const dress = (text: string) =>
    text
      .replace('"s3:List*"', '"s3:List*", // All of them.')
      .replace('"lambda:Invoke*"', '/* Calls. */ "lambda:Invoke*"')
      .replaceAll('\n', '\r\n');
  const document = await openOne(t, { files: { 'policy.json': dress(POLICY), 'findings.json': FINDINGS } });
  assert.equal(await fixAll(document), dress(REFINED));
});

test('Fix-all is not offered where nothing is to be fixed', async (t) => {
  const document = await openOne(t, { files: { 'policy.json': REFINED, 'findings.json': FINDINGS } });
  assert.equal(await fixAll(document), undefined);
});

test('Fix-all does not depend on where the cursor stands', async (t) => {
  const document = await openOne(t, { files: ARTICLE_FILES });
  const ranges = [wholeOf(''), wholeOf(POLICY), { start: { line: 27, character: 0 }, end: { line: 27, character: 0 } }];
  for (const range of ranges) {
    const [action, ...others] = await document.codeActions(range, { only: ['source.fixAll'] });
    assert.deepEqual(others, []);
    assert.equal(document.preview(action?.edit), REFINED);
  }
});

async function openOne(t: Parameters<typeof startClient>[0], options: ClientOptions) {
  const client = await startClient(t, options);
  return client.open(Object.keys(options.files ?? {})[0] ?? '');
}

/** Applies "Fix All"; gives the new text, or `undefined` when none is offered. */
async function fixAll(document: OpenDocument): Promise<string | undefined> {
  const only = ['source.fixAll.iamPolicyRefiner'];
  const [action, ...others] = await document.codeActions(wholeOf(document.text), { only });
  assert.deepEqual(others, []);
  return action && document.apply(action.edit);
}
