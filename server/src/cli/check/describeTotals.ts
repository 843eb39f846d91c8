import { count, groupDigits } from '../../service/text.ts';
import type { Totals } from './format.ts';

/** The sum of a check, in a line. */
export function describeTotals({ policies, unmatched, flagged, problems, granted, unused, known }: Totals): string {
  if (policies === 0) return 'No policy was found';
  const all = count(policies, 'policy', 'policies');
  if (unmatched === policies) return `No findings apply to ${all}`;
  const accepted = known > 0 ? `; ${count(known, 'known problem')} not shown` : '';
  const rest = (unmatched > 0 ? `; no findings apply to ${groupDigits(unmatched)} of them` : '') + accepted;
  if (problems === 0) return `Nothing ${known > 0 ? 'new ' : ''}is reported unused in ${all}${rest}`;
  const what = `${groupDigits(unused)} of ${count(granted, 'granted action')} unused`;
  return `${count(problems, 'problem')} in ${groupDigits(flagged)} of ${all}: ${what}${rest}`;
}
