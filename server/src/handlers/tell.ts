import type { RemoteConsole } from 'vscode-languageserver';
import { messageOf } from '../messageOf.ts';

/**
 * Sends something to the client that we need no answer to. A client may answer with an error, or be gone: that is logged,
 * and must not end the server.
 */
export function tell(sent: Promise<unknown>, what: string, console: RemoteConsole): void {
  sent.catch((error: unknown) => {
    console.warn(`${what} was refused by the client: ${messageOf(error)}`);
  });
}
