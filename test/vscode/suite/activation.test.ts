import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ourExtension, show, untilMarks } from './support.ts';

const COMMANDS = [
  'refinePolicy',
  'previewRefinement',
  'refineWorkspace',
  'applyPreview',
  'discardPreview',
  'choosePrincipal',
  'keepAction',
  'restartServer',
  'showOutput',
  'debugInformation',
].map((name) => `iamPolicyRefiner.${name}`);

describe('The extension', () => {
  it('registers its commands', async () => {
    await show('plain.json');
    // The editor is shown before the extensions that it wakes are done.
    await ourExtension().activate();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      COMMANDS.filter((command) => !known.has(command)),
      [],
    );
  });

  it('declares every command and no other', () => {
    const manifest = ourExtension().packageJSON;
    const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual([...declared].sort(), [...COMMANDS].sort());
  });

  it('marks policies again after its server was restarted', async () => {
    const { document } = await show('article/policy.json');
    await untilMarks(document.uri, (marks) => marks.length > 0);
    const gone = untilMarks(document.uri, (marks) => marks.length === 0);
    await vscode.commands.executeCommand('iamPolicyRefiner.restartServer');
    await gone;
    await untilMarks(document.uri, (marks) => marks.length > 0);
  });
});
