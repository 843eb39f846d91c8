import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE_FILES, POLICY, REFINED } from './support/article.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { findingV2, jsonOf, plainFindings, policyOf } from './support/samples.ts';
import { template } from './support/template.ts';

test('A preview is the text that the edit makes, and says what speaks for it', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  const { kind, text, edit, facts, version, pointer, whose } = await document.askPreview({ at: '"Version"' });
  assert.deepEqual([kind, text, version, pointer, whose], ['refined', REFINED, 1, '', undefined]);
  const [amount, why, date, size, proof, catalogue, ...more] = facts;
  assert.deepEqual(
    [amount, why, date],
    ['30 of 92 granted actions unused', "because 'unused.findings.json' names no principal", 'findings without a date'],
  );
  const [after, before] = [REFINED, POLICY].map((policy) => JSON.stringify(JSON.parse(policy)).length);
  assert.equal(size, `${after} of 6,144 characters, ${before} before`);
  assert.equal(proof, 'proven: nothing lost, left or gained');
  assert.match(catalogue ?? '', /^of [\d,]+ actions known on \d{4}-\d\d-\d\d$/);
  assert.deepEqual(more, []);
  assert.equal(await document.apply(edit), text);
});

test('A preview says whose findings apply, and from when they are', async (t) => {
  const policy = policyOf(['s3:GetBucketAcl', 's3:GetObject']);
  const findings = findingV2('MyRole', { s3: ['GetBucketAcl'] });
  const document = await openFirst(t, { files: { 'MyRole.json': policy, 'findings.json': jsonOf(findings) } });
  const { facts, whose } = await document.askPreview();
  assert.equal(whose, 'MyRole');
  assert.deepEqual(facts.slice(0, 3), [
    'MyRole: 1 of 2 granted actions unused',
    "because the file is called 'MyRole.json'",
    'analyzed on 2024-05-29',
  ]);
});

test('A preview is for the version of the text that it was made of', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  await document.replace('"s3:List*"', '"s3:PutObject"');
  const { version, text } = await document.askPreview();
  assert.equal(version, 2);
  assert.equal(text, REFINED.replace('"s3:List*"', '"s3:PutObject"'));
});

test('Of one statement nothing else is previewed', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  const { text, pointer } = await document.askPreview({ pointer: '/Statement/0' });
  assert.equal(pointer, '/Statement/0');
  const [first, second] = JSON.parse(text ?? '').Statement;
  assert.deepEqual(first.Action, ['lambda:Invoke*']);
  assert.deepEqual(second, JSON.parse(POLICY).Statement[1]);
});

test('In a template the cursor picks the policy, or all are previewed, each with what speaks for it', async (t) => {
  const roles = { App: ['s3:GetBucketAcl', 's3:GetObject'], Job: ['s3:GetBucketAcl', 's3:GetObject'] };
  const files = {
    'template.json': template(roles),
    'findings.json': jsonOf([
      findingV2('App', { s3: ['GetBucketAcl'] }),
      findingV2('Job', { s3: ['GetBucketAcl'] }, { analyzedAt: '2024-06-01T00:00:00Z' }),
    ]),
  };
  const document = await openFirst(t, { files });
  const app = await document.askPreview({ at: '"Version"' });
  assert.equal(app.whose, 'App');
  assert.equal(app.text, template({ ...roles, App: ['s3:GetObject'] }));
  assert.equal((await document.askPreview({ pointer: app.pointer ?? '' })).text, app.text);

  const all = await document.askPreview();
  assert.deepEqual([all.pointer, all.whose], [undefined, undefined]);
  assert.equal(all.text, template({ App: ['s3:GetObject'], Job: ['s3:GetObject'] }));
  assert.equal(all.facts.length, 4);
  assert.match(
    all.facts[0] ?? '',
    /^AppResource: App: 1 of 2 granted actions unused · because .* · analyzed on 2024-05-29 · /,
  );
  assert.match(all.facts[1] ?? '', /^JobResource: Job: .* · analyzed on 2024-06-01 · /);
});

test('Of broken text there is no preview but the reason', async (t) => {
  const document = await openFirst(t, {
    files: { ...ARTICLE_FILES, 'policy.json': POLICY.replace('"s3:Get*",', '"s3:Get*"') },
  });
  const { kind, message, text, edit, facts } = await document.askPreview();
  assert.deepEqual([kind, text, edit, facts], ['refused', undefined, undefined, [message]]);
  assert.match(message, /line 23.*comma expected/);
});

test('Where nothing is to be refined the preview is the text as it is, with the reason', async (t) => {
  const files = { 'policy.json': policyOf(['s3:GetObject']), 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) };
  const document = await openFirst(t, { files });
  const { kind, message, text, edit, facts } = await document.askPreview();
  assert.deepEqual([kind, text, edit, facts], ['nothing', document.text, undefined, [message]]);
  assert.match(message, /none of the 1 granted action is reported unused/);
});

test('A statement that is gone is not mistaken for another', async (t) => {
  const document = await openFirst(t, { files: ARTICLE_FILES });
  const { kind, message, text } = await document.askPreview({ pointer: '/Statement/7' });
  assert.deepEqual([kind, text], ['refused', POLICY]);
  assert.match(message, /no longer there/);
});

async function openFirst(t: Parameters<typeof startClient>[0], options: ClientOptions) {
  const client = await startClient(t, options);
  return client.open(Object.keys(options.files ?? {})[0] ?? '');
}
