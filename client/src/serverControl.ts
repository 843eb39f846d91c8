import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { CHANGED_NOTIFICATION, type ClientOptions, SECTION } from '../../server/src/protocol.ts';
import { POLICY_LANGUAGES } from './detect.ts';

/** A report of progress: how far it is in percent, and what is being done. */
export interface WorkDoneReport {
  readonly percentage?: number;
  readonly message?: string;
}

/** Starts, restarts and stops the language server. At most one runs: what is asked meanwhile waits for its turn. */
export class ServerControl {
  readonly #module: string;
  readonly #output: vscode.LogOutputChannel;
  readonly #trace: vscode.LogOutputChannel;
  /** The end of the queue: settles when all that was asked so far is done. */
  #queue: Promise<unknown> = Promise.resolve();
  #client: LanguageClient | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Findings, settings or policies changed: what is shown of them is to be asked for again. */
  readonly onDidChange = this.#changed.event;

  /**
   * @param module the server's bundle
   * @param trace where the messages between client and server go, where the user wants to see them
   */
  constructor(module: string, output: vscode.LogOutputChannel, trace: vscode.LogOutputChannel) {
    this.#module = module;
    this.#output = output;
    this.#trace = trace;
  }

  /** The running client; starts the server if none runs. Rejects when it cannot be started. */
  start(): Promise<LanguageClient> {
    return this.#enqueue(() => this.#ensureStarted());
  }

  /** Stops the server, if one runs, and starts it anew. */
  restart(): Promise<LanguageClient> {
    return this.#enqueue(async () => {
      await this.#stopClient();
      return this.#ensureStarted();
    });
  }

  /** Stops the server, if one runs. */
  stop(): Promise<void> {
    return this.#enqueue(() => this.#stopClient());
  }

  /** Follows what the server reports under a token of work done progress (LSP). */
  async followProgress(token: string, listener: (report: WorkDoneReport) => void): Promise<vscode.Disposable> {
    const client = await this.start();
    const { WorkDoneProgress } = await import('./languageClient.js');
    return client.onProgress(WorkDoneProgress.type, token, listener);
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    // What fails is told to who asked for it, and is no reason not to do the next thing.
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #ensureStarted(): Promise<LanguageClient> {
    const { LanguageClient, State, TransportKind } = await import('./languageClient.js');
    if (this.#client?.state === State.Running) return this.#client;
    // The client gives up on a server that crashes again and again; a new one may still work.
    await this.#stopClient();
    const run = { module: this.#module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
    const serverOptions: ServerOptions = { run, debug };
    const client = new LanguageClient(SECTION, 'IAM Policy Refiner', serverOptions, this.#clientOptions());
    client.onNotification(CHANGED_NOTIFICATION, () => this.#changed.fire());
    await client.start();
    this.#client = client;
    return client;
  }

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector: POLICY_LANGUAGES.map((language) => ({ scheme: 'file', language })),
      outputChannel: this.#output,
      traceOutputChannel: this.#trace,
      initializationOptions: { commands: true } satisfies ClientOptions,
      // Without these the client would pull nothing while the user types.
      diagnosticPullOptions: { onChange: true, onSave: true },
    };
  }

  async #stopClient(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.#output.warn(`The server did not stop in time: ${String(error)}`);
    }
  }
}
