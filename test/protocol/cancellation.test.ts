import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { ARTICLE_FILES, REFINED } from './support/article.ts';
import { startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { wholeOf } from './support/text.ts';

/** The requests that an editor makes and often cancels. */
const REQUESTS: Record<string, (document: OpenDocument, token: CancellationTokenSource['token']) => Promise<unknown>> =
  {
    diagnostics: (document, token) => document.diagnostics(token),
    'code actions': (document, token) => document.codeActions('s3:Get*', { token }),
    'a hover': (document, token) => document.hover('s3:Get*', token),
    'a refined policy': (document, token) => document.refine(undefined, token),
  };

for (const [what, request] of Object.entries(REQUESTS)) {
  test(`A request for ${what} that is cancelled at once is answered, and so are those after it`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES });
    const document = await client.open('policy.json');
    const source = new CancellationTokenSource();
    const answer = settle(request(document, source.token));
    source.cancel();
    assert.equal(await answer, 'cancelled');
    assert.notEqual(await request(document, new CancellationTokenSource().token), undefined);
  });

  test(`A request for ${what} may be cancelled after it was answered`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES });
    const document = await client.open('policy.json');
    const source = new CancellationTokenSource();
    const before = await request(document, source.token);
    source.cancel();
    assert.deepEqual(await request(document, new CancellationTokenSource().token), before);
  });
}

test('Of a flood of requests each is answered, whichever are cancelled', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  const answers = Array.from({ length: 200 }, (_, index) => {
    const source = new CancellationTokenSource();
    const answer = settle(Object.values(REQUESTS)[index % 4]?.(document, source.token) ?? Promise.reject());
    if (index % 3 !== 0) source.cancel();
    return answer;
  });
  const outcomes = await Promise.all(answers);
  assert.deepEqual(
    outcomes.filter((outcome, index) => outcome === 'cancelled' && index % 3 === 0),
    [],
  );
  assert(outcomes.includes('cancelled'));
  assert.equal((await document.diagnostics()).length, 9);
});

test('A text that changes under a request does not mix with the answer', async (t) => {
  const client = await startClient(t, { files: ARTICLE_FILES });
  const document = await client.open('policy.json');
  const stale = document.codeActions(wholeOf(document.text), { only: ['source.fixAll'] });
  await document.replace('"Version"', '\n\n\n"Version"');
  const [action] = await stale;
  const [change] = action?.edit?.documentChanges ?? [];
  assert(change && 'textDocument' in change);
  const { version } = change.textDocument;
  const [fresh] = await document.codeActions(wholeOf(document.text), { only: ['source.fixAll'] });
  // An answer may be of the old text or the new, but its version must say of which.
  if (version === document.version) assert.deepEqual(action, fresh);
  else assert.equal(version, 1);
  assert.equal(await document.apply(fresh?.edit), REFINED.replace('"Version"', '\n\n\n"Version"'));
});

async function settle(answer: Promise<unknown>): Promise<'answered' | 'cancelled'> {
  try {
    await answer;
    return 'answered';
  } catch (error) {
    assert(error instanceof ResponseError);
    assert.equal(error.code, LSPErrorCodes.RequestCancelled);
    return 'cancelled';
  }
}
