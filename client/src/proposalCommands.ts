import * as vscode from 'vscode';
import { COMMANDS, SECTION } from '../../server/src/protocol.ts';
import { type Outcome, show } from './outcome.ts';
import { previewRefinement } from './preview/previewRefinement.ts';
import { Proposals } from './proposals.ts';
import { REFINED_SCHEME, RefinedDocuments } from './refinedDocuments.ts';
import { type RefineWorkspaceOptions, refineWorkspace } from './refineWorkspace/refineWorkspace.ts';
import type { ServerControl } from './serverControl.ts';

/** Registers the commands that show refined text before it is written, and those that apply or discard what is shown. */
export function registerProposalCommands(server: ServerControl, output: vscode.LogOutputChannel): vscode.Disposable {
  const documents = new RefinedDocuments();
  const proposals = new Proposals();
  const command = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    proposals,
    vscode.workspace.registerTextDocumentContentProvider(REFINED_SCHEME, documents),
    command(COMMANDS.previewRefinement, async (target?: unknown) =>
      tellUnlessShown(await previewRefinement(server, proposals, documents, target)),
    ),
    command(`${SECTION}.refineWorkspace`, async (options?: RefineWorkspaceOptions) =>
      tellUnlessShown(await refineWorkspace(server, proposals, documents, output, options)),
    ),
    command(`${SECTION}.applyPreview`, async (shown?: vscode.Uri) => show(await proposals.apply(shown))),
    command(`${SECTION}.discardPreview`, (shown?: vscode.Uri) => proposals.discard(shown)),
  );
}

/** What is shown speaks for itself. */
function tellUnlessShown<T extends Outcome>(outcome: T): T {
  return outcome.kind === 'refined' ? outcome : show(outcome);
}
