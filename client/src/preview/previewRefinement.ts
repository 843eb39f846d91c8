import * as vscode from 'vscode';
import { describeFailure } from '../describeFailure.ts';
import { meantPolicy } from '../meantPolicy.ts';
import type { Outcome } from '../outcome.ts';
import type { Proposals } from '../proposals.ts';
import type { RefinedDocuments } from '../refinedDocuments.ts';
import type { ServerControl } from '../serverControl.ts';
import { Preview, refinedUri, requestPreview } from './preview.ts';

/** What is shown, or why nothing is. */
interface PreviewOutcome extends Outcome {
  readonly facts: readonly string[];
}

/**
 * "IAM: Preview Refined Policy": a diff of a file and what refining would make of it.
 *
 * @param target a `PolicyTarget`; without it the preview in front is brought up to date, or else the policy at the cursor is meant
 */
export async function previewRefinement(
  server: ServerControl,
  proposals: Proposals,
  documents: RefinedDocuments,
  target: unknown,
): Promise<PreviewOutcome> {
  try {
    const meant = await meantPolicy(server, target);
    const { inFront } = proposals;
    if (meant?.params.pointer === undefined && inFront instanceof Preview) return await showAgain(inFront);
    if (!meant) return { kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first'), facts: [] };
    const answer = await requestPreview(server, meant.params);
    const source = meant.document.uri;
    const shown = proposals.find(refinedUri(source, answer.pointer));
    if (shown instanceof Preview) return await showAgain(shown);
    const { kind, message } = answer;
    if (kind !== 'refined') return { kind, message, facts: [] };
    const preview = new Preview(source, answer, server, documents);
    proposals.add(preview);
    await preview.open();
    return preview.outcome;
  } catch (error) {
    return { ...describeFailure(error), facts: [] };
  }
}

async function showAgain(preview: Preview): Promise<PreviewOutcome> {
  await preview.follow();
  await preview.open();
  return preview.outcome;
}
