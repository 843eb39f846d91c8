import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/codes.ts';
import type { DiagnosticData } from '../diagnostics/policyDiagnostics.ts';
import type { Span } from '../json/span.ts';
import type { TextChange } from '../policy/model.ts';
import { describeOutgrown, measureChanges, outgrowsQuota } from '../size.ts';
import { toWorkspaceEdit, writeChanges } from './edits.ts';
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
  /** The client's command that keeps actions; absent where it has none. */
  readonly keepCommand?: string;
}

/**
 * The fixes for what stands at a range, most wanted first: this entry, this entry exactly, this statement, the whole policy,
 * or keeping what is unused; and fix-all for the file. Every edit is proven; where a proof fails there is none. A file with syntax errors is not edited.
 */
export function codeActions(document: TextDocument, analysis: FileAnalysis, request: CodeActionRequest): CodeAction[] {
  if (analysis.file.problems.length > 0) return [];
  const actions: CodeAction[] = [];
  if (isRequested(QUICK_FIX, request.only)) {
    for (const fix of quickFixes(document, analysis, request)) actions.push(fix);
  }
  if (isRequested(FIX_ALL_KIND, request.only)) {
    const changes = analysis.policies.flatMap((policy) => fixAllChanges(analysis, policy));
    if (changes.length > 0) {
      const edit = toWorkspaceEdit(document, analysis, changes, request.versioned);
      actions.push({ title: 'Refine all policies in this file', kind: FIX_ALL_KIND, edit });
    }
  }
  return actions;
}

/** The changes that fix-all makes to one policy: none that IAM would refuse for their size, because nobody looks at fix-all. */
function fixAllChanges(analysis: FileAnalysis, { document, refined }: PolicyAnalysis): TextChange[] {
  const statements = refined?.refinement.changes ?? [];
  if (statements.length === 0) return [];
  return outgrowsQuota(measureChanges(document, statements)) ? [] : writeChanges(analysis, document, statements);
}

function* quickFixes(document: TextDocument, analysis: FileAnalysis, request: CodeActionRequest): Iterable<CodeAction> {
  const start = document.offsetAt(request.range.start);
  const end = document.offsetAt(request.range.end);
  const touches = (span: Span) => span.start <= end && start <= span.end;
  for (const policy of analysis.policies) {
    if (!policy.refined || !touches(policy.document)) continue;
    const { statements, emptied } = policy.refined.refinement;
    const touched = statements.filter(({ statement }) => touches(statement));
    const fixes = emptied ? [] : touched.flatMap((plan) => statementFixes(plan, policy, touches));
    const all = fixes.length > 0 ? [...fixes, ...policyFix(policy)] : [];
    for (const fix of all) yield writeFix(document, analysis, policy, fix, request);
    const { keepCommand: command } = request;
    if (command === undefined) continue;
    for (const plan of touched) yield* keepActions(plan, touches, { command, uri: document.uri });
  }
}

function writeFix(
  document: TextDocument,
  analysis: FileAnalysis,
  policy: PolicyAnalysis,
  fix: Fix,
  request: CodeActionRequest,
): CodeAction {
  const changes = writeChanges(analysis, policy.document, fix.changes);
  const size = measureChanges(policy.document, fix.changes);
  const outgrown = outgrowsQuota(size);
  return {
    title: outgrown ? `${fix.title} (too large then: ${describeOutgrown(size)})` : fix.title,
    kind: QUICK_FIX,
    diagnostics: request.diagnostics.filter(
      (diagnostic) => fix.pointer !== undefined && isMarkOf(diagnostic, fix.pointer),
    ),
    ...(fix.preferred && !outgrown && { isPreferred: true }),
    edit: toWorkspaceEdit(document, analysis, changes, request.versioned),
  };
}

function isMarkOf(diagnostic: Diagnostic, pointer: string): boolean {
  return (
    diagnostic.source === DIAGNOSTIC_SOURCE && (diagnostic.data as DiagnosticData | undefined)?.pointer === pointer
  );
}
