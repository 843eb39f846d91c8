import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type DiagnosticSeverity,
  DiagnosticTag,
  type Location,
} from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { type Evidence, evidenceOf } from '../findings/combine.ts';
import type { Span } from '../policy/model.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted, unusedActions } from '../refine/grant.ts';
import type { Exclusions } from '../refine/notAction.ts';
import type { StatementPlan } from '../refine/policy.ts';
import { describeOutgrown, measureRefinement, outgrowsQuota } from '../size.ts';
import { byWhom, count, day, describeUse, groupDigits, quote } from '../wording.ts';
import { CODE_DESCRIPTIONS, DIAGNOSTIC_SOURCE, DiagnosticCode } from './codes.ts';

/** What a diagnostic carries for whoever fixes it: the JSON pointer of the entry, statement or policy it marks. */
export interface DiagnosticData {
  readonly pointer: string;
}

/** How to make diagnostics. */
export interface DiagnosticOptions {
  readonly severity: DiagnosticSeverity;
  /** The place of a report in its findings file; `undefined` where it cannot be shown. */
  readonly locate: (evidence: Evidence) => Location | undefined;
}

/** How many reports a diagnostic links to; a wildcard may have hundreds. */
const MAX_RELATED = 3;

/**
 * The marks of a file's policies: one an entry, but one for the statement where a statement would go,
 * and one for the policy where all would go.
 */
export function policyDiagnostics(
  document: TextDocument,
  analysis: FileAnalysis,
  options: DiagnosticOptions,
): Diagnostic[] {
  return analysis.policies.flatMap((policy) =>
    [...marksOf(analysis, policy)].map((mark) => toDiagnostic(document, mark, policy, options)),
  );
}

interface Mark {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly pointer: string;
  readonly message: string;
  readonly unused: readonly string[];
}

function* marksOf(analysis: FileAnalysis, policy: PolicyAnalysis): Iterable<Mark> {
  if (!policy.refined || policy.match.kind !== 'matched') return;
  const { refinement } = policy.refined;
  const who = byWhom(policy.match);
  if (refinement.emptied) {
    const unused = refinement.statements.flatMap((plan) => plan.entries.flatMap(({ grants }) => unusedActions(grants)));
    const message = `All that this policy grants is unused${who}; detach it, because IAM refuses an empty policy`;
    yield {
      code: DiagnosticCode.unusedPolicy,
      span: policy.document.heading,
      pointer: policy.document.pointer,
      message,
      unused,
    };
    return;
  }
  for (const plan of refinement.statements) {
    if (plan.removed) yield statementMark(plan, who);
    else if (plan.exclusions) yield* exclusionMarks(plan, plan.exclusions, who);
    else yield* entryMarks(plan, policy, who);
  }
  const size = measureRefinement(analysis, policy.document, refinement.changes);
  if (outgrowsQuota(size)) {
    const message = `Refined, this policy would have ${describeOutgrown(size)}`;
    yield {
      code: DiagnosticCode.policySize,
      span: policy.document.heading,
      pointer: policy.document.pointer,
      message,
      unused: [],
    };
  }
}

function* exclusionMarks({ statement }: StatementPlan, { grants, unused }: Exclusions, who: string): Iterable<Mark> {
  if (unused === 0) return;
  yield {
    code: DiagnosticCode.overbroadNotAction,
    span: statement.elementSpan,
    pointer: statement.pointer,
    message: `'NotAction' grants ${count(countGranted(grants), 'action')} by not listing them, ${groupDigits(unused)} of them unused${who}`,
    unused: unusedActions(grants),
  };
}

function statementMark({ statement, entries }: StatementPlan, who: string): Mark {
  const unused = entries.flatMap(({ grants }) => unusedActions(grants));
  const message = `This statement grants only unused actions: ${count(unused.length, 'action')} unused${who}`;
  return {
    code: DiagnosticCode.unusedStatement,
    span: statement.elementSpan,
    pointer: statement.pointer,
    message,
    unused,
  };
}

function* entryMarks({ statement, entries }: StatementPlan, policy: PolicyAnalysis, who: string): Iterable<Mark> {
  for (const [index, entry] of entries.entries()) {
    const target = statement.entries[index];
    if (!target || (entry.unused === 0 && !entry.replacement)) continue;
    const whole = entry.unused === countGranted(entry.grants);
    const unused = unusedActions(entry.grants);
    yield {
      code: whole ? DiagnosticCode.unusedAction : DiagnosticCode.overbroadWildcard,
      span: target,
      pointer: target.pointer,
      message: whole ? unusedMessage(entry, unused, policy, who) : overbroadMessage(entry, unused, policy, who),
      unused,
    };
  }
}

function unusedMessage(
  { entry }: EntryRefinement,
  unused: readonly string[],
  policy: PolicyAnalysis,
  who: string,
): string {
  const [only, ...others] = unused;
  if (only === undefined) return `${quote(entry)} lies in a service that is unused as a whole${who}`;
  if (others.length > 0)
    return `${quote(entry)} grants only unused actions: ${count(unused.length, 'action')} unused${who}`;
  const evidence = findEvidence(policy, only);
  const isDated = evidence?.analyzedAt !== undefined || evidence?.lastAccessed !== undefined;
  return `${quote(entry)} is unused${who}${isDated ? `: ${describeUse(evidence)}` : ''}`;
}

function overbroadMessage(
  { entry, grants }: EntryRefinement,
  unused: readonly string[],
  policy: PolicyAnalysis,
  who: string,
): string {
  const analyzedAt = findEvidence(policy, unused[0] ?? '')?.analyzedAt;
  const when = analyzedAt === undefined ? '' : ` (analyzed on ${day(analyzedAt)})`;
  return `${quote(entry)}: ${unused.length} of ${countGranted(grants)} granted actions unused${who}${when}`;
}

/** What speaks for calling an action, given as `service:Name`, unused. */
function findEvidence({ match }: PolicyAnalysis, action: string): Evidence | undefined {
  const colon = action.indexOf(':');
  return match.kind === 'matched'
    ? evidenceOf(match.findings, action.slice(0, colon), action.slice(colon + 1))
    : undefined;
}

function toDiagnostic(
  document: TextDocument,
  mark: Mark,
  policy: PolicyAnalysis,
  { severity, locate }: DiagnosticOptions,
): Diagnostic {
  // Fading says "this may go". A wildcard of which a part is in use may not.
  const fades = mark.code === DiagnosticCode.unusedAction || mark.code === DiagnosticCode.unusedStatement;
  return {
    range: { start: document.positionAt(mark.span.start), end: document.positionAt(mark.span.end) },
    severity,
    code: mark.code,
    codeDescription: { href: CODE_DESCRIPTIONS[mark.code] },
    source: DIAGNOSTIC_SOURCE,
    message: mark.message,
    ...(fades && { tags: [DiagnosticTag.Unnecessary] }),
    relatedInformation: relatedInformation(mark.unused, policy, locate),
    data: { pointer: mark.pointer } satisfies DiagnosticData,
  };
}

function relatedInformation(
  unused: readonly string[],
  policy: PolicyAnalysis,
  locate: DiagnosticOptions['locate'],
): DiagnosticRelatedInformation[] {
  const rows: DiagnosticRelatedInformation[] = [];
  for (const action of unused.slice(0, MAX_RELATED)) {
    const evidence = findEvidence(policy, action);
    const location = evidence && locate(evidence);
    if (!evidence || !location) continue;
    const more = unused.length - MAX_RELATED;
    const rest = rows.length === MAX_RELATED - 1 && more > 0 ? `, and ${more} more` : '';
    rows.push({ location, message: `${quote(action)}: ${describeUse(evidence)}${rest}` });
  }
  return rows;
}
