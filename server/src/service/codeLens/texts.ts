import type { PolicyRefinement, Totals } from '../refine/policy.ts';
import { count, groupDigits } from '../text.ts';
import type { Match } from '../whose/match.ts';
import { namePrincipals } from '../wording.ts';

/** What a lens says, and what it says when the pointer rests on it. */
export interface LensText {
  readonly title: string;
  readonly tooltip?: string;
}

/** Over a policy: whose findings apply, and how much of what it grants is unused; behind it why these findings. */
export function policyText(match: Match, refinement: PolicyRefinement): LensText {
  const who = namePrincipals(match.principals);
  const labels = match.principals.map(({ label }) => label).join(', ');
  return {
    title: who === '' ? capitalize(describeRefinement(refinement)) : `${who} · ${describeRefinement(refinement)}`,
    tooltip: `${labels === '' ? 'Findings apply' : `The findings about ${labels} apply`}, because ${match.basis}`,
  };
}

/** Over a policy to which somebody's findings likely apply: `prod-app? · 22 of 58 unused if so`. */
export function likelyText({ principals, basis }: Match, refinement: PolicyRefinement): LensText {
  const labels = principals.map(({ label }) => label).join(', ');
  return {
    title: `${namePrincipals(principals)}? · ${describeRefinement(refinement)} if so`,
    tooltip: `The findings about ${labels} likely apply: ${basis}`,
  };
}

/** Over a policy to which no findings apply. */
export function openText({ kind, basis }: Match): LensText {
  const title = kind === 'ambiguous' ? 'Several roles or users possible' : 'No findings apply';
  return { title: `${title} · Choose principal`, tooltip: `${title}: ${basis}` };
}

/** Over a statement that grants something unused. */
export function statementText(totals: Pick<Totals, 'granted' | 'unused'>): LensText {
  return { title: capitalize(describeAmounts(totals)) };
}

function describeRefinement({ emptied, changes, totals }: PolicyRefinement): string {
  if (emptied) return 'all it grants is unused: detach it';
  if (totals.unused > 0) return describeAmounts(totals);
  // Of a service that no catalogue knows, no actions can be counted.
  if (changes.length > 0) return 'it grants services that are unused as a whole';
  return totals.granted > 0
    ? `none of ${count(totals.granted, 'granted action')} unused`
    : 'it grants no known actions';
}

function describeAmounts({ granted, unused }: Pick<Totals, 'granted' | 'unused'>): string {
  return unused === granted && granted > 1
    ? `all ${count(granted, 'granted action')} unused`
    : `${groupDigits(unused)} of ${count(granted, 'granted action')} unused`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
