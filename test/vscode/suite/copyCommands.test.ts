import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { event } from '../../fixtures/findings/withoutActions.ts';
import { codeOf, fileOf, show, untilMarks } from './support.ts';

const FILE = 'event.findings.json';

describe('A findings file without actions', () => {
  it('offers to copy the commands that fetch them', async () => {
    writeFileSync(fileOf(FILE), JSON.stringify(event, null, 2));
    try {
      const { document } = await show(FILE);
      const [mark] = await untilMarks(document.uri, (marks) => marks.length === 1);
      assert.ok(mark);
      assert.equal(codeOf(mark), 'findings-without-actions');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        mark.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const copy = actions.find(({ title }) => title === 'Copy the command to fetch the actions (1 finding)');
      assert.ok(copy?.command, actions.map(({ title }) => title).join('; '));
      await vscode.commands.executeCommand(copy.command.command, ...(copy.command.arguments ?? []));
      assert.match(
        await vscode.env.clipboard.readText(),
        /^aws accessanalyzer get-finding-v2 .* --id aaaaaaaa-1111-4111-8111-111111111111 >> unused-access\.findings\.json$/,
      );
    } finally {
      rmSync(fileOf(FILE));
    }
  });
});
