import * as vscode from 'vscode';
import { SECTION } from '../../server/src/protocol.ts';
import { refinePolicy } from './commands/refinePolicy.ts';
import { isFindings, isPolicy } from './detect.ts';
import { ServerControl } from './serverControl.ts';

/** Whether the active editor shows a policy, for the `when` clauses of menus. */
const IS_POLICY_CONTEXT = `${SECTION}.isPolicy`;

/**
 * Activates cheaply: JSON files are in almost every workspace, so that only commands and listeners are set up here.
 * The server starts when a policy or findings file is first seen, or a command needs it.
 */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('IAM Policy Refiner', { log: true });
  const server = new ServerControl(context.asAbsolutePath('dist/server.js'), output);
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`${SECTION}.${name}`, run);

  const see = (document: vscode.TextDocument) => {
    if (isPolicy(document) || isFindings(document)) void server.start();
  };
  const showContext = (editor: vscode.TextEditor | undefined) => {
    void vscode.commands.executeCommand(
      'setContext',
      IS_POLICY_CONTEXT,
      editor !== undefined && isPolicy(editor.document),
    );
  };

  context.subscriptions.push(
    output,
    server,
    command('refinePolicy', () => refinePolicy(server)),
    command('restartServer', () => server.restart()),
    command('showOutput', () => output.show()),
    vscode.workspace.onDidOpenTextDocument(see),
    // A policy may be typed into an empty file, and a file become one by its first save.
    vscode.workspace.onDidSaveTextDocument(see),
    vscode.window.onDidChangeActiveTextEditor(showContext),
    vscode.workspace.onDidSaveTextDocument(() => showContext(vscode.window.activeTextEditor)),
  );
  vscode.workspace.textDocuments.forEach(see);
  showContext(vscode.window.activeTextEditor);
}
