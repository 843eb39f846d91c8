import { type CancellationToken, LSPErrorCodes, type RemoteConsole, ResponseError } from 'vscode-languageserver';
import { stackOf } from '../messageOf.ts';

/**
 * Runs the work behind one request. Yields once first, so that a cancellation right behind the request is seen;
 * an error is logged and answered with `fallback`, because nothing may be thrown across the protocol.
 */
export async function runSafe<T>(
  work: () => Promise<T> | T,
  fallback: T,
  what: string,
  token: CancellationToken,
  console: RemoteConsole,
): Promise<T | ResponseError<never>> {
  await new Promise((resume) => setImmediate(resume));
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await work();
    return token.isCancellationRequested ? cancelled() : result;
  } catch (error) {
    console.error(`${what} failed: ${stackOf(error)}`);
    return fallback;
  }
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Request cancelled');
}
