import * as vscode from 'vscode';
import { SECTION } from '../../server/src/protocol.ts';
import { describeFailure } from './describeFailure.ts';
import type { Outcome } from './outcome.ts';

/** Refined text that the user looks at in an editor of its own, to apply or discard it. */
export interface Proposal {
  /** The read-only documents with the refined text. */
  readonly refined: readonly vscode.Uri[];
  isShownIn(tab: vscode.Tab): boolean;
  /** Writes what is shown. `refused` where that cannot be; then nothing is lost, and the editor stays open. */
  apply(): Promise<Outcome>;
  /** Called when nothing shows it any more. */
  dispose(): void;
}

/** Whether a proposal is in front, for the `when` clauses of menus. */
const IN_FRONT_CONTEXT = `${SECTION}.previewInFront`;

/** The proposals that editors show. */
export class Proposals implements vscode.Disposable {
  readonly #proposals = new Set<Proposal>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    const { tabGroups } = vscode.window;
    this.#subscriptions = [
      tabGroups.onDidChangeTabs(() => this.#showContext()),
      tabGroups.onDidChangeTabGroups(() => this.#showContext()),
      // Not when a tab closes: a tab that is moved to another group closes too.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri)),
    ];
  }

  /** Closes the editors of some proposals. */
  async close(which: (proposal: Proposal) => boolean): Promise<void> {
    for (const proposal of [...this.#proposals].filter(which)) await this.#close(proposal);
  }

  add(proposal: Proposal): void {
    this.#proposals.add(proposal);
  }

  /** The proposal with this document of refined text. */
  find(refined: vscode.Uri): Proposal | undefined {
    const key = refined.toString();
    return [...this.#proposals].find((proposal) => proposal.refined.some((uri) => uri.toString() === key));
  }

  /** The proposal that the active editor shows. */
  get inFront(): Proposal | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab && [...this.#proposals].find((proposal) => proposal.isShownIn(tab));
  }

  /** Applies the proposal that has this document, or else the one in front, and closes its editor. */
  async apply(refined?: vscode.Uri): Promise<Outcome> {
    const proposal = this.#chosen(refined);
    if (!proposal) return { kind: 'nothing', message: vscode.l10n.t('Preview a refined policy first') };
    try {
      const outcome = await proposal.apply();
      if (outcome.kind === 'refined') await this.#close(proposal);
      return outcome;
    } catch (error) {
      return describeFailure(error);
    }
  }

  /** Closes the editor of the proposal that has this document, or else of the one in front. */
  async discard(refined?: vscode.Uri): Promise<void> {
    const proposal = this.#chosen(refined);
    if (proposal) await this.#close(proposal);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const proposal of this.#proposals) proposal.dispose();
  }

  #chosen(refined: vscode.Uri | undefined): Proposal | undefined {
    return (refined instanceof vscode.Uri ? this.find(refined) : undefined) ?? this.inFront;
  }

  async #close(proposal: Proposal): Promise<void> {
    const tabs = tabsOf(proposal);
    if (tabs.length === 0 || (await vscode.window.tabGroups.close(tabs))) this.#drop(proposal);
  }

  #closed(uri: vscode.Uri): void {
    const proposal = this.find(uri);
    if (proposal && tabsOf(proposal).length === 0) this.#drop(proposal);
  }

  #drop(proposal: Proposal): void {
    this.#proposals.delete(proposal);
    proposal.dispose();
    this.#showContext();
  }

  #showContext(): void {
    void vscode.commands.executeCommand('setContext', IN_FRONT_CONTEXT, this.inFront !== undefined);
  }
}

function tabsOf(proposal: Proposal): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => proposal.isShownIn(tab));
}
