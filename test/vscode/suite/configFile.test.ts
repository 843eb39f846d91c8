import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/src/extension.ts';
import { closeAll, codeOf, fileOf, ourExtension, putCursor, show, until, untilMarks } from './support.ts';

const CONFIG = 'iam-policy-refiner.json';

const TEXT = `{
  // The auditors need it.
  "keep": ["lambda:AddPermission"],
  "principals": {
    "nowhere.json": ["Nobody"] // not yet
  }
}
`;

const ROLE = 'arn:aws:iam::123456789012:role/ReportingRole';

/** Runs a command, which gives what it told the user. */
const run = (name: string, ...args: readonly unknown[]) =>
  vscode.commands.executeCommand<{ kind: string; message: string }>(`iamPolicyRefiner.${name}`, ...args);

const read = () => readFileSync(fileOf(CONFIG), 'utf8');

describe('With a configuration file', () => {
  const settings = () => vscode.workspace.getConfiguration('iamPolicyRefiner');

  beforeEach(async () => {
    writeFileSync(fileOf(CONFIG), TEXT);
    // Until the server has seen it, commands write into the settings.
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 8);
  });

  afterEach(async () => {
    await closeAll();
    rmSync(fileOf(CONFIG), { force: true });
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });

  it('"IAM: Keep Action…" writes into it, beside the comments, and can be undone', async () => {
    const editor = await show('article/policy.json');
    await untilMarks(editor.document.uri, (marks) => marks.length === 8);
    putCursor(editor, 'lambda:GetFunction"');
    const { message } = await run('keepAction');
    assert.equal(
      message,
      `'lambda:GetFunction' is never reported from now on: it is in "keep" of 'iam-policy-refiner.json'`,
    );
    assert.equal(read(), TEXT.replace('Permission"', 'Permission", "lambda:GetFunction"'));
    assert.equal(settings().inspect('keep')?.workspaceValue, undefined);
    await untilMarks(editor.document.uri, (marks) => marks.length === 7);
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    await untilMarks(editor.document.uri, (marks) => marks.length === 8);
    assert.equal(read(), TEXT);
  });

  it('"IAM: Choose Principal…" writes into it, and takes the choice back', async () => {
    const { document } = await show('other/policy.json');
    const { message } = await run('choosePrincipal', undefined, { principals: [ROLE] });
    assert.equal(message, `"principals" of 'iam-policy-refiner.json' names ReportingRole for 'other/policy.json'`);
    const added = `["Nobody"], // not yet\n    "other/policy.json": ["${ROLE}"]\n`;
    assert.equal(read(), TEXT.replace('["Nobody"] // not yet\n', added));
    assert.equal(settings().inspect('principals')?.workspaceValue, undefined);
    await untilStatus(
      document,
      /^Because "principals" of 'iam-policy-refiner\.json' says so for 'other\/policy\.json'$/,
    );
    await run('choosePrincipal', undefined, { principals: [] });
    assert.equal(read(), TEXT);
  });

  it('that has changes which are not saved, commands refuse to write', async () => {
    const editor = await show(CONFIG);
    assert.equal(editor.document.languageId, 'jsonc');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 1), '\n'));
    const uri = vscode.Uri.file(fileOf('article/policy.json')).toString();
    const { kind, message } = await run('keepAction', { uri, actions: ['s3:GetBucketAcl'] });
    assert.equal(kind, 'refused');
    assert.match(message, /'iam-policy-refiner\.json' has changes that are not saved: save it first/);
    assert.equal(read(), TEXT);
  });

  it('the status names it and opens it', async () => {
    const { document } = await show('article/policy.json');
    const line = await untilStatus(document, /^iam-policy-refiner\.json$/);
    await vscode.commands.executeCommand(line.command?.command ?? '', ...(line.command?.arguments ?? []));
    assert.equal(vscode.window.activeTextEditor?.document.fileName, fileOf(CONFIG));
  });

  it('that is wrong, it is marked and nothing else', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 8);
    writeFileSync(fileOf(CONFIG), TEXT.replace('"keep"', '"kep"'));
    await untilMarks(document.uri, (marks) => marks.length === 0);
    const config = await show(CONFIG);
    const [mark] = await untilMarks(config.document.uri, (marks) => marks.length === 1);
    assert.equal(mark && codeOf(mark), 'invalid-config');
    assert.equal(mark?.message, '"kep" is no setting; did you mean "keep"?');
  });
});

async function untilStatus(document: vscode.TextDocument, text: RegExp) {
  const { status } = (await ourExtension().activate()) as ExtensionApi;
  assert.equal(vscode.window.activeTextEditor?.document, document);
  const find = () => status.lines.find((line) => text.test(line.text));
  return until(find, status.onDidChange, () => status.lines.map((line) => line.text).join('\n'));
}
