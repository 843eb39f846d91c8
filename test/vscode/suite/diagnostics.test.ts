import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { codeOf, fileOf, marksOf, revert, show, untilMarks, withFile } from './support.ts';

const FINDINGS = 'article/unused-permissions.findings.json';

describe('Diagnostics', () => {
  afterEach(revert);

  it('mark unused actions as unnecessary, and a wildcard that is partly in use not', async () => {
    const { document } = await show('article/policy.json');
    const marks = await untilMarks(document.uri, (found) => found.length === 9);
    const texts = marks.map((mark) => [
      codeOf(mark),
      document.getText(mark.range),
      mark.tags?.includes(vscode.DiagnosticTag.Unnecessary) ?? false,
    ]);
    assert.deepEqual(texts.at(0), ['unused-action', '"lambda:AddPermission"', true]);
    assert.deepEqual(texts.at(-1), ['overbroad-wildcard', '"s3:Get*"', false]);
    assert.match(marks.at(-1)?.message ?? '', /22 of 63 granted actions unused/);
    assert.ok(marks.every(({ severity }) => severity === vscode.DiagnosticSeverity.Warning));
  });

  it('lead into the findings file', async () => {
    const { document } = await show('article/policy.json');
    const [first] = await untilMarks(document.uri, (marks) => marks.length === 9);
    const [related] = first?.relatedInformation ?? [];
    assert.ok(related);
    assert.equal(related.location.uri.fsPath, vscode.Uri.file(fileOf(FINDINGS)).fsPath);
    const findings = await vscode.workspace.openTextDocument(related.location.uri);
    assert.equal(findings.getText(related.location.range), '"AddPermission"');
  });

  it('speak of the principal that a folder is named after', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    const marks = await untilMarks(document.uri, (found) => found.length === 2);
    assert.deepEqual(marks.map(codeOf), ['unused-action', 'unused-statement']);
    assert.equal(
      marks[0]?.message,
      "'sqs:SetQueueAttributes' is unused by ReportingRole: last used on 2026-02-03, analyzed on 2026-09-20",
    );
  });

  it('follow the findings on disk: edited, deleted, added', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    await withFile(FINDINGS, JSON.stringify([{ serviceNamespace: 's3', actions: ['GetBucketAcl'] }]), async () => {
      const [only] = await untilMarks(document.uri, (marks) => marks.length === 1);
      assert.match(only?.message ?? '', /1 of 63/);
    });
    await untilMarks(document.uri, (marks) => marks.length === 9);

    const text = readFileSync(fileOf(FINDINGS));
    rmSync(fileOf(FINDINGS));
    await untilMarks(document.uri, (marks) => marks.length === 0);
    writeFileSync(fileOf(FINDINGS), text);
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });

  it('follow the text while it is typed', async () => {
    const editor = await show('article/policy.json');
    const { document } = editor;
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const at = document.positionAt(document.getText().indexOf('"s3:List*"'));
    await editor.edit((edit) => edit.insert(at, '"s3:GetBucketAcl",\n        '));
    await untilMarks(document.uri, (marks) => marks.length === 10);
  });

  it('follow the settings', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    const settings = vscode.workspace.getConfiguration('iamPolicyRefiner');
    const workspace = vscode.ConfigurationTarget.Workspace;
    try {
      await settings.update('keep', ['lambda:*'], workspace);
      await untilMarks(document.uri, (marks) => marks.length === 1);
      await settings.update('severity', 'error', workspace);
      await untilMarks(document.uri, (marks) =>
        marks.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      );
      await settings.update('enable', false, workspace);
      await untilMarks(document.uri, (marks) => marks.length === 0);
    } finally {
      for (const name of ['keep', 'severity', 'enable']) await settings.update(name, undefined, workspace);
    }
    await untilMarks(document.uri, (marks) => marks.length === 9);
  });

  it('follow the principals that the settings name', async () => {
    const settings = vscode.workspace.getConfiguration('iamPolicyRefiner');
    const workspace = vscode.ConfigurationTarget.Workspace;
    const policy = { Statement: { Effect: 'Allow', Action: ['sqs:PurgeQueue', 'sqs:SendMessage'], Resource: '*' } };
    await withFile('other/policy.json', JSON.stringify(policy), async () => {
      const { document } = await show('other/policy.json');
      try {
        await settings.update('principals', { 'other/*.json': ['ReportingRole'] }, workspace);
        const [only] = await untilMarks(document.uri, (found) => found.length === 1);
        assert.match(only?.message ?? '', /'sqs:PurgeQueue' is unused by ReportingRole/);
      } finally {
        await settings.update('principals', undefined, workspace);
      }
      await untilMarks(document.uri, (marks) => marks.length === 0);
    });
  });

  it('leave alone what no findings speak of', async () => {
    const other = await show('other/policy.json');
    const article = await show('article/policy.json');
    await untilMarks(article.document.uri, (marks) => marks.length === 9);
    assert.deepEqual(marksOf(other.document.uri), []);
  });

  it('tell what is wrong with a findings file, at its place', async () => {
    const broken = '[{ "serviceNamespace": "s3", "actions": ["GetBucketAcl", 7] }]';
    await withFile(FINDINGS, broken, async () => {
      const { document } = await show(FINDINGS);
      const marks = await untilMarks(document.uri, (found) => found.length === 1);
      assert.deepEqual(
        marks.map((mark) => [codeOf(mark), document.getText(mark.range)]),
        [['invalid-findings', '7']],
      );
    });
  });
});
