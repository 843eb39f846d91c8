import assert from 'node:assert/strict';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editsFor } from './edits.ts';
import type { ServerProcess } from './serverProcess.ts';
import { rangeOf } from './text.ts';

/** A document whose text the editor owns and keeps the server told of. */
export class SyncedDocument {
  protected readonly server: ServerProcess;
  #document: TextDocument;

  constructor(server: ServerProcess, uri: string, languageId: string, text: string) {
    this.server = server;
    this.#document = TextDocument.create(uri, languageId, 1, text);
  }

  get uri(): string {
    return this.#document.uri;
  }

  get version(): number {
    return this.#document.version;
  }

  get text(): string {
    return this.#document.getText();
  }

  open(): Promise<void> {
    const { uri, languageId, version } = this.#document;
    const textDocument = { uri, languageId, version, text: this.text };
    return this.server.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Makes edits one after another: each counts on the text that the one before it left. */
  change(...contentChanges: { range: Range; text: string }[]): Promise<void> {
    const textDocument = { uri: this.uri, version: this.version + 1 };
    this.#document = TextDocument.update(this.#document, contentChanges, textDocument.version);
    const params = { textDocument, contentChanges };
    return this.server.connection.sendNotification(DidChangeTextDocumentNotification.type, params);
  }

  /** Replaces the first `old` in the text. */
  replace(old: string, text: string): Promise<void> {
    return this.change({ range: rangeOf(this.text, old), text });
  }

  /** Makes an edit that the server gave, on both sides; gives the new text. */
  async apply(edit: WorkspaceEdit | undefined): Promise<string> {
    const expected = this.preview(edit);
    const edits = editsFor(edit as WorkspaceEdit, { uri: this.uri, version: this.version });
    const offset = ({ range }: { range: Range }) => this.#document.offsetAt(range.start);
    const backwards = edits.toSorted((a, b) => offset(b) - offset(a));
    await this.change(...backwards.map(({ range, newText }) => ({ range, text: newText })));
    assert.equal(this.text, expected);
    return expected;
  }

  /** What an edit that the server gave would make of the text; finds that it is meant for this document as it now is. */
  preview(edit: WorkspaceEdit | undefined): string {
    assert(edit, 'there is no edit');
    return TextDocument.applyEdits(this.#document, editsFor(edit, { uri: this.uri, version: this.version }));
  }

  save(): Promise<void> {
    const params = { textDocument: { uri: this.uri } };
    return this.server.connection.sendNotification(DidSaveTextDocumentNotification.type, params);
  }

  close(): Promise<void> {
    const params = { textDocument: { uri: this.uri } };
    return this.server.connection.sendNotification(DidCloseTextDocumentNotification.type, params);
  }
}
