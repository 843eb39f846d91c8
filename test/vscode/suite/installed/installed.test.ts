import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../../package.json' with { type: 'json' };

describe('The packaged extension', () => {
  it('is installed and starts', async () => {
    const id = `${manifest.publisher}.${manifest.name}`;
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `'${id}' is installed`);
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
