import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { PolicyTarget, PreviewResult } from '../../../server/src/protocol.ts';
import { closeAll, fileOf, show, until, untilClosed, untilMarks, withFile, withNewFile } from './support.ts';

type Outcome = Pick<PreviewResult, 'kind' | 'message' | 'facts'>;

const preview = (target?: PolicyTarget) =>
  vscode.commands.executeCommand<Outcome>('iamPolicyRefiner.previewRefinement', target);
const apply = () => vscode.commands.executeCommand<Outcome>('iamPolicyRefiner.applyPreview');
const discard = () => vscode.commands.executeCommand('iamPolicyRefiner.discardPreview');

const ARTICLE = readFileSync(fileOf('article/policy.json'), 'utf8');

describe('"IAM: Preview Refined Policy"', () => {
  afterEach(closeAll);

  it('shows the file beside what would become of it, says for whom and why, and writes nothing', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    const before = document.getText();
    const { kind, facts } = await preview();
    assert.equal(kind, 'refined');
    const { tab, original, modified } = await shownDiff();
    assert.equal(tab.label, 'inline.json ↔ refined (ReportingRole)');
    assert.equal(original.toString(), document.uri.toString());
    const sids = JSON.parse(await textOf(modified)).Statement.map(({ Sid }: { Sid: string }) => Sid);
    assert.deepEqual(sids, ['Queues']);
    assert.equal(facts.length, 6);
    assert.equal(facts[0], 'ReportingRole: 80 of 81 granted actions unused');
    assert.equal(facts[1], "because it lies in the folder 'ReportingRole'");
    assert.equal(document.getText(), before);
    assert.ok(!document.isDirty);
  });

  it('shows one diff for one policy, however often it is asked for', async () => {
    await show('article/policy.json');
    await preview();
    const { tab, modified } = await shownDiff();
    await show('article/policy.json');
    await preview();
    assert.equal((await shownDiff()).modified.toString(), modified.toString());
    assert.equal(tab.group.tabs.filter(({ label }) => label === tab.label).length, 1);
  });

  it('takes a policy or statement by its address, as lenses name it', async () => {
    const uri = vscode.Uri.file(fileOf('article/policy.json')).toString();
    await preview({ uri, pointer: '/Statement/0' });
    const { modified } = await shownDiff();
    const [first, second] = JSON.parse(await textOf(modified)).Statement;
    assert.deepEqual(first.Action, ['lambda:Invoke*']);
    assert.deepEqual(second, JSON.parse(ARTICLE).Statement[1]);
  });

  it('opens nothing where nothing is to be refined, and says why', async () => {
    await show('plain.json');
    assert.deepEqual(await preview(), { kind: 'nothing', message: 'There is no IAM policy in this file', facts: [] });
    assert.ok(activeTab().input instanceof vscode.TabInputText);
  });

  it('follows what the user types', async () => {
    const { document } = await show('article/policy.json');
    await preview();
    const { modified } = await shownDiff();
    assert.ok(!(await textOf(modified)).includes('s3:PutObject'));
    await replace(document, '"s3:List*"', '"s3:PutObject"');
    await untilText(modified, (text) => text.includes('s3:PutObject') && text.includes('s3:GetObject*'));
    await replace(document, '"s3:PutObject"', '"s3:DeleteObject"');
    await untilText(modified, (text) => text.includes('s3:DeleteObject') && !text.includes('s3:PutObject'));
  });

  it('follows what another window saves', async () => {
    await withNewFile('article/shared.json', ARTICLE, async ({ document }) => {
      await preview();
      const { modified } = await shownDiff();
      writeFileSync(document.uri.fsPath, ARTICLE.replace('"s3:List*"', '"s3:PutObject"'));
      await untilText(modified, (text) => text.includes('s3:PutObject') && text.includes('s3:GetObject*'));
      assert.equal((await apply()).kind, 'refined');
      assert.match(document.getText(), /"s3:PutObject"/);
    });
  });

  it('keeps what it showed while the text is broken, and says so', async () => {
    const { document } = await show('article/policy.json');
    await preview();
    const { modified } = await shownDiff();
    const shown = await textOf(modified);
    await replace(document, '"s3:List*"', '"s3:List*", "s3:Put');
    const { facts } = await preview();
    assert.equal(facts.length, 1);
    assert.match(facts[0] ?? '', /^This file is left as it is, because of line 2\d: JSON syntax error/);
    assert.equal(await textOf(modified), shown);
    const { kind } = await apply();
    assert.equal(kind, 'refused');
    await replace(document, '"s3:List*", "s3:Put', '"s3:PutObject"');
    await untilText(modified, (text) => text.includes('s3:PutObject'));
  });

  it('follows the findings', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length === 9);
    await preview();
    const { modified } = await shownDiff();
    const shown = await textOf(modified);
    const findings = JSON.stringify([{ serviceNamespace: 'lambda', actions: ['InvokeFunction'] }]);
    await withFile('article/unused-permissions.findings.json', findings, async () => {
      await untilText(modified, (text) => text.includes('"lambda:CreateFunction"'));
    });
    await untilText(modified, (text) => text === shown);
  });

  for (const [name, text] of [
    ['LF', ARTICLE],
    ['CRLF', ARTICLE.replaceAll('\n', '\r\n')],
  ] as const) {
    it(`applies what it shows in one edit, of which one undo restores every byte (${name})`, async () => {
      await withNewFile('article/copy.json', text, async ({ document }) => {
        await preview();
        const { tab, modified } = await shownDiff();
        const shown = await textOf(modified);
        const { kind, message } = await apply();
        assert.equal(kind, 'refined');
        assert.match(message, /^30 unused actions removed \(22 from wildcards\)/);
        const applied = shown.replaceAll(/\r?\n/g, text.includes('\r\n') ? '\r\n' : '\n');
        await until(
          () => (document.getText() === applied ? true : undefined),
          vscode.workspace.onDidChangeTextDocument,
          () =>
            `The text is not what was shown; the document is ${document.isClosed ? 'closed' : 'open'}:\n${document.getText()}`,
        );
        assert.equal(vscode.window.activeTextEditor?.document, document);
        await untilClosed(tab);
        await document.save();
        assert.equal(readFileSync(fileOf('article/copy.json'), 'utf8'), applied);
        await vscode.commands.executeCommand('undo');
        await document.save();
        assert.equal(readFileSync(fileOf('article/copy.json'), 'utf8'), text);
      });
    });
  }

  it('applies to the text as it is, edited a moment before', async () => {
    const { document } = await show('article/policy.json');
    await preview();
    await shownDiff();
    await replace(document, '"s3:List*"', '"s3:PutObject"');
    assert.equal((await apply()).kind, 'refined');
    assert.match(document.getText(), /"s3:PutObject"/);
    assert.match(document.getText(), /"s3:GetObject\*"/);
  });

  it('goes on when the file is closed elsewhere', async () => {
    const { document } = await show('article/policy.json');
    await preview();
    const { modified } = await shownDiff();
    const sources = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter(({ input }) => input instanceof vscode.TabInputText),
    );
    await vscode.window.tabGroups.close(sources);
    await replace(document, '"s3:List*"', '"s3:PutObject"');
    await untilText(modified, (text) => text.includes('s3:PutObject'));
    assert.equal((await apply()).kind, 'refined');
    assert.match(document.getText(), /"s3:GetObject\*"/);
  });

  it('is discarded without a trace', async () => {
    const { document } = await show('article/policy.json');
    await preview();
    const { tab } = await shownDiff();
    await discard();
    await untilClosed(tab);
    assert.equal(document.getText(), ARTICLE);
    assert.ok(!document.isDirty);
    assert.equal((await apply()).kind, 'nothing');
  });

  it('does not write a file that is read-only, and says so', async () => {
    await withNewFile('article/locked.json', ARTICLE, async ({ document }) => {
      chmodSync(document.uri.fsPath, 0o444);
      await preview();
      const { tab } = await shownDiff();
      const { kind, message } = await apply();
      assert.deepEqual([kind, message], ['refused', "Nothing was applied: 'locked.json' is read-only"]);
      assert.equal(document.getText(), ARTICLE);
      assert.equal(activeTab().label, tab.label);
    });
  });

  it('does not write a file that the settings make read-only', async () => {
    const { document } = await show('article/policy.json');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('readonlyInclude', { 'article/*.json': true }, vscode.ConfigurationTarget.Workspace);
    try {
      await preview();
      await shownDiff();
      const { kind, message } = await apply();
      assert.deepEqual([kind, message], ['refused', "Nothing was applied: 'policy.json' is read-only"]);
      assert.equal(document.getText(), ARTICLE);
    } finally {
      await files.update('readonlyInclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('does not bring back a file that was deleted, and says so', async () => {
    await withNewFile('article/gone.json', ARTICLE, async ({ document }) => {
      await preview();
      const { tab } = await shownDiff();
      rmSync(document.uri.fsPath);
      const { kind, message } = await apply();
      assert.deepEqual([kind, message], ['refused', "Nothing was applied: 'gone.json' was deleted"]);
      assert.equal(document.getText(), ARTICLE);
      assert.equal(activeTab().label, tab.label);
      const shown = (outcome: Outcome) => outcome.facts.join('\n');
      // The watcher that tells us of it is the editor's, and has its own time.
      for (const deadline = Date.now() + 15_000; !/deleted/.test(shown(await preview())) && Date.now() < deadline; );
      assert.equal(shown(await preview()), "'gone.json' was deleted, and nothing can be applied");
    });
  });

  it('asks before it applies what IAM would refuse for its size', async () => {
    const large = policyOfSize(6100, ['s3:Get*', 's3:List*']);
    await withNewFile('article/large.json', large, async ({ document }) => {
      const { kind, facts } = await preview();
      assert.equal(kind, 'refined');
      assert.match(facts.join('\n'), /of 6,144 characters, .*: IAM refuses that/);
      await shownDiff();
      // Tests are refused every dialog, which is not the answer that applies.
      assert.notEqual((await apply()).kind, 'refined');
      assert.equal(document.getText(), large);
    });
  });
});

/** A policy that allows these actions and has so many characters, as IAM counts them. */
function policyOfSize(size: number, actions: readonly string[]): string {
  const policyWith = (sid: string) => ({
    Version: '2012-10-17',
    Statement: [
      { Sid: sid, Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
      { Effect: 'Allow', Action: actions, Resource: '*' },
    ],
  });
  const padding = size - JSON.stringify(policyWith('')).length;
  return JSON.stringify(policyWith('x'.repeat(padding)), null, 2);
}

function activeTab(): vscode.Tab {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  assert.ok(tab, 'no editor is open');
  return tab;
}

/** The diff in front, once there is one. */
function shownDiff(): Promise<{ tab: vscode.Tab; original: vscode.Uri; modified: vscode.Uri }> {
  const find = () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab?.input instanceof vscode.TabInputTextDiff
      ? { tab, original: tab.input.original, modified: tab.input.modified }
      : undefined;
  };
  return until(find, vscode.window.tabGroups.onDidChangeTabs, () => 'No diff came to the front');
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

function untilText(uri: vscode.Uri, test: (text: string) => boolean): Promise<string> {
  const read = () => vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString())?.getText();
  const find = () => {
    const text = read();
    return text !== undefined && test(text) ? text : undefined;
  };
  return until(find, vscode.workspace.onDidChangeTextDocument, () => `The refined text stayed as it is:\n${read()}`);
}

async function replace(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const start = document.getText().indexOf(old);
  assert.ok(start >= 0, `'${old}' is not in the text`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(start + old.length)),
    text,
  );
  assert.ok(await vscode.workspace.applyEdit(edit));
}
