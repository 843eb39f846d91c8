import * as vscode from 'vscode';

/** The scheme of the documents that hold refined text which is written nowhere yet. */
export const REFINED_SCHEME = 'iam-policy-refined';

/** The read-only documents with refined text, for the right-hand sides of diffs. */
export class RefinedDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  /** Gives a document its text; the same text again changes nothing. */
  set(uri: vscode.Uri, text: string): void {
    const key = uri.toString();
    if (this.#texts.get(key) === text) return;
    this.#texts.set(key, text);
    this.#changed.fire(uri);
  }

  /** Drops the text of a document that nobody shows any more. */
  delete(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }
}
