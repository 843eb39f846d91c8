import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

// The extension is activated in every workspace with a JSON file in it. The language client takes ten times as long to load as
// all the rest, and no other test would notice.

test('Nothing of the client loads the language client until a server is to be started', () => {
  const files = readdirSync('client/src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const loading = files.filter((name) => {
    const text = readFileSync(path.join('client/src', name), 'utf8');
    return /^(?:import|export) (?!type )[^;]*from '(?:vscode-languageclient\b[^']*|\.[^']*\/languageClient\.\w+)'/m.test(
      text,
    );
  });
  assert.deepEqual(loading, ['languageClient.ts']);
});
