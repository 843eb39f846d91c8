import { COMMANDS } from '../protocol.ts';
import { codeActions } from '../service/codeActions/codeActions.ts';
import { copyActions } from '../service/codeActions/copyActions.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves textDocument/codeAction: quick fixes and fix-all, complete with their edits or commands. */
export function registerCodeActions({ connection, documents, workspace, client }: HandlerContext): void {
  connection.onCodeAction((params, token) => {
    const work = async () => {
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document));
      if (!document || !analyzed) return [];
      const { diagnostics, only } = params.context;
      const request = {
        range: params.range,
        diagnostics,
        versioned: client.versionedEdits,
        // Some clients give a single kind as it is, Neovim 0.7 among them.
        ...(only && { only: [only].flat() }),
        ...(client.hasCommands && { keepCommand: COMMANDS.keepAction }),
      };
      const copy = client.hasCommands ? copyActions(request, COMMANDS.copyCommands) : [];
      return [...copy, ...codeActions(document, analyzed.analysis, request)];
    };
    return runSafe(work, [], `Code actions of ${params.textDocument.uri}`, token, connection.console);
  });
}
