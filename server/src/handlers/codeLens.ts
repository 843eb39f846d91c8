import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { COMMANDS } from '../protocol.ts';
import { codeLenses } from '../service/codeLens/codeLenses.ts';
import type { HandlerContext, Refresh } from './context.ts';
import { refreshWhenRead } from './refreshWhenRead.ts';
import { runSafe } from './runSafe.ts';
import { tell } from './tell.ts';

/** Serves textDocument/codeLens to clients that have the commands which the lenses run. */
export function registerCodeLens({ connection, documents, workspace, client }: HandlerContext): Refresh {
  const refreshes = client.hasCommands && client.refreshesCodeLenses;
  const refresh = () => {
    if (refreshes) tell(connection.sendRequest(CodeLensRefreshRequest.type), 'Refreshing lenses', connection.console);
  };
  /** The documents that have their lenses. */
  const shown = new WeakSet<TextDocument>();
  const showWhenRead = refreshWhenRead({ workspace, connection }, refresh);
  connection.onCodeLens((params, token) => {
    const work = async () => {
      const document = client.hasCommands ? documents.get(params.textDocument.uri) : undefined;
      // Editors show no other lens before they have ours, so findings that take long to read are not waited for; but of lenses that
      // are there an editor keeps the old ones until it has the new, and without any for a while the text would jump.
      const analyzed = document && (await workspace.analyze(document, shown.has(document) ? 'always' : 'briefly'));
      if (!document || !analyzed?.settings.codeLens.enable) return [];
      if (analyzed.isPreliminary) {
        showWhenRead(document);
        return [];
      }
      shown.add(document);
      const canChoose = analyzed.analyzer.index.principals.length > 0;
      return codeLenses(document, analyzed.analysis, { commands: COMMANDS, canChoose });
    };
    return runSafe(work, [], `Code lenses of ${params.textDocument.uri}`, token, connection.console);
  });
  return refresh;
}
