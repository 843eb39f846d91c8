import type { ReportedService } from '../actions/unused.ts';
import type { JsonPath } from '../json/locate.ts';
import type { Finding } from './finding.ts';

/** Where a report stands, and what else it says. */
export interface Evidence {
  readonly file: string;
  readonly path: JsonPath;
  /** When the action (or service) was last used; absent when never within the tracking period. */
  readonly lastAccessed?: string;
  readonly analyzedAt?: string;
  readonly findingId?: string;
}

/** What several findings say together. */
export interface CombinedFindings {
  readonly services: ReadonlyMap<string, CombinedService>;
}

/** One service: unused as a whole, or by these names (in lower case). */
interface CombinedService {
  readonly whole?: Evidence;
  readonly actions: ReadonlyMap<string, Evidence>;
}

/**
 * What the findings of one principal say together. Per finding id the newest answer wins, and answers of the same time
 * are pages of one; only then is dropped what is not ACTIVE, so that an old export never overrules a newer one that
 * says RESOLVED. Several sources left over must agree: unused is what all of them call unused.
 *
 * `undefined` when nothing ACTIVE that speaks of permissions is left.
 */
export function combineFindings(findings: readonly Finding[]): CombinedFindings | undefined {
  const sources = newestPerId(findings)
    .filter((pages) => pages.every((page) => page.active))
    .map(unitePages)
    .filter((source) => source.services.size > 0);
  const [first, ...others] = sources;
  return first && others.reduce(intersect, first);
}

/** What is unused by both: the way to join sources that must agree, or principals that share a policy. */
export function intersect(a: CombinedFindings, b: CombinedFindings): CombinedFindings {
  const services = new Map<string, CombinedService>();
  for (const prefix of new Set([...a.services.keys(), ...b.services.keys()])) {
    const one = a.services.get(prefix) ?? a.services.get('*');
    const other = b.services.get(prefix) ?? b.services.get('*');
    if (one && other) services.set(prefix, intersectService(one, other));
  }
  return { services };
}

/** The combined findings as the refiner takes them. */
export function toReports({ services }: CombinedFindings): ReportedService[] {
  return [...services].map(([service, { whole, actions }]) => ({
    service,
    actions: whole ? 'whole' : [...actions.keys()],
  }));
}

/** What speaks for calling an action unused. Service and name in any case. */
export function evidenceOf({ services }: CombinedFindings, service: string, name: string): Evidence | undefined {
  const found = services.get(service.toLowerCase()) ?? services.get('*');
  return found?.actions.get(name.toLowerCase()) ?? found?.whole;
}

function intersectService(a: CombinedService, b: CombinedService): CombinedService {
  if (a.whole) return b;
  if (b.whole) return a;
  return { actions: new Map([...a.actions].filter(([name]) => b.actions.has(name))) };
}

/** The newest answers of each finding: one, or several pages of the same time. Findings without an id stand for themselves. */
function newestPerId(findings: readonly Finding[]): Finding[][] {
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

function compareAge(a: Finding, b: Finding): number {
  return toTime(a.updatedAt) - toTime(b.updatedAt) || toTime(a.analyzedAt) - toTime(b.analyzedAt);
}

/** Milliseconds since 1970; 0 for no date or an unreadable one. Takes Python's `2019-12-18 19:10:08+00:00` too. */
function toTime(date: string | undefined): number {
  return Date.parse(date?.replace(' ', 'T') ?? '') || 0;
}

function unitePages(pages: readonly Finding[]): CombinedFindings {
  const services = new Map<string, { whole?: Evidence; actions: Map<string, Evidence> }>();
  for (const { id, file, analyzedAt, services: reports } of pages) {
    for (const { service, actions, lastAccessed, path } of reports) {
      const key = service.toLowerCase();
      const united = services.get(key) ?? { actions: new Map<string, Evidence>() };
      const common = {
        file,
        ...(analyzedAt !== undefined && { analyzedAt }),
        ...(id !== undefined && { findingId: id }),
      };
      if (actions === 'whole') united.whole = { ...common, path, ...(lastAccessed !== undefined && { lastAccessed }) };
      else
        for (const { name, path: at, lastAccessed: last } of actions) {
          united.actions.set(name.toLowerCase(), {
            ...common,
            path: at,
            ...(last !== undefined && { lastAccessed: last }),
          });
        }
      if (united.whole || united.actions.size > 0) services.set(key, united);
    }
  }
  return { services };
}
