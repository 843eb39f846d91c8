import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { RefinePolicyResult } from '../../../server/src/protocol.ts';
import { lensesOf, revert, show, untilMarks } from './support.ts';

describe('Code lenses', () => {
  afterEach(revert);

  it('say how much of a policy and its statements is unused', async () => {
    const { document } = await show('article/policy.json');
    const lenses = await lensesOf(document.uri, (titles) => titles.length === 9);
    assert.deepEqual(
      lenses.map(({ title }) => title).filter((title) => title.includes('unused')),
      ['30 of 92 granted actions unused', '8 of 11 granted actions unused', '22 of 81 granted actions unused'],
    );
    assert.match(lenses[0]?.tooltip ?? '', /'unused-permissions\.findings\.json' names no principal/);
  });

  it('name the principal', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    await lensesOf(document.uri, ([first]) => first?.startsWith('ReportingRole · 80 of ') === true);
  });

  it('refine the statement that they stand over, wherever the cursor is', async () => {
    const { document } = await show('article/policy.json');
    const lenses = await lensesOf(document.uri, (titles) => titles.length === 9);
    const [, statement] = lenses.filter(({ title }) => title === 'Refine');
    const outcome = await run(statement);
    assert.match(outcome.message, /^8 unused actions removed, 1 statement rewritten/);
    const [first, second] = JSON.parse(document.getText()).Statement;
    assert.deepEqual(first.Action, ['lambda:Invoke*']);
    assert.deepEqual(second.Action, ['s3:Get*', 's3:List*']);
    await lensesOf(document.uri, ([title]) => title === '22 of 84 granted actions unused');
  });

  it('change nothing when what they stood over is gone', async () => {
    const { document } = await show('article/policy.json');
    const before = document.getText();
    const command = { title: '', command: 'iamPolicyRefiner.refinePolicy' };
    const target = { uri: document.uri.toString(), pointer: '/Statement/2' };
    const { kind, message } = await run({ ...command, arguments: [target] });
    assert.equal(kind, 'refused');
    assert.match(message, /no longer there: the file changed meanwhile/);
    assert.equal(document.getText(), before);
  });

  it('are turned off and on by their setting', async () => {
    const { document } = await show('article/policy.json');
    await lensesOf(document.uri, (titles) => titles.length === 9);
    const settings = vscode.workspace.getConfiguration('iamPolicyRefiner', document.uri);
    await settings.update('codeLens.enable', false, vscode.ConfigurationTarget.Workspace);
    try {
      await lensesOf(document.uri, (titles) => titles.length === 0);
    } finally {
      await settings.update('codeLens.enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await lensesOf(document.uri, (titles) => titles.length === 9);
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });
});

function run(command: vscode.Command | undefined): Thenable<RefinePolicyResult> {
  assert.ok(command);
  return vscode.commands.executeCommand<RefinePolicyResult>(command.command, ...(command.arguments ?? []));
}
