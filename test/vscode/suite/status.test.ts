import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/src/extension.ts';
import type { StatusLine } from '../../../client/src/status/items.ts';
import { fileOf, ourExtension, revert, show, until } from './support.ts';

describe('The language status', () => {
  afterEach(revert);

  it('says whose policy is open and why, how much is unused, by which findings', async () => {
    await show('roles/ReportingRole/inline.json');
    const lines = await untilLines((all) => line(all, 'findings') !== undefined);
    assert.equal(line(lines, 'principal')?.text, 'ReportingRole');
    assert.match(line(lines, 'principal')?.detail ?? '', /^account \d{12}$/);
    assert.equal(line(lines, 'why')?.text, "Because it lies in the folder 'ReportingRole'");
    assert.match(line(lines, 'unused')?.text ?? '', /^\d+ of \d+ granted actions unused$/);
    assert.equal(line(lines, 'findings')?.text, 'roles/access-analyzer.json');
    assert.match(line(lines, 'findings')?.detail ?? '', /^analyzed on \d{4}-\d\d-\d\d, \d+ days ago$/);
    assert.match(line(lines, 'catalogue')?.text ?? '', /^Catalogue of \d{4}-\d\d-\d\d$/);
  });

  it('opens the findings where they speak of the policy', async () => {
    await show('roles/ReportingRole/inline.json');
    const lines = await untilLines((all) => line(all, 'findings') !== undefined);
    await run(line(lines, 'findings')?.command);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.fileName, fileOf('roles/access-analyzer.json'));
    assert.ok((editor?.selection.start.line ?? 0) > 0);
  });

  it('says what is reported and granted by no policy here, and follows other policies of the role', async () => {
    await show('roles/ReportingRole/inline.json');
    const before = await untilLines((all) => line(all, 'notGranted0') !== undefined);
    assert.match(
      line(before, 'notGranted0')?.text ?? '',
      /^ReportingRole: 1 of 2 reported actions is granted by no policy here$/,
    );
    const more = fileOf('roles/ReportingRole/more.json');
    writeFileSync(more, JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] }));
    try {
      await untilLines((all) => line(all, 'notGranted0') === undefined);
    } finally {
      rmSync(more);
    }
    await untilLines((all) => line(all, 'notGranted0') !== undefined);
  });

  it('follows the text while it is typed', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    const unused = line(await untilLines((all) => line(all, 'unused') !== undefined), 'unused')?.text;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().indexOf('"sqs:')), '"sqs:PurgeQueue", ');
    await vscode.workspace.applyEdit(edit);
    await untilLines((all) => line(all, 'unused') !== undefined && line(all, 'unused')?.text !== unused);
  });

  it('says why no findings apply, and goes where there is no policy', async () => {
    await show('other/policy.json');
    const lines = await untilLines((all) => line(all, 'principal')?.text === 'No findings apply');
    assert.match(line(lines, 'why')?.text ?? '', /^Because no principal matches this policy/);
    await show('plain.json');
    await untilLines((all) => all.length === 0);
  });
});

async function untilLines(test: (lines: readonly StatusLine[]) => boolean): Promise<readonly StatusLine[]> {
  const { status } = (await ourExtension().activate()) as ExtensionApi;
  return until(
    () => (test(status.lines) ? status.lines : undefined),
    status.onDidChange,
    () => `the status never came; it says\n${status.lines.map(({ id, text }) => `${id}: ${text}`).join('\n')}`,
  );
}

function line(lines: readonly StatusLine[], id: string): StatusLine | undefined {
  return lines.find((one) => one.id === id);
}

async function run(command: vscode.Command | undefined): Promise<void> {
  assert.ok(command);
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}
