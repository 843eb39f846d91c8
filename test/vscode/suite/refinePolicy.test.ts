import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { RefinePolicyResult } from '../../../server/src/protocol.ts';
import { fileOf, revert, show, untilMarks, withFile, withNewFile } from './support.ts';

/** Runs the command as the palette does; it gives what it told the user. */
const refine = () => vscode.commands.executeCommand<RefinePolicyResult>('iamPolicyRefiner.refinePolicy');

describe('"IAM: Refine Whole Policy"', () => {
  afterEach(revert);

  it('refines in one edit that one undo takes back', async () => {
    const { document } = await show('article/policy.json');
    const before = document.getText();
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const { kind, message } = await refine();
    assert.equal(kind, 'refined');
    assert.match(
      message,
      /^30 unused actions removed \(22 from wildcards\), 2 statements rewritten\. Proven: of the [\d,]+ actions known on /,
    );
    const [first, second] = JSON.parse(document.getText()).Statement;
    assert.deepEqual(first.Action, ['lambda:Invoke*']);
    assert.ok(second.Action.includes('s3:GetObject*'));
    await untilMarks(document.uri, (marks) => marks.length === 0);

    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });

  it('refines the policy at the cursor when a menu gives the file along', async () => {
    const { document } = await show('article/policy.json');
    const run = vscode.commands.executeCommand<RefinePolicyResult>('iamPolicyRefiner.refinePolicy', document.uri);
    assert.equal((await run).kind, 'refined');
  });

  it('says so when nothing is unused', async () => {
    await show('article/policy.json');
    await refine();
    const { kind, message } = await refine();
    assert.equal(kind, 'nothing');
    assert.match(message, /^Nothing to refine: none of the 62 granted actions is reported unused$/);
  });

  it('says why when no findings apply', async () => {
    const { document } = await show('other/policy.json');
    const before = document.getText();
    const { kind, message } = await refine();
    assert.equal(kind, 'nothing');
    assert.match(message, /^Nothing to refine: no principal matches this policy: the findings are about ReportingRole/);
    assert.equal(document.getText(), before);
  });

  it('says so where there is no policy', async () => {
    await show('plain.json');
    assert.deepEqual(await refine(), { kind: 'nothing', message: 'There is no IAM policy in this file' });
  });

  it('leaves alone a file that is read-only, and one that was deleted', async () => {
    const text = readFileSync(fileOf('article/policy.json'), 'utf8');
    await withNewFile('article/locked.json', text, async ({ document }) => {
      chmodSync(document.uri.fsPath, 0o444);
      assert.deepEqual(await refine(), { kind: 'refused', message: "Nothing was applied: 'locked.json' is read-only" });
      rmSync(document.uri.fsPath, { force: true });
      assert.deepEqual(await refine(), { kind: 'refused', message: "Nothing was applied: 'locked.json' was deleted" });
      assert.equal(document.getText(), text);
    });
  });

  it('leaves broken text as it is, and says where it is broken', async () => {
    const editor = await show('article/policy.json');
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '  "half": ,\n'));
    const before = editor.document.getText();
    const { kind, message } = await refine();
    assert.equal(kind, 'refused');
    assert.match(message, /line 2: JSON syntax error: value expected/);
    assert.equal(editor.document.getText(), before);
  });

  it('says that the findings file is broken, when it is', async () => {
    const findings = 'article/unused-permissions.findings.json';
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    await withFile(findings, '[{ "serviceNamespace": ', async () => {
      await untilMarks(document.uri, (marks) => marks.length === 0);
      const { message } = await refine();
      assert.match(message, /unused-permissions\.findings\.json/);
    });
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });
});
