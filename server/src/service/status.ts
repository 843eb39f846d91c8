import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import { daysSince, isOld, toTime } from './findings/dates.ts';
import type { Finding } from './findings/finding.ts';
import type { JsonPlace } from './json/locate.ts';
import { findTarget, type TargetQuery } from './target.ts';
import { day } from './text.ts';

/** A report that applies to a policy: where it stands, and from when it is. */
export interface AppliedReport {
  readonly file: string;
  readonly place: JsonPlace;
  /** As a date, `2026-11-01`; absent where the file does not tell. */
  readonly analyzedOn?: string;
  /** In days. */
  readonly age?: number;
  /** Whether that is so long ago that one should get them anew. */
  readonly isOld?: boolean;
}

/**
 * The policy of a file that is meant: the one of this pointer, or that holds the statement of this pointer; else the one
 * around the offset; else the first identity policy. `undefined` where the pointer leads nowhere any more, or there is no policy.
 */
export function choosePolicy(analysis: FileAnalysis, query: TargetQuery): PolicyAnalysis | undefined {
  const target = findTarget(analysis, query);
  if (target || query.pointer !== undefined) return target?.policy;
  const { policies } = analysis;
  return policies.find(({ document }) => document.kind === 'identity') ?? policies[0];
}

/**
 * The reports that apply to a policy, newest first, a file and date once.
 * @param now in milliseconds since 1970
 */
export function appliedReports({ match }: PolicyAnalysis, now: number): AppliedReport[] {
  if (match.kind !== 'matched') return [];
  const reports = new Map<string, AppliedReport & { readonly time: number }>();
  for (const finding of match.findings.sources ?? []) {
    const place = placeOf(finding);
    const { file, analyzedAt } = finding;
    const time = toTime(analyzedAt);
    const report = {
      file,
      place,
      time: time ?? Number.NEGATIVE_INFINITY,
      ...(analyzedAt !== undefined && { analyzedOn: day(analyzedAt) }),
      ...(time !== undefined && ageOf(time, now)),
    };
    const key = `${file}\n${report.analyzedOn}`;
    if (!reports.has(key)) reports.set(key, report);
  }
  return [...reports.values()].sort((a, b) => b.time - a.time).map(({ time: _, ...report }) => report);
}

function ageOf(time: number, now: number): Pick<AppliedReport, 'age' | 'isOld'> {
  const age = daysSince(time, now);
  return { age, isOld: isOld(age) };
}

/** Where a finding's first service stands; the start of its file where it has none. */
function placeOf({ services, usage }: Finding): JsonPlace {
  return (services[0] ?? usage?.[0])?.place ?? { offset: 0, path: [] };
}
