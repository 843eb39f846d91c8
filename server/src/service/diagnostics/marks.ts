import type { PolicyAnalysis } from '../analysis.ts';
import { type Evidence, evidenceOf } from '../findings/combine.ts';
import type { Span } from '../json/span.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted, unusedActions } from '../refine/grant.ts';
import type { Exclusions } from '../refine/notAction.ts';
import type { StatementPlan } from '../refine/statementPlan.ts';
import { describeOutgrown, measureChanges, outgrowsQuota } from '../size.ts';
import { count, day, groupDigits, quote } from '../text.ts';
import { byWhom, describeUse } from '../wording.ts';
import { DiagnosticCode } from './codes.ts';

/** One mark: what is wrong, where, and which actions it is about. */
export interface Mark {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly pointer: string;
  readonly message: string;
  readonly unused: readonly string[];
  /** What becomes of the statement that it is in; absent for one of the whole policy. */
  readonly plan?: StatementPlan;
  /** Which of the statement's entries it is about; absent for one of the whole statement. */
  readonly index?: number;
}

/**
 * The marks of a policy: one an entry, but one for the statement where a statement would go, and one for the policy where
 * all would go.
 */
export function* marksOf(policy: PolicyAnalysis): Iterable<Mark> {
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
  // A policy that does not fit as it stands cannot outgrow its quota, and writing the changes of a large one takes time.
  if (policy.document.size > policy.document.quota) return;
  const size = measureChanges(policy.document, refinement.changes);
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

function* exclusionMarks(plan: StatementPlan, { grants, unused, added }: Exclusions, who: string): Iterable<Mark> {
  const { statement } = plan;
  if (added.length === 0) return;
  const part = unused > 0 ? `${groupDigits(unused)} of them` : 'and whole services that are';
  yield {
    code: DiagnosticCode.overbroadNotAction,
    span: statement.elementSpan,
    pointer: statement.pointer,
    message: `'NotAction' grants ${count(countGranted(grants), 'action')} by not listing them, ${part} unused${who}`,
    unused: unusedActions(grants),
    plan,
  };
}

function statementMark(plan: StatementPlan, who: string): Mark {
  const { statement, entries } = plan;
  const unused = entries.flatMap(({ grants }) => unusedActions(grants));
  const message = `This statement grants only unused actions: ${count(unused.length, 'action')} unused${who}`;
  return {
    code: DiagnosticCode.unusedStatement,
    span: statement.elementSpan,
    pointer: statement.pointer,
    message,
    unused,
    plan,
  };
}

function* entryMarks(plan: StatementPlan, policy: PolicyAnalysis, who: string): Iterable<Mark> {
  const { statement, entries } = plan;
  for (const [index, entry] of entries.entries()) {
    const target = statement.entries[index];
    if (!target || (entry.unused === 0 && !entry.replacement)) continue;
    yield { ...describeEntry(entry, policy, who), span: target, pointer: target.pointer, plan, index };
  }
}

type Description = Pick<Mark, 'code' | 'message' | 'unused'>;

/** What was said of an entry: it depends on nothing but the entry and the findings, which its refinement stands for. */
const described = new WeakMap<EntryRefinement, Description>();

function describeEntry(entry: EntryRefinement, policy: PolicyAnalysis, who: string): Description {
  let description = described.get(entry);
  if (!description) {
    const whole = entry.unused === countGranted(entry.grants);
    const unused = unusedActions(entry.grants);
    description = {
      code: whole ? DiagnosticCode.unusedAction : DiagnosticCode.overbroadWildcard,
      message: whole ? unusedMessage(entry, unused, policy, who) : overbroadMessage(entry, unused, policy, who),
      unused,
    };
    described.set(entry, description);
  }
  return description;
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
export function findEvidence({ match }: PolicyAnalysis, action: string): Evidence | undefined {
  const colon = action.indexOf(':');
  return match.kind === 'matched'
    ? evidenceOf(match.findings, action.slice(0, colon), action.slice(colon + 1))
    : undefined;
}
