import type * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { SECTION } from '../../server/src/protocol.ts';
import { POLICY_LANGUAGES } from './detect.ts';

/** Starts, restarts and stops the language server. At most one runs; what is asked while it starts waits for it. */
export class ServerControl implements vscode.Disposable {
  readonly #module: string;
  readonly #output: vscode.LogOutputChannel;
  #running: Promise<LanguageClient> | undefined;

  constructor(module: string, output: vscode.LogOutputChannel) {
    this.#module = module;
    this.#output = output;
  }

  /** The running client; starts the server if none runs. Rejects when it cannot be started. */
  start(): Promise<LanguageClient> {
    this.#running ??= this.#startClient().catch((error: unknown) => {
      this.#running = undefined;
      this.#output.error(`The server could not be started: ${String(error)}`);
      throw error;
    });
    return this.#running;
  }

  /** Stops the server, if one runs, and starts it anew. */
  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  dispose(): void {
    void this.#stop();
  }

  async #startClient(): Promise<LanguageClient> {
    const run = { module: this.#module, transport: TransportKind.ipc };
    const serverOptions: ServerOptions = {
      run,
      debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
    const client = new LanguageClient(SECTION, 'IAM Policy Refiner', serverOptions, this.#clientOptions());
    await client.start();
    return client;
  }

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector: POLICY_LANGUAGES.map((language) => ({ scheme: 'file', language })),
      outputChannel: this.#output,
      // Without these the client would pull nothing while the user types.
      diagnosticPullOptions: { onChange: true, onSave: true },
    };
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    const client = await running?.catch(() => undefined);
    await client?.dispose();
  }
}
