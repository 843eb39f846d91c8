import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PolicyParams, PolicyTarget } from '../../server/src/protocol.ts';
import type { ServerControl } from './serverControl.ts';

/** The policy that a command is about, as requests name it. */
export interface MeantPolicy {
  readonly client: LanguageClient;
  readonly document: vscode.TextDocument;
  readonly params: PolicyParams;
}

/**
 * What a command means: its argument, where that is a target, as lenses give it; else the policy at the cursor of the active
 * editor. Starts the server. `undefined` where no editor is open.
 *
 * @param argument whatever the command was called with: menus give the file's URI
 */
export async function meantPolicy(server: ServerControl, argument: unknown): Promise<MeantPolicy | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (isTarget(argument)) {
    const client = await server.start();
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(argument.uri, true));
    return { client, document, params: { ...paramsOf(client, document), pointer: argument.pointer } };
  }
  if (!editor) return undefined;
  const client = await server.start();
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  return { client, document: editor.document, params: { ...paramsOf(client, editor.document), position } };
}

function paramsOf(client: LanguageClient, document: vscode.TextDocument): PolicyParams {
  return { textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document) };
}

function isTarget(argument: unknown): argument is PolicyTarget {
  const { uri, pointer } = (argument ?? {}) as Partial<Record<keyof PolicyTarget, unknown>>;
  return typeof uri === 'string' && typeof pointer === 'string';
}
