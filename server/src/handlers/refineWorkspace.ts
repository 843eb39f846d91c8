import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../messageOf.ts';
import type { Positions } from '../positions/positions.ts';
import {
  REFINE_WORKSPACE_REQUEST,
  type RefinedFile,
  type RefinedPolicy,
  type RefineWorkspaceParams,
  type RefineWorkspaceResult,
} from '../protocol.ts';
import { Slices } from '../runInSlices.ts';
import type { FileAnalysis } from '../service/analysis.ts';
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
  { workspace, policyFiles, positions }: HandlerContext,
  progress: WorkDoneProgressReporter,
  token: CancellationToken,
): Promise<RefineWorkspaceResult> {
  const result = new CollectedResult(positions);
  const slices = new Slices();
  for (const { uri: folder } of workspace.folders) {
    const uris = await policyFiles.list(folder);
    for (const [index, uri] of uris.entries()) {
      if (slices.isOver) {
        progress.report((100 * index) / uris.length, `${count(index, 'file')} of ${count(uris.length, 'file')}`);
        await slices.pause();
      }
      if (token.isCancellationRequested) break;
      try {
        const context = await workspace.fileContext(uri, folder);
        const analysis = context && (await policyFiles.analyze(uri, context));
        if (analysis) result.add(uri, pathInside(folder, uri), analysis);
      } catch (error) {
        result.problems.push(`${pathInside(folder, uri)}: it cannot be read: ${messageOf(error)}`);
      }
    }
  }
  return result;
}

class CollectedResult implements RefineWorkspaceResult {
  readonly files: RefinedFile[] = [];
  readonly totals = { policies: 0, unmatched: 0 };
  readonly problems: string[] = [];
  readonly #positions: Positions;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  add(uri: string, path: string, analysis: FileAnalysis): void {
    for (const { document, match } of analysis.policies) {
      if (document.kind !== 'identity') continue;
      this.totals.policies++;
      if (match.kind === 'unmatched') this.totals.unmatched++;
    }
    const { refined, problems } = refinedPolicies(analysis);
    for (const problem of problems) this.problems.push(`${path}: ${problem}`);
    if (refined.length === 0) return;
    const document = this.#positions.create(uri, '', 0, analysis.text);
    this.files.push({ uri, text: analysis.text, policies: refined.map((policy) => describePolicy(policy, document)) });
  }
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
