import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { plainFindings, policyOf } from './support/samples.ts';
import { rangeOf } from './support/text.ts';

/** What was open first; what is opened under the same name and version while the first text is still looked at. */
const OLD = policyOf(['s3:GetObject', 's3:GetBucketAcl', 's3:PutObject']);
const NEW = policyOf(['ec2:RunInstances'], ['s3:PutObject', 's3:GetBucketAcl']);
const REFINED = policyOf(['ec2:RunInstances'], ['s3:PutObject']);

const FILES = { 'p.json': OLD, 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) };

/** What may be asked of the first text before it is closed, without waiting for the answer. */
const QUESTIONS: Readonly<Record<string, (document: OpenDocument) => Promise<unknown>>> = {
  diagnostics: (document) => document.diagnostics(),
  'code actions': (document) => document.codeActions('"s3:GetBucketAcl"'),
  'the refined policy': (document) => document.refine(),
  'a preview': (document) => document.askPreview(),
  'a hover': (document) => document.hover('s3:GetBucketAcl'),
  'the status': (document) => document.status('s3:GetBucketAcl'),
};

/** How often each is tried: what is stale depends on who comes first. */
const TRIALS = 8;

for (const [name, ask] of Object.entries(QUESTIONS))
  test(`A text that is opened while ${name} of the last one is on its way is answered as itself`, async (t) => {
    const client = await startClient(t, { files: FILES });
    for (let trial = 0; trial < TRIALS; trial++) {
      const reopened = await reopen(client, ask, trial % 2 === 0);
      const marked = (await reopened.diagnostics()).map(({ range }) => range);
      assert.deepEqual(marked, [rangeOf(NEW, '"s3:GetBucketAcl"')]);
      assert.equal(reopened.preview((await reopened.refine()).edit), REFINED);
      assert.equal((await reopened.askPreview()).text, REFINED);
      const [fix] = await reopened.codeActions('"s3:GetBucketAcl"', { only: ['quickfix'] });
      assert.equal(reopened.preview(fix?.edit), REFINED);
      const [fixAll] = await reopened.codeActions('"s3:GetBucketAcl"', { only: ['source.fixAll'] });
      assert.equal(reopened.preview(fixAll?.edit), REFINED);
      await reopened.close();
      await client.configure({});
    }
  });

test('Marks that are pushed after a text was opened again are those of the new one', async (t) => {
  const client = await startClient(t, { files: FILES, profile: 'plain' });
  for (let trial = 0; trial < TRIALS; trial++) {
    const reopened = await reopen(client, QUESTIONS['a hover'] as (document: OpenDocument) => Promise<unknown>, true);
    assert.equal(reopened.preview((await reopened.refine()).edit), REFINED);
    await reopened.close();
  }
});

/** Opens the first text, asks, closes it at once, and opens the other one under the same name and version. */
async function reopen(
  client: Client,
  ask: (document: OpenDocument) => Promise<unknown>,
  isFirst: boolean,
): Promise<OpenDocument> {
  const first = await client.open('p.json', { text: OLD });
  const answers = [ask(first), ...(isFirst ? [] : [first.diagnostics()])];
  await first.close();
  const reopened = await client.open('p.json', { text: NEW });
  // What became of the first text does not matter, but that there is an answer.
  await Promise.all(answers);
  return reopened;
}
