import { hasWildcard } from './actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import type { StatementChange } from './policy/model.ts';
import type { PolicyRefinement } from './refine/policy.ts';
import { SeenActions } from './refine/seenActions.ts';
import type { StatementPlan } from './refine/statementPlan.ts';
import { count, lineOf } from './text.ts';
import { byWhom, describeTotals } from './wording.ts';

/** What comes of the wish to refine a whole policy, or all policies of a file. */
export interface Outcome {
  /** `refined`: there are changes to make; `nothing`: there is nothing to do; `refused`: something is in the way. */
  readonly kind: 'refined' | 'nothing' | 'refused';
  /** One or two sentences for the user, without a full stop at the end. */
  readonly message: string;
  /** The policies to write, with their changes. */
  readonly changes: readonly { readonly policy: PolicyAnalysis; readonly changes: readonly StatementChange[] }[];
}

/**
 * What comes of refining the policy at `offset`, or all policies of the file where no policy stands there.
 * When there is nothing to do, the message says why.
 */
export function refineOutcome(analysis: FileAnalysis, offset?: number): Outcome {
  const [problem] = analysis.file.problems;
  if (problem)
    return refused(
      `This file is left as it is, because of line ${lineOf(analysis.text, problem.start)}: ${problem.message}`,
    );
  const at = analysis.policies.filter(
    ({ document }) => offset !== undefined && document.start <= offset && offset <= document.end,
  );
  const policies = at.length > 0 ? at : analysis.policies;
  if (policies.length === 0) return nothing('There is no IAM policy in this file');
  const changed = policies.flatMap((policy) => {
    const changes = policy.refined?.refinement.changes ?? [];
    return changes.length > 0 ? [{ policy, changes }] : [];
  });
  if (changed.length > 0) {
    const message = describeChanged(changed.map(({ policy }) => policy));
    return { kind: 'refined', message: [message, ...describeEmptied(policies)].join('. '), changes: changed };
  }
  const [first] = policies;
  const verdicts = policies.map(policyOutcome);
  const refusal = verdicts.find(({ kind }) => kind === 'refused');
  if (refusal || policies.length === 1 || !first) return refusal ?? (verdicts[0] as Outcome);
  const reasons = new Set(verdicts.map(({ message }) => message));
  return reasons.size === 1
    ? (verdicts[0] as Outcome)
    : nothing(`Nothing to refine in the ${policies.length} policies of this file: ${[...reasons].join('; ')}`);
}

function nothing(message: string): Outcome {
  return { kind: 'nothing', message, changes: [] };
}

function refused(message: string): Outcome {
  return { kind: 'refused', message, changes: [] };
}

/** What comes of a policy of which nothing is rewritten, and why. */
export function policyOutcome({ document, match, refined }: PolicyAnalysis): Outcome {
  if (document.kind === 'other')
    return nothing('This policy is left alone: unused-access findings speak of identity policies only');
  if (match.kind === 'unmatched' && match.blocked) return refused(`Nothing is refined, because ${match.why}`);
  if (!refined) return nothing(`Nothing to refine: ${match.why}`);
  const { refinement } = refined;
  const who = byWhom(match);
  if (refinement.proof !== 'ok')
    return refused(
      `This policy is not refined, because its proof failed: ${refinement.proof}. Please report this as a bug`,
    );
  if (refinement.emptied)
    return refused(`All that this policy grants is unused${who}. Detach it: IAM refuses a policy without statements`);
  if (refinement.statements.length === 0)
    return nothing('Nothing to refine: no Allow statement of this policy lists actions');
  const { granted, unused } = refinement.totals;
  if (unused > 0 && refinement.statements.some(isStuck))
    return nothing(
      `Nothing to refine: ${count(unused, 'action')} unused${who}, in a statement that cannot be removed from where it stands`,
    );
  if (unused > 0)
    return nothing(
      `Nothing to refine: ${count(unused, 'action')} unused${who}, all granted by wildcards of which the catalogue knows nothing`,
    );
  return nothing(`Nothing to refine: none of the ${count(granted, 'granted action')} is reported unused${who}`);
}

/** Whether nothing would be left of a statement whose place forbids to remove it, such as a branch of `Fn::If`. */
function isStuck({ statement, entries }: StatementPlan): boolean {
  return statement.mustStay && entries.length > 0 && entries.every(({ replacement }) => replacement?.length === 0);
}

function describeChanged(policies: readonly PolicyAnalysis[]): string {
  const refinements = policies.flatMap(({ refined }) => refined?.refinement ?? []);
  const { fromWildcards, exact } = countRemoved(refinements);
  const statementsRemoved = sum(refinements, ({ totals }) => totals.statementsRemoved);
  const rewritten = sum(refinements, ({ changes }) => changes.filter(({ change }) => change.kind !== 'remove').length);
  const where = policies.length > 1 ? ` in ${policies.length} policies` : '';
  const catalogue = policies[0]?.refined?.context.catalogue;
  const proof = `Proven: of the ${count(catalogue?.size ?? 0, 'action')} known on ${catalogue?.date}, nothing lost, nothing left, nothing gained`;
  return `${describeTotals(fromWildcards, exact, { statementsRemoved }, rewritten)}${where}. ${proof}`;
}

/** Policies that are left as they are beside others that were refined, and yet want something done. */
function describeEmptied(policies: readonly PolicyAnalysis[]): string[] {
  const emptied = policies.filter(({ refined }) => refined?.refinement.emptied);
  return emptied.map((policy) => `${policy.document.pointer}: ${policyOutcome(policy).message}`);
}

/** Unused actions by what granted them: a wildcard, or only entries that name one action. Each counts once a policy. */
function countRemoved(refinements: readonly PolicyRefinement[]): { fromWildcards: number; exact: number } {
  const removed = { fromWildcards: 0, exact: 0 };
  for (const { statements } of refinements) {
    const seen = new SeenActions();
    const changed = statements.flatMap(({ entries }) => entries.filter(({ replacement }) => replacement));
    const [wildcards, exact] = [true, false].map((wild) => changed.filter(({ entry }) => hasWildcard(entry) === wild));
    for (const { grants } of wildcards ?? []) seen.addAll(grants);
    for (const { exclusions } of statements) seen.addAll(exclusions?.grants ?? []);
    removed.fromWildcards += seen.unused;
    const before = seen.unused;
    for (const { grants } of exact ?? []) seen.addAll(grants);
    removed.exact += seen.unused - before;
  }
  return removed;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
