import path from 'node:path';
import * as vscode from 'vscode';
import { PREVIEW_REQUEST, type PreviewParams, type PreviewResult } from '../../../server/src/protocol.ts';
import { applyRefinement } from '../applyRefinement.ts';
import { describeFailure } from '../describeFailure.ts';
import type { Outcome } from '../outcome.ts';
import type { Proposal } from '../proposals.ts';
import { REFINED_SCHEME, type RefinedDocuments } from '../refinedDocuments.ts';
import type { ServerControl } from '../serverControl.ts';
import { FactDisplay } from './factDisplay.ts';

/** A diff of a policy file, which may be edited, and its refined text, which follows the edits. */
export class Preview implements Proposal {
  readonly refined: readonly [vscode.Uri];
  readonly #source: vscode.Uri;
  readonly #pointer: string | undefined;
  readonly #server: ServerControl;
  readonly #documents: RefinedDocuments;
  readonly #facts: FactDisplay;
  readonly #subscriptions: vscode.Disposable[];
  #answer: PreviewResult;
  #isDeleted = false;
  /** Settles when the answer is that for the text as it is now. */
  #following: Promise<void> | undefined;
  /** Whether something changed since the request under way was sent. */
  #isOld = false;

  /** @param answer what was asked for before anything is shown */
  constructor(source: vscode.Uri, answer: PreviewResult, server: ServerControl, documents: RefinedDocuments) {
    this.#source = source;
    this.#pointer = answer.pointer;
    this.#answer = answer;
    this.#server = server;
    this.#documents = documents;
    this.refined = [refinedUri(source, answer.pointer)];
    this.#facts = new FactDisplay(this.refined[0], source);
    // The file's name could be read as a glob, so its whole folder is watched.
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(source, '..'), '*'),
    );
    const isSource = (uri: vscode.Uri) => uri.toString() === source.toString();
    this.#subscriptions = [
      this.#facts,
      watcher,
      watcher.onDidDelete((uri) => isSource(uri) && this.#setDeleted(true)),
      watcher.onDidCreate((uri) => isSource(uri) && this.#setDeleted(false)),
      server.onDidChange(() => this.follow()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isSource(document.uri)) this.follow();
      }),
    ];
    this.#show();
  }

  /** What is shown, with the lines beside the text. */
  get outcome(): Outcome & { readonly facts: readonly string[] } {
    const { kind, message } = this.#answer;
    return { kind, message, facts: this.#shownFacts };
  }

  get #shownFacts(): readonly string[] {
    if (this.#isDeleted) return [vscode.l10n.t("'{0}' was deleted, and nothing can be applied", this.#name)];
    return this.#answer.facts;
  }

  /** Opens the diff, or brings the one that is open to the front. */
  async open(): Promise<void> {
    const { whose } = this.#answer;
    const refined = whose === undefined ? vscode.l10n.t('refined') : vscode.l10n.t('refined ({0})', whose);
    await vscode.commands.executeCommand('vscode.diff', this.#source, this.refined[0], `${this.#name} ↔ ${refined}`, {
      preview: false,
    } satisfies vscode.TextDocumentShowOptions);
    this.#show();
  }

  isShownIn({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputTextDiff && input.modified.toString() === this.refined[0].toString();
  }

  /** Asks the server anew, until it answers for the text as it is then: what comes late is not shown. */
  follow(): Promise<void> {
    this.#isOld = true;
    this.#following ??= this.#ask().finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async apply(): Promise<Outcome> {
    await this.#following;
    const document = await vscode.workspace.openTextDocument(this.#source);
    const outcome = await applyRefinement(await this.#server.start(), this.#answer, document);
    // The diff is closed now, and what was written is to be seen, and undone, in the file itself.
    if (outcome.kind === 'refined') await vscode.window.showTextDocument(document, { preview: false });
    return outcome;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#documents.delete(this.refined[0]);
  }

  get #name(): string {
    return path.posix.basename(this.#source.path);
  }

  async #ask(): Promise<void> {
    while (this.#isOld) {
      this.#isOld = false;
      const target = this.#pointer === undefined ? {} : { pointer: this.#pointer };
      const answer = await requestPreview(this.#server, { ...target, textDocument: { uri: this.#source.toString() } });
      if (this.#isOld) continue;
      this.#answer = answer;
      this.#show();
    }
  }

  #setDeleted(isDeleted: boolean): void {
    this.#isDeleted = isDeleted;
    this.#facts.show(this.#shownFacts);
  }

  #show(): void {
    // Of a text that is broken for a moment nobody knows what it would become: what was shown before stays.
    if (this.#answer.text !== undefined) this.#documents.set(this.refined[0], this.#answer.text);
    this.#facts.show(this.#shownFacts);
  }
}

/** Asks the server what to show. Where that fails, the answer says so. */
export async function requestPreview(server: ServerControl, params: PreviewParams): Promise<PreviewResult> {
  try {
    const client = await server.start();
    return await client.sendRequest<PreviewResult>(PREVIEW_REQUEST, params);
  } catch (error) {
    const failure = describeFailure(error);
    return { ...failure, facts: [failure.message] };
  }
}

/** The document of the refined text: the same for the same target, so that no target is previewed twice. */
export function refinedUri(source: vscode.Uri, pointer: string | undefined): vscode.Uri {
  return source.with({ scheme: REFINED_SCHEME, query: pointer === undefined ? '' : `pointer=${pointer}` });
}
