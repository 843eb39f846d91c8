import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('VS Code', () => {
  it('opens a JSON document of the workspace', async () => {
    const [file] = await vscode.workspace.findFiles('*.json');
    assert.ok(file, 'the workspace holds a JSON file');
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    assert.equal(editor.document.languageId, 'json');
  });
});
