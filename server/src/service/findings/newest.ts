import { toTime } from './dates.ts';
import type { Finding } from './finding.ts';

/**
 * The newest answers about each finding: one, or several pages of the same time. An older answer has no say, whatever its
 * status. Findings without an id stand for themselves.
 */
export function newestPerId(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<unknown, Finding[]>();
  for (const finding of findings) {
    const key = finding.id ?? finding;
    const known = groups.get(key);
    const order = known ? compareAge(finding, known[0] as Finding) : 1;
    if (!known || order > 0) groups.set(key, [finding]);
    else if (order === 0) known.push(finding);
  }
  return [...groups.values()];
}

/** The later update is the newer answer, then the later analysis. One without a date that can be read is the oldest. */
function compareAge(a: Finding, b: Finding): number {
  return timeOf(a.updatedAt) - timeOf(b.updatedAt) || timeOf(a.analyzedAt) - timeOf(b.analyzedAt);
}

function timeOf(date: string | undefined): number {
  return toTime(date) ?? 0;
}
