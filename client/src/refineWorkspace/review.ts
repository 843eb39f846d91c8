import * as vscode from 'vscode';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RefinedFile } from '../../../server/src/protocol.ts';
import type { Outcome } from '../outcome.ts';
import type { Proposal } from '../proposals.ts';
import { REFINED_SCHEME, type RefinedDocuments } from '../refinedDocuments.ts';
import { applyFiles } from './applyFiles.ts';

/** How many there were: each has documents of its own. */
let reviews = 0;

/** The diffs of several files in one editor, as they were when the server was asked. */
export class Review implements Proposal {
  readonly refined: readonly vscode.Uri[];
  readonly #files: readonly RefinedFile[];
  readonly #documents: RefinedDocuments;

  /** @param files with the policies that the user chose, and no others */
  constructor(files: readonly RefinedFile[], documents: RefinedDocuments) {
    reviews++;
    this.#files = files;
    this.#documents = documents;
    this.refined = files.map(({ uri }) =>
      vscode.Uri.parse(uri).with({ scheme: REFINED_SCHEME, query: `review=${reviews}` }),
    );
    for (const [index, refined] of this.refined.entries()) {
      const file = files[index];
      if (file) documents.set(refined, refinedText(file));
    }
  }

  /** Opens the editor. */
  async open(): Promise<void> {
    const resources = this.#files.map(({ uri }, index) => {
      const source = vscode.Uri.parse(uri);
      return [source, source, this.refined[index]];
    });
    await vscode.commands.executeCommand('vscode.changes', title(), resources);
    // The editor opens it as a mere look, which the next file that is opened would take the place of.
    await vscode.commands.executeCommand('workbench.action.keepEditor');
  }

  /** Extensions know an editor of several diffs by its title only, to which the editor adds how many there are. */
  isShownIn({ input, label }: vscode.Tab): boolean {
    return label.startsWith(title()) && !(input instanceof vscode.TabInputText);
  }

  apply(): Promise<Outcome> {
    return applyFiles(this.#files);
  }

  dispose(): void {
    for (const refined of this.refined) this.#documents.delete(refined);
  }
}

function title(): string {
  return vscode.l10n.t('Refined Policies');
}

function refinedText({ uri, text, policies }: RefinedFile): string {
  const edits = policies.flatMap((policy) => policy.edits);
  return TextDocument.applyEdits(TextDocument.create(uri, 'json', 0, text), [...edits]);
}
