import type { Connection } from 'vscode-languageserver';
import { CHANGED_NOTIFICATION } from '../protocol.ts';
import type { ClientAbilities } from './context.ts';
import { tell } from './tell.ts';

/** Tells our own client that what it shows of findings, settings and policies is to be asked for again. */
export function notifyChanged(connection: Connection, client: ClientAbilities): void {
  if (client.hasCommands)
    tell(connection.sendNotification(CHANGED_NOTIFICATION), 'Telling of changes', connection.console);
}
