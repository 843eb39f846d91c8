import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { KeepRequest } from '../../../server/src/protocol.ts';
import { putCursor, show, untilMarks } from './support.ts';

/** Runs the command as a quick fix does, or as the palette does; it gives what it told the user. */
const keep = (request?: KeepRequest) =>
  vscode.commands.executeCommand<{ kind: string; message: string }>('iamPolicyRefiner.keepAction', request);

const { Workspace, Global } = vscode.ConfigurationTarget;

describe('"IAM: Keep Action…"', () => {
  const settings = () => vscode.workspace.getConfiguration('iamPolicyRefiner');

  afterEach(async () => {
    await settings().update('keep', undefined, Workspace);
    await settings().update('keep', undefined, Global);
  });

  it('writes what its quick fix names into the settings of the workspace, and the marks follow', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const start = document.positionAt(document.getText().indexOf('"s3:Get*"'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(start, start),
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual(
      actions.map(({ title }) => title.replace(/^(Replace 's3:Get\*' with \d+ \w+ \w+).*/, '$1')),
      [
        "Replace 's3:Get*' with 9 safe prefixes",
        "Replace 's3:Get*' with 41 exact actions",
        'Refine whole policy (30 unused actions)',
        "Keep all 22 unused actions of 's3:Get*' (never report them)",
      ],
    );
    await keep(actions.at(-1)?.command?.arguments?.[0]);
    assert.equal(settings().inspect<string[]>('keep')?.workspaceValue?.length, 22);
    await untilMarks(document.uri, (marks) => marks.length === 8);
  });

  it('keeps the unused action at the cursor beside what is kept already, the list of the user included', async () => {
    await settings().update('keep', ['lambda:AddPermission'], Global);
    const editor = await show('article/policy.json');
    await untilMarks(editor.document.uri, (marks) => marks.length === 8);
    putCursor(editor, 'lambda:GetFunction"');
    const { message } = await keep();
    assert.match(message, /^'lambda:GetFunction' is never reported from now on/);
    assert.deepEqual(settings().inspect('keep')?.workspaceValue, ['lambda:AddPermission', 'lambda:GetFunction']);
    await untilMarks(editor.document.uri, (marks) => marks.length === 7);
    await keep({ uri: editor.document.uri.toString(), actions: ['lambda:GetFunction', 's3:GetBucketAcl'] });
    assert.deepEqual(settings().inspect('keep')?.workspaceValue, [
      'lambda:AddPermission',
      'lambda:GetFunction',
      's3:GetBucketAcl',
    ]);
  });

  it('can be undone from its message, without what came later', async () => {
    const { document } = await show('article/policy.json');
    const uri = document.uri.toString();
    await keep({ uri, actions: ['lambda:AddPermission'] });
    await untilMarks(document.uri, (marks) => marks.length === 8);
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    assert.equal(settings().inspect('keep')?.workspaceValue, undefined);
  });

  it('says so where nothing is unused at the cursor, and writes nothing', async () => {
    const editor = await show('article/policy.json');
    putCursor(editor, '"s3:List*"');
    const { kind, message } = await keep();
    assert.equal(kind, 'nothing');
    assert.match(message, /Put the cursor on an entry that is marked/);
    assert.equal(settings().inspect('keep')?.workspaceValue, undefined);
  });

  it('leaves alone a setting that is no list', async () => {
    const { document } = await show('article/policy.json');
    await settings().update('keep', { s3: true }, Workspace);
    const { kind, message } = await keep({ uri: document.uri.toString(), actions: ['s3:GetBucketAcl'] });
    assert.equal(kind, 'refused');
    assert.match(message, /must be a list/);
    assert.deepEqual(settings().inspect('keep')?.workspaceValue, { s3: true });
  });

  it('writes into the settings of the user for a file in no folder', async () => {
    await keep({ uri: 'file:///nowhere/policy.json', actions: ['sqs:PurgeQueue'] });
    assert.deepEqual(settings().inspect('keep')?.globalValue, ['sqs:PurgeQueue']);
    assert.equal(settings().inspect('keep')?.workspaceValue, undefined);
    assert.equal(settings().inspect('keep')?.workspaceFolderValue, undefined);
  });
});
