import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/codes.ts';
import type { DiagnosticData } from '../diagnostics/policyDiagnostics.ts';
import type { Span } from '../json/span.ts';
import { describeOutgrown, measureChanges, outgrowsQuota } from '../size.ts';
import { type PolicyChanges, writeProven } from '../written/writeProven.ts';
import { toWorkspaceEdit } from './edits.ts';
import { type Fix, policyFix, statementFixes } from './fixes.ts';
import { keepActions } from './keepActions.ts';
import { FIX_ALL_KIND, isRequested, QUICK_FIX } from './kinds.ts';

/** What a code action request asks for. */
export interface CodeActionRequest {
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
  /** The kinds asked for; all when absent. */
  readonly only?: readonly string[];
  /** Whether the client can check an edit's version. */
  readonly versioned: boolean;
  /** Whether nobody asked: editors look for actions wherever the cursor goes, and show no fix-all then. */
  readonly isAutomatic?: boolean;
  /** Is told why a fix is not offered whose edit was refused. */
  readonly onRefused: (refusal: string) => void;
  /** The client's command that keeps actions; absent where it has none. */
  readonly keepCommand?: string;
}

/**
 * The fixes for what stands at a range, most wanted first: this entry, this entry exactly, this statement, the whole policy,
 * or keeping what is unused; and fix-all for the file. Every edit is proven, and so is what it writes; where a proof fails there is none. A file with syntax errors is not edited.
 */
export function codeActions(document: TextDocument, analysis: FileAnalysis, request: CodeActionRequest): CodeAction[] {
  if (analysis.file.problems.length > 0) return [];
  const actions: CodeAction[] = [];
  if (isRequested(QUICK_FIX, request.only)) {
    for (const fix of quickFixes(document, analysis, request)) actions.push(fix);
  }
  if (isRequested(FIX_ALL_KIND, request.only) && !(request.isAutomatic && !request.only)) {
    const { edits, refusal } = writeProven(analysis, analysis.policies.flatMap(fixAllChanges));
    if (refusal !== undefined) request.onRefused(refusal);
    if (edits.length > 0) {
      const edit = toWorkspaceEdit(document, analysis, edits, request.versioned);
      actions.push({ title: 'Refine all policies in this file', kind: FIX_ALL_KIND, edit });
    }
  }
  return actions;
}

/** The changes that fix-all makes to one policy: none that IAM would refuse for their size, because nobody looks at fix-all. */
function fixAllChanges({ document, refined }: PolicyAnalysis): PolicyChanges[] {
  const changes = refined?.refinement.changes ?? [];
  return changes.length === 0 || outgrowsQuota(measureChanges(document, changes)) ? [] : [{ document, changes }];
}

/**
 * For the fixes of one request so much is read again at most, in UTF-16 units. The first fix is offered always; the policies that IAM
 * takes leave room for a hundred more.
 */
const MAX_REREAD = 1_000_000;

function* quickFixes(document: TextDocument, analysis: FileAnalysis, request: CodeActionRequest): Iterable<CodeAction> {
  const start = document.offsetAt(request.range.start);
  const end = document.offsetAt(request.range.end);
  const touches = (span: Span) => span.start <= end && start <= span.end;
  let reread = 0;
  for (const policy of analysis.policies) {
    if (!policy.refined || !touches(policy.document)) continue;
    const { statements, emptied } = policy.refined.refinement;
    const touched = statements.filter(({ statement }) => touches(statement));
    const fixes = emptied ? [] : touched.flatMap((plan) => statementFixes(plan, policy, touches));
    const all = fixes.length > 0 ? [...fixes, ...policyFix(policy)] : [];
    for (const fix of all) {
      if (reread > MAX_REREAD) break;
      reread += policy.document.end - policy.document.start;
      yield* writeFix(document, analysis, policy, fix, request);
    }
    const { keepCommand: command } = request;
    if (command === undefined) continue;
    for (const plan of touched) yield* keepActions(plan, touches, { command, uri: document.uri });
  }
}

function* writeFix(
  document: TextDocument,
  analysis: FileAnalysis,
  policy: PolicyAnalysis,
  fix: Fix,
  request: CodeActionRequest,
): Iterable<CodeAction> {
  const { edits, refusal } = writeProven(analysis, [{ document: policy.document, changes: fix.changes }]);
  if (refusal !== undefined) {
    request.onRefused(refusal);
    return;
  }
  const size = measureChanges(policy.document, fix.changes);
  const outgrown = outgrowsQuota(size);
  yield {
    title: outgrown ? `${fix.title} (too large then: ${describeOutgrown(size)})` : fix.title,
    kind: QUICK_FIX,
    diagnostics: request.diagnostics.filter(
      (diagnostic) => fix.pointer !== undefined && isMarkOf(diagnostic, fix.pointer),
    ),
    ...(fix.preferred && !outgrown && { isPreferred: true }),
    edit: toWorkspaceEdit(document, analysis, edits, request.versioned),
  };
}

function isMarkOf(diagnostic: Diagnostic, pointer: string): boolean {
  return (
    diagnostic.source === DIAGNOSTIC_SOURCE && (diagnostic.data as DiagnosticData | undefined)?.pointer === pointer
  );
}
