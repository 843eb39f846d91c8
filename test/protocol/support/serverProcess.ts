import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  CancellationToken,
  createProtocolConnection,
  ExitNotification,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { asPlainUser } from '../../support/plainUser.ts';
import { within } from './deadline.ts';

/** The bundle that users get, not the sources it is made of. */
export const BUNDLE = fileURLToPath(new URL('../../../dist/server.js', import.meta.url));

if (!existsSync(BUNDLE)) throw new Error(`The server is not built, run \`npm run build\` first: no ${BUNDLE}`);

/** The bundled server as a process of its own, spoken to over its standard streams. */
export class ServerProcess {
  readonly connection: ProtocolConnection;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exit: Promise<number | string>;
  #stderr = '';

  /**
   * @param plainUser whether it runs as somebody for whom a file's mode counts, even where root runs the tests
   * @param program another program than Node with the bundle
   */
  constructor(plainUser = false, program?: string) {
    const args = program === undefined ? [BUNDLE, '--stdio'] : ['--stdio'];
    const command = program ?? process.execPath;
    this.#child = plainUser ? spawn(...asPlainUser(command, args)) : spawn(command, args);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // Writing to a server that is gone fails; that it is gone is told by `exit`.
    this.#child.stdin.on('error', () => {});
    this.#exit = once(this.#child, 'close').then(([code, signal]) => code ?? signal);
    const { stdout, stdin } = this.#child;
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the server wrote to its error stream. */
  get stderr(): string {
    return this.#stderr;
  }

  /** The answer to a request, unless the server ends or the deadline passes before. */
  async request(method: string, params?: unknown, token = CancellationToken.None): Promise<unknown> {
    const answer = this.connection.sendRequest(method, params, token);
    const ended = this.#exit.then((code) => {
      throw new Error(`The server ended with ${code} before it answered ${method}: ${this.#stderr}`);
    });
    return within(Promise.race([answer, ended]), method);
  }

  /** Asks the server to end; gives its exit code. */
  async shutDown(): Promise<number | string> {
    await this.request(ShutdownRequest.method);
    await this.connection.sendNotification(ExitNotification.type);
    return this.exit();
  }

  /** The exit code, or the name of the signal that ended the process. */
  exit(): Promise<number | string> {
    return within(this.#exit, 'the server to exit');
  }

  /** Closes the stream that the server reads, as an editor that dies does. */
  closeInput(): void {
    this.#child.stdin.end();
  }

  async kill(): Promise<void> {
    if (this.running) this.#child.kill('SIGKILL');
    await this.#exit;
    this.connection.dispose();
  }
}
