import * as vscode from 'vscode';
import { COMMANDS, SECTION } from '../../server/src/protocol.ts';
import { choosePrincipal } from './commands/choosePrincipal.ts';
import { copyCommands } from './commands/copyCommands.ts';
import { keepAction } from './commands/keepAction.ts';
import { refinePolicy } from './commands/refinePolicy.ts';
import { showDebugInformation } from './commands/showDebugInformation.ts';
import { isConfig, isFindings, isPolicy } from './detect.ts';
import { registerProposalCommands } from './proposalCommands.ts';
import { ServerControl } from './serverControl.ts';
import { type PolicyStatusView, showPolicyStatus } from './status/policyStatus.ts';
import { createTraceChannel } from './traceChannel.ts';

/** Whether the active editor shows a policy, for the `when` clauses of menus. */
const IS_POLICY_CONTEXT = `${SECTION}.isPolicy`;

/** What other extensions, and tests, may ask of this one. */
export interface ExtensionApi {
  /** What the language status shows; VS Code itself lets nobody read it. */
  readonly status: Pick<PolicyStatusView, 'lines' | 'onDidChange'>;
}

let server: ServerControl | undefined;

/**
 * Activates cheaply: JSON files are in almost every workspace, so that only commands and listeners are set up here.
 * The server starts when a policy, findings or configuration file is first seen, or a command needs it.
 */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel('IAM Policy Refiner', { log: true });
  const control = new ServerControl(
    context.asAbsolutePath('dist/server.js'),
    output,
    createTraceChannel(output, context.subscriptions),
  );
  server = control;
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`${SECTION}.${name}`, run);
  const { registerCommand } = vscode.commands;

  const status = showPolicyStatus(control);
  const see = (document: vscode.TextDocument) => {
    if (isPolicy(document) || isFindings(document) || isConfig(document))
      control.start().catch((error) => showFailure(error, output));
  };
  const showContext = (editor: vscode.TextEditor | undefined) => {
    const shown = editor !== undefined && isPolicy(editor.document);
    void vscode.commands.executeCommand('setContext', IS_POLICY_CONTEXT, shown);
  };

  context.subscriptions.push(
    output,
    registerProposalCommands(control, output),
    registerCommand(COMMANDS.refinePolicy, (target?: unknown) => refinePolicy(control, target)),
    registerCommand(COMMANDS.keepAction, (request?: unknown) => keepAction(control, request)),
    registerCommand(COMMANDS.choosePrincipal, (target?: unknown, decision?: unknown) =>
      choosePrincipal(control, target, decision),
    ),
    command('restartServer', () => control.restart().catch((error) => showFailure(error, output))),
    command('debugInformation', () => showDebugInformation(control, context.extension.packageJSON.version)),
    command('showOutput', () => output.show()),
    registerCommand(COMMANDS.copyCommands, copyCommands),
    status,
    vscode.workspace.onDidOpenTextDocument(see),
    // A policy may be typed into an empty file, and a file become one by its first save.
    vscode.workspace.onDidSaveTextDocument(see),
    vscode.window.onDidChangeActiveTextEditor(showContext),
    vscode.workspace.onDidSaveTextDocument(() => showContext(vscode.window.activeTextEditor)),
  );
  vscode.workspace.textDocuments.forEach(see);
  showContext(vscode.window.activeTextEditor);
  return { status };
}

/** VS Code waits for the server to stop. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

async function showFailure(error: unknown, output: vscode.LogOutputChannel): Promise<void> {
  output.error(`The server could not be started: ${String(error)}`);
  const show = vscode.l10n.t('Show Output');
  const message = vscode.l10n.t('IAM Policy Refiner could not start its server');
  if ((await vscode.window.showErrorMessage(message, show)) === show) output.show();
}
