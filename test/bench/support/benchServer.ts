import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupContent,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { within } from '../../protocol/support/deadline.ts';
import { initializeParams } from '../../protocol/support/profiles.ts';
import { Received } from '../../protocol/support/received.ts';
import type { TemporaryFolder } from '../../protocol/support/temporaryFolder.ts';

/** A bundled language server as a process of its own, spoken to as an editor does; ours, or one that we are compared with. */
export class BenchServer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #folder: TemporaryFolder;

  constructor(bundle: string, folder: TemporaryFolder) {
    this.#folder = folder;
    this.#child = spawn(process.execPath, [bundle, '--stdio']);
    const { stdout, stdin } = this.#child;
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    // Answers what the server asks, as an editor with default settings does.
    new Received(this.#connection, { settings: () => ({}), workspaceFolders: () => [] });
    this.#connection.listen();
  }

  async initialize(): Promise<void> {
    const params = initializeParams('modern', this.#folder.uri(), {});
    await within(this.#connection.sendRequest(InitializeRequest.type, params), 'initialize');
    await this.#connection.sendNotification(InitializedNotification.type, {});
  }

  /** Opens a document; gives its URI. */
  async open(file: string, text: string): Promise<string> {
    const uri = this.#folder.uri(file);
    const textDocument = { uri, languageId: 'json', version: 1, text };
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    return uri;
  }

  change(uri: string, version: number, change: TextDocumentContentChangeEvent): Promise<void> {
    const params = { textDocument: { uri, version }, contentChanges: [change] };
    return this.#connection.sendNotification(DidChangeTextDocumentNotification.type, params);
  }

  /** Pulls the diagnostics; gives how many there are. */
  async diagnose(uri: string): Promise<number> {
    const params = { textDocument: { uri } };
    const pulled = this.#connection.sendRequest(DocumentDiagnosticRequest.method, params);
    const report = (await within(pulled, 'diagnostics')) as DocumentDiagnosticReport;
    return report.kind === 'full' ? report.items.length : 0;
  }

  /** The text of the hover at a position. */
  async hover(uri: string, position: Position): Promise<string> {
    const asked = this.#connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    const contents = (await within(asked, 'a hover'))?.contents;
    return MarkupContent.is(contents) ? contents.value : '';
  }

  /** Waits until all that was sent is worked off: a request that no server knows is refused only after what came before. */
  async settle(): Promise<void> {
    await within(this.#connection.sendRequest('bench/settle'), 'the server to settle').catch(() => undefined);
  }

  /** The memory that the process holds now, in bytes. Linux only. */
  memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#connection.dispose();
    this.#child.kill('SIGKILL');
    await closed;
  }
}
