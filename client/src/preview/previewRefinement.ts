import * as vscode from 'vscode';
import type { PreviewParams } from '../../../server/src/protocol.ts';
import { describeFailure } from '../describeFailure.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { Proposals } from '../proposals.ts';
import type { RefinedDocuments } from '../refinedDocuments.ts';
import type { ServerControl } from '../serverControl.ts';
import { confirmFirst } from '../settlement/confirmFirst.ts';
import { Preview, refinedUri, requestPreview } from './preview.ts';

/** What is shown, or why nothing is, which the user was told. */
interface PreviewOutcome extends Outcome {
  readonly facts: readonly string[];
}

/** What a preview is shown with. */
interface PreviewMeans {
  readonly server: ServerControl;
  readonly proposals: Proposals;
  readonly documents: RefinedDocuments;
}

/**
 * "IAM: Preview Refined Policy": a diff of a file and what refining would make of it. Of a policy that is only likely somebody's, the
 * user is asked to confirm that first.
 *
 * @param target a `PolicyTarget`; without it the preview in front is brought up to date, or else the policy at the cursor is meant
 */
export async function previewRefinement(means: PreviewMeans, target: unknown): Promise<PreviewOutcome> {
  try {
    const { server, proposals } = means;
    const meant = await meantPolicy(server, target);
    const { inFront } = proposals;
    if (meant?.params.pointer === undefined && inFront instanceof Preview) return await showAgain(inFront);
    if (!meant) return show({ kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first'), facts: [] });
    return await open(meant.document.uri, meant.params, means);
  } catch (error) {
    return show({ ...describeFailure(error), facts: [] });
  }
}

async function open(source: vscode.Uri, params: PreviewParams, means: PreviewMeans): Promise<PreviewOutcome> {
  const { server, proposals, documents } = means;
  const answer = await requestPreview(server, params);
  const shown = proposals.find(refinedUri(source, answer.pointer));
  if (shown instanceof Preview) return showAgain(shown);
  const { kind, message, toConfirm } = answer;
  if (toConfirm)
    return confirmFirst({ kind, message, facts: [] }, toConfirm, params, server, (confirmed) =>
      open(source, confirmed, means).catch((error) => show({ ...describeFailure(error), facts: [] })),
    );
  if (kind !== 'refined') return show({ kind, message, facts: [] });
  const preview = new Preview(source, answer, server, documents);
  proposals.add(preview);
  await preview.open();
  return preview.outcome;
}

async function showAgain(preview: Preview): Promise<PreviewOutcome> {
  await preview.follow();
  await preview.open();
  const { outcome } = preview;
  return outcome.kind === 'refined' ? outcome : show(outcome);
}
