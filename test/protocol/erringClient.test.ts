import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { ARTICLE_FILES } from './support/article.ts';
import { startClient } from './support/client.ts';

for (const method of ['client/registerCapability', 'workspace/diagnostic/refresh']) {
  test(`The server goes on when the client answers ${method} with an error`, async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES, refuse: method });
    const document = await client.open('policy.json');
    assert.equal((await document.diagnostics()).length, 9);
    const findings = 'unused.findings.json';
    await writeFile(client.folder.path(findings), '[{"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}]');
    await client.received.asked.after(
      () => client.notifyFiles(FileChangeType.Changed, client.folder.uri(findings)),
      (asked) => asked === 'workspace/diagnostic/refresh',
    );
    await client.received.logs.first(({ message }) => /was refused by the client/.test(message));
    assert.equal((await document.diagnostics()).length, 1);
  });
}
