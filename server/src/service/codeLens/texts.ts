import type { MatchedFindings } from '../findings/rules/outcome.ts';
import type { PolicyRefinement, Totals } from '../refine/policy.ts';
import { count, groupDigits } from '../text.ts';
import { namePrincipals } from '../wording.ts';

/** What a lens says, and what it says when the pointer rests on it. */
export interface LensText {
  readonly title: string;
  readonly tooltip?: string;
}

/** Over a policy: whose findings apply, and how much of what it grants is unused; behind it why these findings. */
export function policyText(match: MatchedFindings, refinement: PolicyRefinement): LensText {
  const who = namePrincipals(match.principals);
  const labels = match.principals.map(({ label }) => label).join(', ');
  return {
    title: who === '' ? capitalize(describeRefinement(refinement)) : `${who} · ${describeRefinement(refinement)}`,
    tooltip: `${labels === '' ? 'Findings apply' : `The findings about ${labels} apply`}, because ${match.why}`,
  };
}

/** Over a policy to which no findings apply. */
export function unmatchedText(why: string): LensText {
  return { title: 'No findings apply · Choose principal', tooltip: `No findings apply: ${why}` };
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
