import * as vscode from 'vscode';
import { SECTION } from '../../server/src/protocol.ts';

/** What the setting `trace.server` is called, below the section of all settings. */
const TRACE_SETTING = 'trace.server';

/**
 * Where the language client traces to, so that the setting `trace.server` does what its description says: the client itself heeds
 * the setting only while the channel's log level is Trace, which nobody knows of. The messages go into the same channel.
 *
 * @param subscriptions ends what listens to the settings
 */
export function createTraceChannel(
  output: vscode.LogOutputChannel,
  subscriptions: vscode.Disposable[],
): vscode.LogOutputChannel {
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const levelNow = () => (isTraceAskedFor() ? vscode.LogLevel.Trace : output.logLevel);
  subscriptions.push(
    changed,
    output.onDidChangeLogLevel(() => changed.fire(levelNow())),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.${TRACE_SETTING}`)) changed.fire(levelNow());
    }),
  );
  return {
    ...output,
    get logLevel() {
      return levelNow();
    },
    onDidChangeLogLevel: changed.event,
    // At its own level it would not be seen in a channel that shows no more than Info.
    trace: (message, ...args) => (isTraceAskedFor() ? output.info(message, ...args) : output.trace(message, ...args)),
  };
}

function isTraceAskedFor(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get(TRACE_SETTING, 'off') !== 'off';
}
