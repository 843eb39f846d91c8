import type { TextEdit } from 'vscode-languageserver-types';
import { editConfig } from '../config/editConfig.ts';
import type { Positions } from '../positions/positions.ts';
import {
  CONFIGURED_REQUEST,
  type ConfiguredParams,
  type ConfiguredSetting,
  EDIT_CONFIG_REQUEST,
  type EditConfigParams,
  type EditConfigResult,
} from '../protocol.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves the requests of commands that write a setting: whether a configuration file says it, and how to write it there. */
export function registerConfigured({ connection, workspace, positions }: HandlerContext): void {
  connection.onRequest(CONFIGURED_REQUEST, ({ textDocument: { uri }, setting }: ConfiguredParams, token) => {
    const work = async (): Promise<ConfiguredSetting | null> => {
      const { config, origins, [setting]: value } = await workspace.settingsOf(uri);
      return config && origins[setting] !== undefined ? { uri: config.uri, name: config.name, value } : null;
    };
    return runSafe(work, null, `Configuration of ${uri}`, token, connection.console);
  });
  connection.onRequest(EDIT_CONFIG_REQUEST, ({ text, setting, value }: EditConfigParams, token) => {
    const work = async (): Promise<EditConfigResult> => {
      const edited = editConfig(text, setting, value);
      return edited === undefined ? {} : { edit: toEdit(text, edited, positions) };
    };
    return runSafe(work, {}, 'Editing a configuration file', token, connection.console);
  });
}

/** The edit of what two texts do not have in common. */
function toEdit(text: string, edited: string, positions: Positions): TextEdit {
  const most = Math.min(text.length, edited.length);
  let start = 0;
  while (start < most && text[start] === edited[start]) start++;
  let rest = 0;
  while (rest < most - start && text.at(-1 - rest) === edited.at(-1 - rest)) rest++;
  const document = positions.create('', '', 0, text);
  return {
    range: { start: document.positionAt(start), end: document.positionAt(text.length - rest) },
    newText: edited.slice(start, edited.length - rest),
  };
}
