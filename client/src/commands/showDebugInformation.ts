import { release } from 'node:os';
import * as vscode from 'vscode';
import {
  DEBUG_INFORMATION_REQUEST,
  type DebugInformation,
  type DebugInformationParams,
} from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import type { ServerControl } from '../serverControl.ts';

/**
 * "IAM: Show Debug Information": opens all that helps when something is not as expected as an untitled document, so that names
 * can be taken out of it before it is handed on. What only the client knows is told even where the server does not start.
 */
export async function showDebugInformation(server: ServerControl, version: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const own = [
    '# IAM Policy Refiner: debug information',
    '',
    "Names of roles, accounts and files are in here: take out what is nobody else's business before you hand it on.",
    '',
    `- Extension ${version}`,
    `- VS Code ${vscode.version}${vscode.env.remoteName === undefined ? '' : `, remote '${vscode.env.remoteName}'`}`,
    `- ${process.platform} ${process.arch} ${release()}`,
  ];
  const content = `${own.join('\n')}\n${await askServer(server, editor)}`;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function askServer(server: ServerControl, editor: vscode.TextEditor | undefined): Promise<string> {
  try {
    const client = await server.start();
    const converter = client.code2ProtocolConverter;
    const params: DebugInformationParams = {
      ...(editor && {
        textDocument: converter.asTextDocumentIdentifier(editor.document),
        position: converter.asPosition(editor.selection.active),
      }),
    };
    return (await client.sendRequest<DebugInformation>(DEBUG_INFORMATION_REQUEST, params)).markdown;
  } catch (error) {
    return `- The server does not answer: ${reasonOf(error)}\n`;
  }
}
