import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { show, untilMarks } from './support.ts';

/** The text of our hover at the first occurrence of `text`. */
async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(text) + 2);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}

describe('Hover', () => {
  it('splits what a wildcard grants into used and unused', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const text = await hoverAt(document, '"s3:Get*"');
    assert.match(text, /`s3:Get\*` grants 63 actions: 22 unused, 41 not reported unused/);
    assert.match(text, /\*\*Unused:\*\* .*`s3:GetBucketAcl`/);
    assert.match(text, /\*\*Becomes:\*\* `s3:GetAccess\*`/);
  });

  it('says what a single action is', async () => {
    const { document } = await show('article/policy.json');
    const text = await hoverAt(document, '"lambda:AddPermission"');
    assert.match(text, /Permissions management/);
    assert.match(text, /Grants permission to/);
  });
});
