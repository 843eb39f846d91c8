import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { actionsAt, fileOf, revert, show, untilMarks } from './support.ts';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('iamPolicyRefiner');

describe('Quick fixes', () => {
  afterEach(revert);

  it('offer to narrow a wildcard first, and then to list its actions', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const actions = await actionsAt(document, '"s3:Get*"', vscode.CodeActionKind.QuickFix);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        ["Replace 's3:Get*' with 9 safe prefixes: s3:GetAccess*, s3:GetAccountPublicAccessBlock, …", true],
        ["Replace 's3:Get*' with 41 exact actions", false],
        ['Refine whole policy (30 unused actions)', false],
      ],
    );
  });

  it('remove an unused action with its line', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const before = document.getText();
    const [remove] = await actionsAt(document, '"lambda:CreateFunction"', vscode.CodeActionKind.QuickFix);
    assert.equal(remove?.title, "Remove unused action 'lambda:CreateFunction'");
    assert.ok(remove.edit && (await vscode.workspace.applyEdit(remove.edit)));
    assert.equal(document.getText(), before.replace('        "lambda:CreateFunction",\n', ''));
    await untilMarks(document.uri, (marks) => marks.length === 8);
  });

  it('remove an unused statement', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    await untilMarks(document.uri, (marks) => marks.length === 2);
    const [remove] = await actionsAt(document, '"dynamodb:*"', vscode.CodeActionKind.QuickFix);
    assert.equal(remove?.title, 'Remove unused statement');
    assert.ok(remove.edit && (await vscode.workspace.applyEdit(remove.edit)));
    assert.deepEqual(
      JSON.parse(document.getText()).Statement.map(({ Sid }: { Sid: string }) => Sid),
      ['Queues'],
    );
  });

  it('refine everything on save, when the user asks for it', async () => {
    const editor = await show('article/policy.json');
    await untilMarks(editor.document.uri, (marks) => marks.length === 9);
    const settings = vscode.workspace.getConfiguration('editor');
    const original = readFileSync(fileOf('article/policy.json'));
    await settings.update('codeActionsOnSave', { [FIX_ALL.value]: 'explicit' }, vscode.ConfigurationTarget.Workspace);
    try {
      await editor.edit((edit) => edit.insert(editor.document.positionAt(editor.document.getText().length), '\n'));
      await vscode.commands.executeCommand('workbench.action.files.save');
      await untilMarks(editor.document.uri, (marks) => marks.length === 0);
      assert.match(readFileSync(fileOf('article/policy.json'), 'utf8'), /"s3:GetObject\*"/);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.workspace.fs.writeFile(editor.document.uri, original);
    }
  });
});
