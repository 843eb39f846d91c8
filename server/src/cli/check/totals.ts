import { isUnmatched } from '../policies.ts';
import type { CheckedPolicy, Totals } from './format.ts';

/** Nothing yet. */
const ZERO: Totals = { policies: 0, unmatched: 0, flagged: 0, problems: 0, granted: 0, unused: 0, known: 0 };

/**
 * Counts the policies of a file.
 * @param known how many of their problems a baseline accepts; `undefined` where there is none
 */
export function totalsOf(policies: readonly CheckedPolicy[], known: number | undefined): Totals {
  return policies
    .map((policy) => totalsOfPolicy(policy, known !== undefined))
    .reduce(addTotals, { ...ZERO, known: known ?? 0 });
}

/** The sums of two counts. */
export function addTotals(a: Totals, b: Totals): Totals {
  return {
    policies: a.policies + b.policies,
    unmatched: a.unmatched + b.unmatched,
    flagged: a.flagged + b.flagged,
    problems: a.problems + b.problems,
    granted: a.granted + b.granted,
    unused: a.unused + b.unused,
    known: a.known + b.known,
  };
}

/** @param isPart whether what is known of the policy is not among its problems */
function totalsOfPolicy({ policy, problems }: CheckedPolicy, isPart: boolean): Totals {
  if (policy.document.kind !== 'identity') return ZERO;
  const totals = policy.refined?.refinement.totals;
  return {
    policies: 1,
    unmatched: isUnmatched(policy) ? 1 : 0,
    flagged: problems.length > 0 ? 1 : 0,
    problems: problems.length,
    granted: totals?.granted ?? 0,
    unused: isPart ? new Set(problems.flatMap(({ unused }) => unused)).size : (totals?.unused ?? 0),
    known: 0,
  };
}
