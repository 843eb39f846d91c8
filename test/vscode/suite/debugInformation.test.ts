import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { close, show, untilMarks, untilOutput, withFile } from './support.ts';

describe('"IAM: Show Debug Information"', () => {
  it('opens what client and server know as a document of its own', async () => {
    await show('article/policy.json');
    await vscode.commands.executeCommand('iamPolicyRefiner.debugInformation');
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, 'markdown');
    const text = document.getText();
    assert.ok(text.includes(`- Extension ${manifest.version}\n- VS Code ${vscode.version}`), text);
    assert.match(text, /^- Server on Node \d+/m);
    assert.match(text, /^## Active file `.*article\/policy\.json`$/m);
    assert.match(text, /Findings apply \(rule 4/);
    await close();
  });
});

describe('The output channel', () => {
  const settings = () => vscode.workspace.getConfiguration('iamPolicyRefiner');

  it('shows what the server has to say at its own level', async () => {
    const findings = 'article/unused-permissions.findings.json';
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    await vscode.commands.executeCommand('iamPolicyRefiner.showOutput');
    await withFile(findings, '[{ "serviceNamespace": ', () =>
      untilOutput(/\[warning\] .*unused-permissions\.findings\.json: .*JSON/),
    );
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });

  it('shows the messages between client and server as long as the setting "trace.server" asks for them', async () => {
    await show('article/policy.json');
    await vscode.commands.executeCommand('iamPolicyRefiner.showOutput');
    await settings().update('trace.server', 'messages', vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('iamPolicyRefiner.debugInformation');
      await close();
      await untilOutput(/\[info\] .*Sending request 'iamPolicyRefiner\/debugInformation/);
    } finally {
      await settings().update('trace.server', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
