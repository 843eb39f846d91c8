import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  REFINE_WORKSPACE_REQUEST,
  type RefinedFile,
  type RefineWorkspaceParams,
  type RefineWorkspaceResult,
} from '../../../server/src/protocol.ts';
import { describeFailure } from '../describeFailure.ts';
import type { Outcome } from '../outcome.ts';
import type { Proposals } from '../proposals.ts';
import type { RefinedDocuments } from '../refinedDocuments.ts';
import type { ServerControl } from '../serverControl.ts';
import { type Choice, choicesOf, describeProblems, pickChoices } from './choices.ts';
import { Review } from './review.ts';

/** What a key binding may decide beforehand. */
export interface RefineWorkspaceOptions {
  /** `recommended`: all policies that would be picked at first, without asking. */
  readonly choose?: 'recommended';
}

/** "IAM: Refine All Policies in Workspace…": asks which, and shows their diffs to be applied or discarded. Nothing is written here. */
export async function refineWorkspace(
  server: ServerControl,
  proposals: Proposals,
  documents: RefinedDocuments,
  output: vscode.LogOutputChannel,
  { choose }: RefineWorkspaceOptions = {},
): Promise<Outcome> {
  try {
    const result = await requestRefinements(server);
    if (!result) return cancelled();
    for (const problem of result.problems) output.warn(problem);
    const choices = choicesOf(result);
    if (choices.length === 0) return { kind: 'nothing', message: describeNothing(result) };
    const recommended = choices.filter(({ picked }) => picked);
    const picked = choose === 'recommended' ? recommended : await pickChoices(choices, result.problems.length);
    if (!picked || picked.length === 0) return cancelled();
    // Two reviews would have one title, by which their editors could not be told apart.
    await proposals.close((proposal) => proposal instanceof Review);
    const review = new Review(chosenFiles(picked), documents);
    proposals.add(review);
    await review.open();
    return { kind: 'refined', message: vscode.l10n.t('Nothing is written yet: apply or discard the changes shown') };
  } catch (error) {
    return describeFailure(error);
  }
}

/** What the server makes of all policies; `undefined` where the user cancelled. */
function requestRefinements(server: ServerControl): Thenable<RefineWorkspaceResult | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Looking for what is unused in all policies'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const client = await server.start();
    const workDoneToken = randomUUID();
    let done = 0;
    const reports = await server.followProgress(workDoneToken, ({ message = '', percentage = done }) => {
      progress.report({ message, increment: Math.max(0, percentage - done) });
      done = Math.max(done, percentage);
    });
    try {
      const params: RefineWorkspaceParams = { workDoneToken };
      return await client.sendRequest<RefineWorkspaceResult>(REFINE_WORKSPACE_REQUEST, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      reports.dispose();
    }
  });
}

function cancelled(): Outcome {
  return { kind: 'nothing', message: vscode.l10n.t('All policies were left as they are') };
}

/** The files of the chosen policies, with these only. */
function chosenFiles(choices: readonly Choice[]): RefinedFile[] {
  const files = new Set(choices.map(({ file }) => file));
  return [...files].map((file) => ({
    ...file,
    policies: choices.filter((choice) => choice.file === file).map(({ policy }) => policy),
  }));
}

function describeNothing({ totals: { policies, unmatched }, problems }: RefineWorkspaceResult): string {
  const more = problems.length > 0 ? [describeProblems(problems.length)] : [];
  return [describeWhy(policies, unmatched), ...more].join('. ');
}

function describeWhy(policies: number, unmatched: number): string {
  if (policies === 0) return vscode.l10n.t('Nothing to refine: there is no IAM policy in this workspace');
  if (unmatched === policies)
    return vscode.l10n.t('Nothing to refine: no findings apply to the IAM policies of this workspace');
  const nothing = vscode.l10n.t('Nothing to refine: no IAM policy of this workspace grants what is reported unused');
  const rest = vscode.l10n.t('No findings apply to {0} of {1} policies', unmatched, policies);
  return unmatched === 0 ? nothing : `${nothing}. ${rest}`;
}
