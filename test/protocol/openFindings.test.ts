import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { POLICY } from './support/article.ts';
import { startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2 } from './support/samples.ts';
import { textIn } from './support/text.ts';

// A large findings file that is open in the editor is read in the background, too.

/** A long list with one thing in it that makes no sense. */
const LARGE = JSON.stringify([
  ...Array.from({ length: 40_000 }, (_, index) => findingV2(`Role${index}`, { s3: ['GetBucketAcl'] })),
  { findingDetails: [3] },
]);

test('While a large findings file is open, what is asked about others is answered', async (t) => {
  const { findings, other } = await open(t);
  const marks = watch(findings.diagnostics());
  await hovers(other, 10);
  assert.equal(marks.isDone, false);
  assert.equal((await marks.answer).length, 1);
});

test('The marks of a large findings file that changes while it is read are of the new text', async (t) => {
  const { findings, other } = await open(t);
  const marks = watch(findings.diagnostics());
  await hovers(other, 3);
  await findings.replace('[', '\n\n\n[');
  assert.equal(marks.isDone, false);
  const [mark, ...rest] = await marks.answer;
  assert.deepEqual(rest, []);
  assert.equal(mark && textIn(findings.text, mark.range), '3');
});

test('The reading of a large findings file ends when its marks are no longer asked for', async (t) => {
  const { findings, other } = await open(t);
  const source = new CancellationTokenSource();
  const marks = watch(findings.diagnostics(source.token));
  await hovers(other, 3);
  assert.equal(marks.isDone, false);
  source.cancel();
  // A hover that is asked for behind the cancellation is answered behind it.
  await hovers(other, 1);
  assert.equal(marks.isDone, true);
  await assert.rejects(marks.answer, { code: LSPErrorCodes.RequestCancelled });
});

/** Opens the findings, of which there are none on disk yet, and a policy beside them. */
async function open(t: Parameters<typeof startClient>[0]): Promise<{ findings: OpenDocument; other: OpenDocument }> {
  const client = await startClient(t, { files: { 'all.findings.json': '[]', 'policy.json': POLICY } });
  const other = await client.open('policy.json');
  await hovers(other, 1);
  return { other, findings: await client.open('all.findings.json', { text: LARGE }) };
}

async function hovers(document: OpenDocument, count: number): Promise<void> {
  for (let index = 0; index < count; index++) assert(await document.hover('s3:Get*'));
}

/** An answer that is waited for, and whether it has come. */
function watch<T>(answer: Promise<T>): { readonly answer: Promise<T>; readonly isDone: boolean } {
  const watched = { answer, isDone: false };
  const end = () => {
    watched.isDone = true;
  };
  answer.then(end, end);
  return watched;
}
