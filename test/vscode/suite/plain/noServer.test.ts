import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ourExtension, show, until, withNewFile } from '../support.ts';

const POLICY = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}';

describe('In a workspace without policies and findings', () => {
  it('no server runs, until a policy is seen', async () => {
    await ourExtension().activate();
    await show('plain.json');
    await withNewFile('broken.json', '{"name": }', async ({ document: { uri } }) => {
      // The marks of the editor's own JSON server, which the same files start, come later than ours would be there.
      const { getDiagnostics, onDidChangeDiagnostics } = vscode.languages;
      const isMarked = () => (getDiagnostics(uri).length > 0 ? true : undefined);
      await until(isMarked, onDidChangeDiagnostics, () => `'${uri.fsPath}' was never marked`);
      assert.deepEqual(ourServers(), []);
    });

    await withNewFile('policy.json', POLICY, async ({ document }) => {
      for (const deadline = Date.now() + 15_000; ourServers().length === 0 && Date.now() < deadline; )
        await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(0, 0));
      assert.equal(ourServers().length, 1);
    });
  });
});

/** The command lines of our servers among the processes that the extension host started. */
function ourServers(): string[] {
  // Node tells of the child processes that somebody else started in no public way.
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles(): { spawnargs?: string[] }[] };
  const commands = handles.call(process).flatMap(({ spawnargs }) => spawnargs?.join(' ') ?? []);
  return commands.filter((command) => command.includes(path.join(ourExtension().extensionPath, 'dist', 'server.js')));
}
