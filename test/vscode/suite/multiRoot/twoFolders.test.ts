import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { codeOf, marksOf, untilMarks } from '../support.ts';

/** Opens a file of one of the workspace's folders. */
async function showIn(folder: string, name: string): Promise<vscode.TextDocument> {
  const found = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === folder);
  assert.ok(found, `the folder ${folder} is not open`);
  const document = await vscode.workspace.openTextDocument(path.join(found.uri.fsPath, name));
  // A preview would close the one before it.
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

describe('A workspace of two folders', () => {
  it('has findings of its own in each', async () => {
    const role = await showIn('roles', 'ReportingRole/inline.json');
    const marks = await untilMarks(role.uri, (found) => found.length === 2);
    assert.deepEqual(marks.map(codeOf), ['unused-action', 'unused-statement']);
    const article = await showIn('article', 'policy.json');
    await untilMarks(article.uri, (found) => found.length === 9);
  });

  it('has settings of its own in each', async () => {
    const role = await showIn('roles', 'ReportingRole/inline.json');
    await untilMarks(role.uri, (found) => found.length === 2);
    const article = await showIn('article', 'policy.json');
    await untilMarks(article.uri, (found) => found.length === 9);
    const settings = vscode.workspace.getConfiguration('iamPolicyRefiner', article.uri);
    await settings.update('keep', ['lambda:*'], vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      await untilMarks(article.uri, (found) => found.length === 1);
      assert.equal(marksOf(role.uri).length, 2);
    } finally {
      await settings.update('keep', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
    await untilMarks(article.uri, (found) => found.length === 9);
  });

  it('takes the principals of a setting relative to the folder', async () => {
    const article = await showIn('article', 'policy.json');
    const settings = vscode.workspace.getConfiguration('iamPolicyRefiner', article.uri);
    await settings.update('principals', { 'policy.json': 'NobodyKnows' }, vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      await untilMarks(article.uri, (found) => found.length === 0);
    } finally {
      await settings.update('principals', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
    await untilMarks(article.uri, (found) => found.length === 9);
  });

  it('gets what is kept, and whose findings apply, written into the settings of the folder', async () => {
    const article = await showIn('article', 'policy.json');
    await untilMarks(article.uri, (found) => found.length === 9);
    const settings = () => vscode.workspace.getConfiguration('iamPolicyRefiner', article.uri);
    try {
      const request = { uri: article.uri.toString(), actions: ['lambda:AddPermission'] };
      await vscode.commands.executeCommand('iamPolicyRefiner.keepAction', request);
      assert.deepEqual(settings().inspect('keep')?.workspaceFolderValue, ['lambda:AddPermission']);
      assert.equal(settings().inspect('keep')?.workspaceValue, undefined);
      await untilMarks(article.uri, (found) => found.length === 8);
    } finally {
      await settings().update('keep', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
    const role = await showIn('roles', 'ReportingRole/inline.json');
    await vscode.commands.executeCommand('iamPolicyRefiner.choosePrincipal', undefined, {
      principals: ['ReportingRole'],
    });
    const own = vscode.workspace.getConfiguration('iamPolicyRefiner', role.uri);
    try {
      const { workspaceFolderValue, workspaceValue } = own.inspect('principals') ?? {};
      assert.deepEqual(workspaceFolderValue, { 'ReportingRole/inline.json': ['ReportingRole'] });
      assert.equal(workspaceValue, undefined);
    } finally {
      await own.update('principals', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
  });
});
