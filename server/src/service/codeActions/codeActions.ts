import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import { hasWildcard } from '../actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/codes.ts';
import type { DiagnosticData } from '../diagnostics/policyDiagnostics.ts';
import type { Entry, Span, StatementChange, TextChange } from '../policy/model.ts';
import { planStatement, type StatementPlan } from '../refine/policy.ts';
import { describeOutgrown, measureChanges, outgrowsQuota } from '../size.ts';
import { count, quote } from '../wording.ts';
import { toWorkspaceEdit, writeChanges } from './edits.ts';
import { FIX_ALL_KIND, isRequested } from './kinds.ts';

const QUICK_FIX = 'quickfix';

/** What a code action request asks for. */
export interface CodeActionRequest {
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
  /** The kinds asked for; all when absent. */
  readonly only?: readonly string[];
  /** Whether the client can check an edit's version. */
  readonly versioned: boolean;
}

/**
 * The fixes for what stands at a range, most wanted first: this entry, this entry exactly, this statement, the whole policy;
 * and fix-all for the file. Every edit is proven; where a proof fails there is none. A file with syntax errors is not edited.
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
      const edit = toWorkspaceEdit(document, changes, request.versioned);
      actions.push({ title: 'Refine all policies in this file', kind: FIX_ALL_KIND, edit });
    }
  }
  return actions;
}

/** The changes that fix-all makes to one policy: none that IAM would refuse for their size, because nobody looks at fix-all. */
function fixAllChanges(analysis: FileAnalysis, { document, refined }: PolicyAnalysis): TextChange[] {
  const statements = refined?.refinement.changes ?? [];
  if (statements.length === 0) return [];
  const changes = writeChanges(analysis, document, statements);
  return outgrowsQuota(measureChanges(analysis, document, changes)) ? [] : changes;
}

function* quickFixes(document: TextDocument, analysis: FileAnalysis, request: CodeActionRequest): Iterable<CodeAction> {
  const start = document.offsetAt(request.range.start);
  const end = document.offsetAt(request.range.end);
  const touches = (span: Span) => span.start <= end && start <= span.end;
  for (const policy of analysis.policies) {
    if (!policy.refined || policy.refined.refinement.emptied || !touches(policy.document)) continue;
    const touched = policy.refined.refinement.statements.filter(({ statement }) => touches(statement));
    const fixes = touched.flatMap((plan) => statementFixes(plan, policy, touches));
    if (fixes.length === 0) continue;
    for (const fix of [...fixes, ...policyFix(policy)]) yield writeFix(document, analysis, policy, fix, request);
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
  const size = measureChanges(analysis, policy.document, changes);
  const outgrown = outgrowsQuota(size);
  return {
    title: outgrown ? `${fix.title} (too large then: ${describeOutgrown(size)})` : fix.title,
    kind: QUICK_FIX,
    diagnostics: request.diagnostics.filter(
      (diagnostic) => fix.pointer !== undefined && isMarkOf(diagnostic, fix.pointer),
    ),
    ...(fix.preferred && !outgrown && { isPreferred: true }),
    edit: toWorkspaceEdit(document, changes, request.versioned),
  };
}

/** A fix before it is written in the file's syntax. */
interface Fix {
  readonly title: string;
  /** What the fix repairs; absent for fixes that reach further than one mark. */
  readonly pointer?: string;
  readonly preferred: boolean;
  readonly changes: readonly StatementChange[];
}

function statementFixes(plan: StatementPlan, policy: PolicyAnalysis, touches: (span: Span) => boolean): Fix[] {
  const { change, statement, exclusions } = plan;
  if (!plan.removed && !exclusions) return entryFixes(plan, policy, touches);
  if (!change || !touches(plan.removed ? statement : statement.elementSpan)) return [];
  const title = exclusions
    ? `Exclude ${count(exclusions.unused, 'unused action')} in 'NotAction'`
    : 'Remove unused statement';
  const unknown = exclusions?.grants.some((grant) => grant.unknown.length > 0) ?? false;
  return [{ title, pointer: statement.pointer, preferred: !unknown, changes: [change] }];
}

function entryFixes(plan: StatementPlan, policy: PolicyAnalysis, touches: (entry: Entry) => boolean): Fix[] {
  const { refined } = policy;
  if (!refined) return [];
  const fixes = plan.statement.entries.flatMap((entry, index) => {
    const replacement = plan.entries[index]?.replacement;
    if (!replacement || !touches(entry)) return [];
    const own = planStatement(plan.statement, refined.context, (other) => other === entry);
    const exact = planStatement(
      plan.statement,
      { ...refined.context, generalization: 'exact' },
      (other) => other === entry,
    );
    return [
      ...entryFix(entry, index, own, true, refined.context.catalogue.date),
      ...exactFix(entry, index, own, exact),
    ];
  });
  const changed = plan.entries.filter(({ replacement }) => replacement !== undefined).length;
  if (fixes.length > 0 && changed > 1 && plan.change) {
    fixes.push({
      title: `Refine this statement (${count(changed, 'entry', 'entries')})`,
      preferred: false,
      changes: [plan.change],
    });
  }
  return fixes;
}

function entryFix(entry: Entry, index: number, plan: StatementPlan, preferred: boolean, date: string): Fix[] {
  const refined = plan.entries[index];
  if (!plan.change || !refined?.replacement) return [];
  const { replacement, grants } = refined;
  // A reported name that the catalogue lacks says that it is too old to be fully trusted with the service's wildcards.
  const unknown = hasWildcard(entry.value) ? grants.flatMap(({ unused }) => unused?.unknown ?? []) : [];
  const caution =
    unknown.length > 0
      ? `, with caution: ${count(unknown.length, 'reported action')} unknown to the catalogue of ${date}`
      : '';
  return [
    {
      title: entryTitle(entry.value, replacement) + caution,
      pointer: entry.pointer,
      preferred: preferred && caution === '',
      changes: [plan.change],
    },
  ];
}

function entryTitle(entry: string, replacement: readonly string[]): string {
  const [first, ...others] = replacement;
  if (first === undefined) return `Remove unused action ${quote(entry)}`;
  if (others.length === 0) return `Replace ${quote(entry)} with ${quote(first)}`;
  const wildcards = replacement.filter((text) => text.includes('*')).length;
  return wildcards > 0
    ? `Replace ${quote(entry)} with ${replacement.length} safe prefixes: ${abbreviate(replacement)}`
    : `Replace ${quote(entry)} with the ${replacement.length} actions in use`;
}

/** Replaces a wildcard with the actions themselves, where that is not what the first fix does already. */
function exactFix(entry: Entry, index: number, own: StatementPlan, exact: StatementPlan): Fix[] {
  const replacement = exact.entries[index]?.replacement;
  if (!exact.change || !replacement || replacement.length === 0) return [];
  if (replacement.join() === own.entries[index]?.replacement?.join()) return [];
  return [
    {
      title: `Replace ${quote(entry.value)} with ${count(replacement.length, 'exact action')}`,
      pointer: entry.pointer,
      preferred: false,
      changes: [exact.change],
    },
  ];
}

function policyFix({ refined }: PolicyAnalysis): Fix[] {
  const refinement = refined?.refinement;
  if (!refinement || refinement.changes.length === 0) return [];
  return [
    {
      title: `Refine whole policy (${count(refinement.totals.unused, 'unused action')})`,
      preferred: false,
      changes: refinement.changes,
    },
  ];
}

function abbreviate(entries: readonly string[]): string {
  const shown = entries.slice(0, 2).join(', ');
  return entries.length > 2 ? `${shown}, …` : shown;
}

function isMarkOf(diagnostic: Diagnostic, pointer: string): boolean {
  return (
    diagnostic.source === DIAGNOSTIC_SOURCE && (diagnostic.data as DiagnosticData | undefined)?.pointer === pointer
  );
}
