import { hasWildcard } from './actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import type { StatementChange } from './policy/model.ts';
import { countActions } from './refine/policy.ts';
import { SeenActions } from './refine/seenActions.ts';
import type { StatementPlan } from './refine/statementPlan.ts';
import { findTarget, type Target, type TargetQuery } from './target.ts';
import { count, lineOf } from './text.ts';
import { byWhom, describeTotals } from './wording.ts';

/** What comes of the wish to refine a statement, a whole policy, or all policies of a file. */
export interface Outcome {
  /** `refined`: there are changes to make; `nothing`: there is nothing to do; `refused`: something is in the way. */
  readonly kind: 'refined' | 'nothing' | 'refused';
  /** One or two sentences for the user, without a full stop at the end. */
  readonly message: string;
  /** The policies to write, with their changes. */
  readonly changes: readonly { readonly policy: PolicyAnalysis; readonly changes: readonly StatementChange[] }[];
}

/** What is to be refined of a policy, and the changes that do it. */
interface Part extends Target {
  readonly plans: readonly StatementPlan[];
  readonly changes: readonly StatementChange[];
}

/**
 * What comes of refining the statement or policy that is asked for, or all policies of the file where no policy stands at the
 * cursor. When there is nothing to do, the message says why.
 */
export function refineOutcome(analysis: FileAnalysis, query: TargetQuery = {}): Outcome {
  const [problem] = analysis.file.problems;
  if (problem)
    return refused(
      `This file is left as it is, because of line ${lineOf(analysis.text, problem.start)}: ${problem.message}`,
    );
  const target = findTarget(analysis, query);
  if (!target && query.pointer !== undefined)
    return refused('What was to be refined is no longer there: the file changed meanwhile, and was left as it is');
  const targets: readonly Target[] = target ? [target] : analysis.policies.map((policy) => ({ policy }));
  if (targets.length === 0) return nothing('There is no IAM policy in this file');
  const parts = targets.map(toPart);
  const changed = parts.filter(({ changes }) => changes.length > 0);
  if (changed.length > 0) {
    const message = [describeChanged(changed), ...describeEmptied(parts)].join('. ');
    return { kind: 'refined', message, changes: changed.map(({ policy, changes }) => ({ policy, changes })) };
  }
  const verdicts = parts.map(describeUnchanged);
  const refusal = verdicts.find(({ kind }) => kind === 'refused');
  if (refusal || verdicts.length === 1) return refusal ?? (verdicts[0] as Outcome);
  const reasons = new Set(verdicts.map(({ message }) => message));
  return reasons.size === 1
    ? (verdicts[0] as Outcome)
    : nothing(`Nothing to refine in the ${parts.length} policies of this file: ${[...reasons].join('; ')}`);
}

function toPart(target: Target): Part {
  const { policy, statement } = target;
  const refinement = policy.refined?.refinement;
  if (!statement) return { ...target, plans: refinement?.statements ?? [], changes: refinement?.changes ?? [] };
  const plans = (refinement?.statements ?? []).filter((plan) => plan.statement === statement);
  // The last statements of a policy cannot be removed one by one either.
  return { ...target, plans, changes: refinement?.emptied ? [] : plans.flatMap(({ change }) => change ?? []) };
}

function nothing(message: string): Outcome {
  return { kind: 'nothing', message, changes: [] };
}

function refused(message: string): Outcome {
  return { kind: 'refused', message, changes: [] };
}

/** What comes of a policy of which nothing is rewritten, and why. */
export function policyOutcome(policy: PolicyAnalysis): Outcome {
  return describeUnchanged(toPart({ policy }));
}

function describeUnchanged({ policy, statement, plans }: Part): Outcome {
  const { document, match, refined } = policy;
  if (document.kind === 'other')
    return nothing('This policy is left alone: unused-access findings speak of identity policies only');
  if (match.kind === 'unmatched' && match.blocked) return refused(`Nothing is refined, because ${match.why}`);
  if (!refined) return nothing(`Nothing to refine: ${match.why}`);
  const who = byWhom(match);
  const failed = plans.find(({ verdict }) => verdict !== 'ok');
  if (failed)
    return refused(
      `This policy is not refined, because its proof failed: ${failed.verdict}. Please report this as a bug`,
    );
  if (refined.refinement.emptied)
    return refused(`All that this policy grants is unused${who}. Detach it: IAM refuses a policy without statements`);
  if (plans.length === 0) return nothing(describeNoPlans(statement !== undefined));
  const { granted, unused } = countActions(plans);
  if (unused > 0 && plans.some(({ isStuck }) => isStuck))
    return nothing(
      `Nothing to refine: ${count(unused, 'action')} unused${who}, in a statement that cannot be removed from where it stands`,
    );
  if (unused > 0)
    return nothing(
      `Nothing to refine: ${count(unused, 'action')} unused${who}, all granted by wildcards of which the catalogue knows nothing`,
    );
  return nothing(`Nothing to refine: none of the ${count(granted, 'granted action')} is reported unused${who}`);
}

function describeNoPlans(isStatement: boolean): string {
  return isStatement
    ? 'This statement is left alone: only Allow statements that name no principal are refined'
    : 'Nothing to refine: no Allow statement of this policy lists actions';
}

function describeChanged(parts: readonly Part[]): string {
  const { fromWildcards, exact } = countRemoved(parts);
  const changes = parts.flatMap((part) => part.changes);
  const statementsRemoved = changes.filter(({ change }) => change.kind === 'remove').length;
  const where = parts.length > 1 ? ` in ${parts.length} policies` : '';
  const catalogue = parts[0]?.policy.refined?.context.catalogue;
  const proof = `Proven: of the ${count(catalogue?.size ?? 0, 'action')} known on ${catalogue?.date}, nothing lost, nothing left, nothing gained`;
  const totals = describeTotals(fromWildcards, exact, { statementsRemoved }, changes.length - statementsRemoved);
  return `${totals}${where}. ${proof}`;
}

/** Policies that are left as they are beside others that were refined, and yet want something done. */
function describeEmptied(parts: readonly Part[]): string[] {
  const emptied = parts.filter(({ policy }) => policy.refined?.refinement.emptied);
  return emptied.map((part) => `${part.policy.document.pointer}: ${describeUnchanged(part).message}`);
}

/** Unused actions by what granted them: a wildcard, or only entries that name one action. Each counts once a policy. */
function countRemoved(parts: readonly Part[]): { fromWildcards: number; exact: number } {
  const removed = { fromWildcards: 0, exact: 0 };
  for (const { plans } of parts) {
    const seen = new SeenActions();
    const changed = plans.flatMap(({ entries }) => entries.filter(({ replacement }) => replacement));
    const [wildcards, exact] = [true, false].map((wild) => changed.filter(({ entry }) => hasWildcard(entry) === wild));
    for (const { grants } of wildcards ?? []) seen.addAll(grants);
    for (const { exclusions } of plans) seen.addAll(exclusions?.grants ?? []);
    removed.fromWildcards += seen.unused;
    const before = seen.unused;
    for (const { grants } of exact ?? []) seen.addAll(grants);
    removed.exact += seen.unused - before;
  }
  return removed;
}
