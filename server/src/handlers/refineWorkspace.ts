import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../messageOf.ts';
import {
  REFINE_WORKSPACE_REQUEST,
  type RefinedFile,
  type RefinedPolicy,
  type RefineWorkspaceParams,
  type RefineWorkspaceResult,
} from '../protocol.ts';
import { Slices } from '../runInSlices.ts';
import { toTextEdits } from '../service/codeActions/edits.ts';
import { type RefinedPolicyText, refinedPolicies } from '../service/refinedPolicies.ts';
import { count } from '../service/text.ts';
import { pathInside } from '../workspace/paths.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Refine All Policies in Workspace…": what would become of each policy. Nothing is written. */
export function registerRefineWorkspace(context: HandlerContext): void {
  const { connection } = context;
  const failed: RefineWorkspaceResult = {
    files: [],
    totals: { policies: 0, unmatched: 0 },
    problems: ['The policies could not be refined; the output channel "IAM Policy Refiner" says why'],
  };
  connection.onRequest(REFINE_WORKSPACE_REQUEST, (params: RefineWorkspaceParams, token) => {
    const work = async () => {
      const progress = await connection.window.attachWorkDoneProgress(params.workDoneToken);
      progress.begin('Refining policies', 0, undefined, true);
      try {
        return await refineAll(context, progress, token);
      } finally {
        progress.done();
      }
    };
    return runSafe(work, failed, 'Refining the workspace', token, connection.console);
  });
}

async function refineAll(
  context: HandlerContext,
  progress: WorkDoneProgressReporter,
  token: CancellationToken,
): Promise<RefineWorkspaceResult> {
  const { workspace, policyFiles } = context;
  const looks = new Map<string, Look>();
  const slices = new Slices();
  for (const { uri: folder } of workspace.folders) {
    const uris = await policyFiles.list(folder);
    for (const [index, uri] of uris.entries()) {
      if (slices.isOver) {
        progress.report((100 * index) / uris.length, `${count(index, 'file')} of ${count(uris.length, 'file')}`);
        await slices.pause();
      }
      if (token.isCancellationRequested) break;
      looks.set(uri, await lookAt(uri, folder, context));
    }
  }
  // What was opened or edited meanwhile has another text by now than the one that its edits are for.
  const findStale = () => [...looks].filter(([, { refined }]) => refined && !policyFiles.isCurrent(refined));
  for (let stale = findStale(); stale.length > 0 && !token.isCancellationRequested; stale = findStale())
    for (const [uri, { folder }] of stale) looks.set(uri, await lookAt(uri, folder, context));
  return join([...looks.values()]);
}

/** What is said of one file. */
interface Look {
  readonly folder: string;
  readonly refined?: RefinedFile;
  readonly policies: number;
  readonly unmatched: number;
  readonly problems: readonly string[];
}

async function lookAt(uri: string, folder: string, context: HandlerContext): Promise<Look> {
  const nothing = { folder, policies: 0, unmatched: 0, problems: [] };
  const path = pathInside(folder, uri);
  try {
    const fileContext = await context.workspace.fileContext(uri, folder);
    const analysis = fileContext && (await context.policyFiles.analyze(uri, fileContext));
    if (!analysis) return nothing;
    const identities = analysis.policies.filter(({ document }) => document.kind === 'identity');
    const { refined, problems } = refinedPolicies(analysis);
    const { text } = analysis;
    const document = context.positions.create(uri, '', 0, text);
    const policies = refined.map((policy) => describePolicy(policy, document));
    return {
      folder,
      ...(policies.length > 0 && { refined: { uri, text, policies } }),
      policies: identities.length,
      unmatched: identities.filter(({ match }) => match.kind === 'unmatched').length,
      problems: problems.map((problem) => `${path}: ${problem}`),
    };
  } catch (error) {
    return { ...nothing, problems: [`${path}: it cannot be read: ${messageOf(error)}`] };
  }
}

function join(looks: readonly Look[]): RefineWorkspaceResult {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  return {
    files: looks.flatMap(({ refined }) => refined ?? []),
    totals: { policies: sum(looks.map((look) => look.policies)), unmatched: sum(looks.map((look) => look.unmatched)) },
    problems: looks.flatMap((look) => look.problems),
  };
}

function describePolicy({ policy, changes, caution }: RefinedPolicyText, document: TextDocument): RefinedPolicy {
  const { match, refined } = policy;
  const { pointer, address } = policy.document;
  const { granted = 0, unused = 0 } = refined?.refinement.totals ?? {};
  return {
    pointer,
    ...(address !== undefined && { address }),
    principals: match.kind === 'matched' ? match.principals.map(({ name }) => name) : [],
    why: match.why,
    totals: { granted, unused },
    ...(caution !== undefined && { confirm: caution }),
    edits: toTextEdits(document, changes),
  };
}
