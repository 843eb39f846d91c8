import { NameList } from '../actions/nameList.ts';
import { MS_PER_DAY, toTime } from './dates.ts';
import type { Finding, ReportedActions, ServiceReport, ServiceUsage } from './finding.ts';

/** The default of the setting `unusedAccessAge`, in days: what Access Analyzer takes by default. */
export const DEFAULT_UNUSED_ACCESS_AGE = 90;

/** What a finding calls unused, and what it shows as used: a service, and those of its actions of which that is known. */
export interface Verdict {
  readonly services: readonly ServiceReport[];
  readonly used: readonly { readonly service: string; readonly names: readonly string[] }[];
}

/**
 * What a finding says under the user's `unusedAccessAge`, in days. Access Analyzer has decided already; a last-accessed
 * report only tells when what was used, so what of it is unused is decided here, counted back from the report's own date.
 *
 * Readers keep the dates and leave the decision to this, which costs little and is made for one principal at a time: when
 * the setting changes, no file is read again.
 */
export function decideUnused(finding: Finding, unusedAccessAge: number): Verdict {
  if (!finding.usage) return { services: finding.services, used: [] };
  const reported = timeOfReport(finding.analyzedAt, finding.usage);
  // Without a date of its own nothing that was ever used is old.
  const since = reported === undefined ? Number.NEGATIVE_INFINITY : reported - unusedAccessAge * MS_PER_DAY;
  const judged = finding.usage.map((usage) => judgeService(usage, since));
  return { services: judged.flatMap(({ unused }) => unused ?? []), used: judged.flatMap(({ used }) => used ?? []) };
}

/** When a report was made. A date before something that the report shows as used is wrong, and tells nothing. */
function timeOfReport(date: string | undefined, usage: readonly ServiceUsage[]): number | undefined {
  const reported = toTime(date);
  if (reported === undefined) return undefined;
  const isLater = (used: string | undefined) => (toTime(used) ?? reported) > reported;
  return usage.some(({ lastAccessed, tracked }) => isLater(lastAccessed) || tracked?.lastAccessed?.some(isLater))
    ? undefined
    : reported;
}

function judgeService({ service, used, lastAccessed, tracked, place }: ServiceUsage, since: number): ServiceVerdict {
  const names = tracked ? splitByUse(tracked, since) : { unused: undefined, used: [] };
  const isUnused = (!used || isOlder(lastAccessed, since)) && names.used.length === 0;
  if (isUnused) {
    const date = lastAccessed === undefined ? {} : { lastAccessed };
    return { unused: { service, actions: 'whole', ...date, place } };
  }
  const verdict = { used: { service, names: names.used } };
  return names.unused ? { ...verdict, unused: { service, actions: names.unused, place } } : verdict;
}

interface ServiceVerdict {
  readonly used?: Verdict['used'][number];
  readonly unused?: ServiceReport;
}

/** An action without a date was never used; a date that cannot be read is one of use, because the doubt is the user's. */
function splitByUse(tracked: ReportedActions, since: number): { unused: ReportedActions; used: string[] } {
  const { names, lastAccessed, indexes, list, field } = tracked;
  const used: string[] = [];
  const unused = new NameList(names.service);
  const positions: number[] = [];
  let position = 0;
  for (const name of names) {
    const date = lastAccessed?.[position];
    if (date !== undefined && !isOlder(date, since)) used.push(name);
    else {
      if (!unused.addKnown(name)) unused.addUnknown(name);
      positions.push(position);
    }
    position++;
  }
  return {
    unused: {
      names: unused,
      ...(lastAccessed && { lastAccessed: positions.map((at) => lastAccessed[at]) }),
      indexes: positions.map((at) => indexes?.[at] ?? at),
      list,
      ...(field !== undefined && { field }),
    },
    used,
  };
}

function isOlder(date: string | undefined, since: number): boolean {
  const time = toTime(date);
  return time !== undefined && time < since;
}
