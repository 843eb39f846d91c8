import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../../package.json' with { type: 'json' };
import type { RefinePolicyResult } from '../../../../server/src/protocol.ts';
import { show, untilMarks } from '../support.ts';

describe('The packaged extension', () => {
  it('is installed, starts, marks and refines a policy', async () => {
    const { document } = await show('article/policy.json');
    const extension = vscode.extensions.getExtension(`${manifest.publisher}.${manifest.name}`);
    assert.ok(extension, 'the package is installed');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    assert.ok(extension.isActive, 'opening a policy starts it');
    const { kind } = await vscode.commands.executeCommand<RefinePolicyResult>('iamPolicyRefiner.refinePolicy');
    assert.equal(kind, 'refined');
    assert.match(document.getText(), /"s3:GetObject\*"/);
  });

  it('has the descriptions of actions with it', async () => {
    const { document } = await show('article/policy.json');
    const position = document.positionAt(document.getText().indexOf('s3:GetDataAccess') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value));
    assert.match(text.join('\n'), /Grants permission to/);
  });
});
