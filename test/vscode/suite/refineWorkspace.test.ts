import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Outcome } from '../../../client/src/outcome.ts';
import { closeAll, fileOf, show, until, untilClosed } from './support.ts';

const refineAll = (options?: { choose: 'recommended' }) =>
  vscode.commands.executeCommand<Outcome>('iamPolicyRefiner.refineWorkspace', options);
const apply = () => vscode.commands.executeCommand<Outcome>('iamPolicyRefiner.applyPreview');
const discard = () => vscode.commands.executeCommand('iamPolicyRefiner.discardPreview');

const ARTICLE = 'article/policy.json';
const ROLE = 'roles/ReportingRole/inline.json';
const BEFORE = { [ARTICLE]: read(ARTICLE), [ROLE]: read(ROLE) };

describe('"IAM: Refine All Policies in Workspace…"', () => {
  afterEach(async () => {
    await closeAll();
    for (const [name, text] of Object.entries(BEFORE)) await write(name, text);
  });

  it('shows the diffs of all policies in one editor, and writes nothing', async () => {
    await review(2);
    assert.match(await refinedText(ARTICLE), /"s3:GetObject\*"/);
    assert.doesNotMatch(await refinedText(ROLE), /dynamodb/);
    assertUntouched(ARTICLE, ROLE);
  });

  it('applies all of them when it is told to', async () => {
    const tab = await review(2);
    const refined = new Map([
      [ARTICLE, await refinedText(ARTICLE)],
      [ROLE, await refinedText(ROLE)],
    ]);
    assert.deepEqual(await apply(), { kind: 'refined', message: 'Refined 2 files' });
    await untilClosed(tab);
    assert.equal(vscode.window.activeTextEditor?.document.fileName, fileOf(ARTICLE));
    for (const [name, text] of refined) assert.equal(await textOf(name), text);
    assert.deepEqual(await refineAll(), {
      kind: 'nothing',
      message:
        'Nothing to refine: no IAM policy of this workspace grants what is reported unused. No findings apply to 1 of 3 policies',
    });
  });

  for (const [name, lineEnd] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`is undone in all files at once, to the byte (${name})`, async () => {
      const texts = Object.entries(BEFORE).map(([file, text]) => [file, text.replaceAll('\n', lineEnd)] as const);
      for (const [file, text] of texts) await write(file, text);
      const { document } = await show(ARTICLE);
      const tab = await review(2);
      assert.deepEqual(await apply(), { kind: 'refined', message: 'Refined 2 files' });
      await untilClosed(tab);
      await vscode.workspace.saveAll();
      for (const [file, text] of texts) assert.notEqual(read(file), text);
      assert.match(read(ARTICLE), new RegExp(`"lambda:Invoke\\*"${lineEnd} `));
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      // The command is done before the files that no editor shows are.
      for (const [file, text] of texts) {
        const undone = await vscode.workspace.openTextDocument(fileOf(file));
        await untilText(undone, text);
        await undone.save();
      }
      for (const [file, text] of texts) assert.equal(read(file), text);
    });
  }

  it('leaves all as it was when it is told to', async () => {
    const tab = await review(2);
    await discard();
    await untilClosed(tab);
    assertUntouched(ARTICLE, ROLE);
    assert.equal((await apply()).kind, 'nothing');
    assertUntouched(ARTICLE, ROLE);
  });

  it('refines what the user typed and has not saved', async () => {
    const editor = await show(ARTICLE);
    await typeInto(editor.document);
    await review(2);
    assert.deepEqual(await apply(), { kind: 'refined', message: 'Refined 2 files' });
    assert.match(editor.document.getText(), /"s3:PutObject"/);
    assert.match(editor.document.getText(), /"s3:GetObject\*"/);
  });

  it('applies what was asked for last', async () => {
    const { document } = await show(ARTICLE);
    await review(2);
    await typeInto(document);
    await review(2);
    assert.deepEqual(await apply(), { kind: 'refined', message: 'Refined 2 files' });
    assert.match(document.getText(), /"s3:PutObject"/);
  });

  it('leaves out a file that changed meanwhile, and names it', async () => {
    const { document } = await show(ARTICLE);
    await review(2);
    await typeInto(document);
    const typed = document.getText();
    assert.deepEqual(await apply(), {
      kind: 'refined',
      message: "Refined 1 file. Left as they are: 'article/policy.json' changed meanwhile",
    });
    assert.equal(document.getText(), typed);
    assert.doesNotMatch(await textOf(ROLE), /dynamodb/);
  });

  it('leaves out a file that another window saved meanwhile, and names it', async () => {
    await review(2);
    const saved = BEFORE[ARTICLE].replace('"s3:List*"', '"s3:PutObject"');
    await write(ARTICLE, saved);
    assert.deepEqual(await apply(), {
      kind: 'refined',
      message: "Refined 1 file. Left as they are: 'article/policy.json' changed meanwhile",
    });
    assert.equal(await textOf(ARTICLE), saved);
    assert.equal(read(ARTICLE), saved);
  });

  it('stays open when another file is opened', async () => {
    const tab = await review(2);
    await show('plain.json');
    assert.ok(vscode.window.tabGroups.activeTabGroup.tabs.some(({ label }) => label === tab.label));
    assert.equal(tab.isPreview, false);
  });

  it('leaves out a file that is read-only, and names it', async () => {
    chmodSync(fileOf(ARTICLE), 0o444);
    try {
      await review(2);
      assert.deepEqual(await apply(), {
        kind: 'refined',
        message: "Refined 1 file. Left as they are: 'article/policy.json' is read-only",
      });
      assert.equal(await textOf(ARTICLE), BEFORE[ARTICLE]);
    } finally {
      chmodSync(fileOf(ARTICLE), 0o644);
    }
  });

  it('leaves out a file that was deleted, and names it', async () => {
    await review(2);
    rmSync(fileOf(ARTICLE));
    assert.deepEqual(await apply(), {
      kind: 'refined',
      message: "Refined 1 file. Left as they are: 'article/policy.json' was deleted",
    });
    assert.throws(() => read(ARTICLE), { code: 'ENOENT' });
  });

  it('says so when no file can be written, and keeps what it shows', async () => {
    await write(ROLE, '{}');
    const tab = await review(1);
    await typeInto(await vscode.workspace.openTextDocument(fileOf(ARTICLE)));
    assert.deepEqual(await apply(), {
      kind: 'refused',
      message: "Nothing was applied: 'article/policy.json' changed meanwhile",
    });
    assert.equal((await shownReview()).label, tab.label);
  });

  it('asks which policies, and takes those that are picked', async () => {
    const answered = await answerPick('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(answered.kind, 'refined');
    await shownReview();
    assertUntouched(ARTICLE, ROLE);
  });

  it('writes and shows nothing when the question is dismissed', async () => {
    const answered = await answerPick('workbench.action.closeQuickOpen');
    assert.deepEqual(answered, { kind: 'nothing', message: 'All policies were left as they are' });
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
    assertUntouched(ARTICLE, ROLE);
  });

  it('says so where no findings apply', async () => {
    await write(ROLE, '{}');
    await write(ARTICLE, '{}');
    assert.deepEqual(await refineAll(), {
      kind: 'nothing',
      message: 'Nothing to refine: no findings apply to the IAM policies of this workspace',
    });
  });
});

/** Runs the command, and answers its question by a command of the editor as soon as it is asked. */
async function answerPick(answer: string): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const running = refineAll().then((result) => {
    outcome = result;
  });
  // The editor tells nobody that it asks, so the answer is given until it is taken.
  for (const deadline = Date.now() + 15_000; !outcome && Date.now() < deadline; )
    await vscode.commands.executeCommand(answer);
  await running;
  assert.ok(outcome);
  return outcome;
}

/** Has all that is recommended shown; gives the editor with the diffs of so many files, once the server has seen them all on disk. */
async function review(files: number): Promise<vscode.Tab> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    const { kind, message } = await refineAll({ choose: 'recommended' });
    if (kind !== 'refined') continue;
    assert.equal(message, 'Nothing is written yet: apply or discard the changes shown');
    const tab = await shownReview();
    if (tab.label.includes(`(${files} file`)) return tab;
  }
  throw new Error(`The diffs of ${files} files never came`);
}

/** The editor with the diffs in front, once it is there. */
function shownReview(): Promise<vscode.Tab> {
  const { tabGroups } = vscode.window;
  const find = () => {
    const tab = tabGroups.activeTabGroup.activeTab;
    return tab?.label.startsWith('Refined Policies') ? tab : undefined;
  };
  return until(find, tabGroups.onDidChangeTabs, () => 'The diffs never came to the front');
}

/** The newest refined text of a file, once the editor has it. */
function refinedText(name: string): Promise<string> {
  const path = vscode.Uri.file(fileOf(name)).path;
  const find = () =>
    vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'iam-policy-refined' && uri.path === path)
      .at(-1)
      ?.getText();
  return until(find, vscode.workspace.onDidOpenTextDocument, () => `The diff of '${name}' never came`);
}

async function untilText(document: vscode.TextDocument, text: string): Promise<void> {
  const find = () => (document.getText() === text ? true : undefined);
  await until(find, vscode.workspace.onDidChangeTextDocument, () => `The text stayed as it is:\n${document.getText()}`);
}

async function textOf(name: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(fileOf(name))).getText();
}

async function typeInto(document: vscode.TextDocument): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().indexOf('"s3:List*"')), '"s3:PutObject", ');
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function assertUntouched(...names: (keyof typeof BEFORE)[]): void {
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ fileName }) => fileName);
  for (const name of names) {
    assert.equal(read(name), BEFORE[name]);
    assert.ok(!dirty.includes(fileOf(name)), `'${name}' is dirty`);
  }
}

function read(name: string): string {
  return readFileSync(fileOf(name), 'utf8');
}

/** Changes a file on disk; where it is open, waits until the editor has noticed. */
async function write(name: string, text: string): Promise<void> {
  writeFileSync(fileOf(name), text);
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.scheme === 'file' && uri.fsPath === fileOf(name),
  );
  if (document) await untilText(document, text);
}
