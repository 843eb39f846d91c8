import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { PrincipalDecision } from '../../../client/src/commands/choosePrincipal.ts';
import type { PolicyTarget } from '../../../server/src/protocol.ts';
import { fileOf, lensesOf, show, untilMarks, withFile } from './support.ts';

const ROLE = 'arn:aws:iam::123456789012:role/ReportingRole';

/** Runs the command with its decision, or with the user to be asked; it gives what it told the user. */
const choose = (target?: PolicyTarget, decision?: PrincipalDecision) =>
  vscode.commands.executeCommand<{ kind: string; message: string }>(
    'iamPolicyRefiner.choosePrincipal',
    target,
    decision,
  );

const settings = () => vscode.workspace.getConfiguration('iamPolicyRefiner');

/** A policy to which findings of that role speak, in the place of one to which none do. */
const withQueues = (use: () => Promise<void>) =>
  withFile(
    'other/policy.json',
    '{"Statement": {"Effect": "Allow", "Action": ["sqs:PurgeQueue", "sqs:SendMessage"]}}',
    use,
  );

describe('"IAM: Choose Principal…"', () => {
  afterEach(() => settings().update('principals', undefined, vscode.ConfigurationTarget.Workspace));

  it('lets findings apply to a policy, and takes that back', () =>
    withQueues(async () => {
      const { document } = await show('other/policy.json');
      const [lens] = await lensesOf(document.uri, ([title]) => title === 'No findings apply · Choose principal');
      const target: PolicyTarget = lens?.arguments?.[0];
      const { message } = await choose(target, { principals: [ROLE] });
      assert.equal(message, '"iamPolicyRefiner.principals" names ReportingRole for \'other/policy.json\'');
      assert.deepEqual(settings().inspect('principals')?.workspaceValue, { 'other/policy.json': [ROLE] });
      const [mark] = await untilMarks(document.uri, (marks) => marks.length === 1);
      assert.match(mark?.message ?? '', /'sqs:PurgeQueue' is unused by ReportingRole/);
      await lensesOf(document.uri, ([title]) => title?.startsWith('ReportingRole · 1 of ') === true);

      const { kind } = await choose(target, { principals: [] });
      assert.equal(kind, 'written');
      assert.equal(settings().inspect('principals')?.workspaceValue, undefined);
      await untilMarks(document.uri, (marks) => marks.length === 0);
    }));

  it('takes a wider key in the place of a closer one, and leaves the others as they are', () =>
    withQueues(async () => {
      const { document } = await show('other/policy.json');
      const before = { 'a.json#App': 'App', 'other/policy.json': ['Nobody'], 'b/**': ['B', 'C'] };
      await settings().update('principals', before, vscode.ConfigurationTarget.Workspace);
      await choose(undefined, { principals: [ROLE], key: 'other/**' });
      assert.deepEqual(settings().inspect('principals')?.workspaceValue, {
        'a.json#App': 'App',
        'b/**': ['B', 'C'],
        'other/**': [ROLE],
      });
      await untilMarks(document.uri, (marks) => marks.length === 1);
    }));

  it('leaves the rest of the settings file as it is', async () => {
    await show('other/policy.json');
    const file = fileOf('.vscode/settings.json');
    const before = existsSync(file) ? readFileSync(file) : undefined;
    const text = '{\n  // Ours.\n  "editor.tabSize": 7,\n  // Loud.\n  "iamPolicyRefiner.severity": "warning"\n}\n';
    mkdirSync(path.dirname(file), { recursive: true });
    await until(
      () => settings().inspect('severity')?.workspaceValue === 'warning',
      () => writeFileSync(file, text),
    );
    try {
      await choose(undefined, { principals: [ROLE] });
      const written = readFileSync(file, 'utf8');
      assert.ok(written.startsWith(text.replace(/\n\}\n$/, '')), written);
      assert.match(written, /"iamPolicyRefiner\.principals": \{\s+"other\/policy\.json": \[\s+"arn:/);
      await choose(undefined, { principals: [] });
      assert.doesNotMatch(readFileSync(file, 'utf8'), /principals/);
    } finally {
      await until(
        () => settings().inspect('severity')?.workspaceValue === undefined,
        () => (before ? writeFileSync(file, before) : rmSync(file)),
      );
    }
  });

  it('asks whose findings apply, with those that do already chosen, and then for what', async () => {
    const { document } = await show('roles/ReportingRole/inline.json');
    await untilMarks(document.uri, (marks) => marks.length === 2);
    let isDone = false;
    const outcome = choose().then((told) => {
      isDone = true;
      return told;
    });
    // The pickers tell nobody that they are there; where none is, to accept does nothing.
    while (!isDone) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(
      (await outcome).message,
      '"iamPolicyRefiner.principals" names ReportingRole for \'roles/ReportingRole/inline.json\'',
    );
    assert.deepEqual(settings().inspect('principals')?.workspaceValue, { 'roles/ReportingRole/inline.json': [ROLE] });
  });

  it('says so where there is no policy', async () => {
    await show('plain.json');
    assert.deepEqual(await choose(), { kind: 'refused', message: 'There is no IAM policy here' });
  });
});

/** Makes a change and waits until the settings are what it makes of them. */
async function until(isSo: () => boolean, change: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidChangeConfiguration(() => {
      if (!isSo()) return;
      subscription.dispose();
      resolve();
    });
    change();
    if (isSo()) {
      subscription.dispose();
      resolve();
    }
  });
}
