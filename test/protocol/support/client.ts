import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type FileChangeType,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  MessageType,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { OpenDocument } from './openDocument.ts';
import { initializeParams, type Profile } from './profiles.ts';
import { Received } from './received.ts';
import { ServerProcess } from './serverProcess.ts';
import { type Files, TemporaryFolder } from './temporaryFolder.ts';

/** What a test wants of its server. */
export interface ClientOptions {
  readonly files?: Files;
  readonly profile?: Profile;
  /** The settings below `iamPolicyRefiner`. */
  readonly settings?: unknown;
  /** The method of the requests of the server that are answered with an error. */
  readonly refuse?: string;
  /** The name of the workspace folder. */
  readonly folderName?: string;
  /** Whether the server runs as somebody for whom a file's mode counts, even where root runs the tests. */
  readonly plainUser?: boolean;
  /** The program that is the server, in place of Node with the bundle. */
  readonly program?: string;
  /** Changes the parameters of `initialize`. */
  readonly initialize?: (params: InitializeParams) => InitializeParams;
}

/** A client with a server of its own, on a workspace folder of its own. */
export class Client {
  readonly folder: TemporaryFolder;
  readonly server: ServerProcess;
  readonly received: Received;
  /** What `workspace/configuration` is answered with. */
  settingsOf: (scopeUri: string) => unknown;
  /** The errors that the server may log, where a test is the cause of them. */
  expectedErrors: RegExp | undefined;
  /** What `workspace/workspaceFolders` is answered with. */
  workspaceFolders: WorkspaceFolder[];
  readonly #profile: Profile;

  constructor(folder: TemporaryFolder, { profile = 'modern', settings = {}, ...options }: ClientOptions) {
    const { refuse, plainUser, program } = options;
    this.folder = folder;
    this.server = new ServerProcess(plainUser, program);
    this.#profile = profile;
    this.settingsOf = () => settings;
    this.workspaceFolders = [{ uri: folder.uri(), name: 'workspace' }];
    this.received = new Received(this.server.connection, {
      settings: (scopeUri) => this.settingsOf(scopeUri),
      workspaceFolders: () => this.workspaceFolders,
      refuse,
    });
    this.server.connection.listen();
  }

  async initialize(change: ClientOptions['initialize'] = (params) => params): Promise<InitializeResult> {
    const params = change(initializeParams(this.#profile, this.folder.uri(), this.settingsOf('')));
    const result = (await this.server.request(InitializeRequest.method, params)) as InitializeResult;
    await this.server.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  /** Opens a file of the workspace folder, with the text that it has on disk or another. */
  async open(file: string, options: { languageId?: string; text?: string } = {}): Promise<OpenDocument> {
    const text = options.text ?? (await readFile(this.folder.path(file), 'utf8'));
    return this.openUri(this.folder.uri(file), text, options.languageId);
  }

  async openUri(uri: string, text: string, languageId = 'json'): Promise<OpenDocument> {
    const document = new OpenDocument(this.server, uri, languageId, text);
    await document.open();
    return document;
  }

  /** Tells the server that files, given by URI, changed on disk. */
  notifyFiles(type: FileChangeType, ...uris: string[]): Promise<void> {
    const params = { changes: uris.map((uri) => ({ uri, type })) };
    return this.server.connection.sendNotification(DidChangeWatchedFilesNotification.type, params);
  }

  /** Tells the server that files of the folder changed on disk; waits until it asks for new diagnostics. */
  async tellFiles(type: FileChangeType, ...files: string[]): Promise<void> {
    await this.received.refreshes.after(() => this.notifyFiles(type, ...files.map((file) => this.folder.uri(file))));
  }

  /** Changes the settings; waits until the server asks for new diagnostics. */
  async configure(settings: unknown): Promise<void> {
    this.settingsOf = () => settings;
    const { type } = DidChangeConfigurationNotification;
    await this.received.refreshes.after(() => this.server.connection.sendNotification(type, { settings: null }));
  }

  /** Ends the server as an editor does; finds that nothing went wrong in it. */
  async stop(): Promise<void> {
    try {
      if (!this.server.running) return;
      assert.equal(await this.server.shutDown(), 0, this.server.stderr);
      const unexpected = this.received.logs.all.filter(
        ({ type, message }) => type === MessageType.Error && !this.expectedErrors?.test(message),
      );
      assert.deepEqual(unexpected, [], 'the server logged an error');
      assert.equal(this.server.stderr, '');
    } finally {
      await this.server.kill();
      await this.folder.remove();
    }
  }
}

/** Starts a server and shakes hands with it. It ends with the test, or suite, that `context` belongs to. */
export async function startClient(
  context: { after(stop: () => Promise<void>): void },
  options: ClientOptions = {},
): Promise<Client> {
  const client = new Client(await TemporaryFolder.create(options.files ?? {}, options.folderName), options);
  context.after(() => client.stop());
  await client.initialize(options.initialize);
  return client;
}
