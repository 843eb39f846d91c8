import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** What speaks to the client: each position in it must come from `positions/`, or clients that count in UTF-8 get a wrong one. */
const SPEAKERS = ['server/src/handlers', 'server/src/workspace'];

test('Nothing that speaks to the client makes positions of its own', () => {
  const files = SPEAKERS.flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)));
  const makers = ['server/src/server.ts', ...files].filter((file) =>
    /^import \{.*vscode-languageserver-textdocument|^import .*linePositions/m.test(readFileSync(file, 'utf8')),
  );
  assert(files.length > 20);
  assert.deepEqual(makers, []);
});
