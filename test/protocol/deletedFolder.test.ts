import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { FINDINGS, POLICY } from './support/article.ts';
import { startClient } from './support/client.ts';
import { findingV2 } from './support/samples.ts';

test('Findings are forgotten when the folder that holds them is deleted', async (t) => {
  const exported = JSON.stringify(findingV2('App', { s3: ['GetBucketAcl'] }));
  const client = await startClient(t, {
    files: { 'App.json': POLICY, 'exports/app.findings.json': exported, 'x/other.findings.json': FINDINGS },
  });
  const document = await client.open('App.json');
  assert.equal((await document.diagnostics()).length, 1);
  await rm(client.folder.path('exports'), { recursive: true });
  await client.tellFiles(FileChangeType.Deleted, 'exports');
  assert.deepEqual(await document.diagnostics(), []);
});
