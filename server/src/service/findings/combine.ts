import type { NameList } from '../actions/nameList.ts';
import type { ReportedService } from '../actions/unused.ts';
import type { JsonPath } from '../json/locate.ts';
import type { Finding, ServiceReport } from './finding.ts';

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
  /** By service prefix in lower case; `*` for a principal that uses nothing at all. */
  readonly services: ReadonlyMap<string, CombinedService>;
}

/** One service: unused as a whole, or by the names in its parts. */
interface CombinedService {
  /** The report that calls the whole service unused. */
  readonly whole?: Part;
  /** The reports that name actions. */
  readonly parts: readonly Part[];
  /** Of the names in `parts`, those (in lower case) that every source calls unused; all of them when absent. */
  readonly agreed?: ReadonlySet<string>;
}

interface Part {
  readonly finding: Finding;
  readonly report: ServiceReport;
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

/** The combined findings as the refiner takes them: several reports of a service are to be united. */
export function toReports({ services }: CombinedFindings): ReportedService[] {
  const reports: ReportedService[] = [];
  for (const [service, combined] of services) {
    if (combined.whole) reports.push({ service, actions: 'whole' });
    else for (const names of nameLists(combined)) reports.push({ service, actions: names });
  }
  return reports;
}

/** What speaks for calling an action unused. Service and name in any case. */
export function evidenceOf({ services }: CombinedFindings, service: string, name: string): Evidence | undefined {
  const found = services.get(service.toLowerCase()) ?? services.get('*');
  for (const { finding, report } of found?.parts ?? []) {
    if (report.actions === 'whole') continue;
    const { names, indexes, field, lastAccessed } = report.actions;
    const index = names.find(name);
    if (index < 0) continue;
    const place = [...report.path, 'actions', indexes?.[index] ?? index, ...(field === undefined ? [] : [field])];
    return toEvidence(finding, place, lastAccessed?.[index]);
  }
  return found?.whole && toEvidence(found.whole.finding, found.whole.report.path, found.whole.report.lastAccessed);
}

function toEvidence({ file, analyzedAt, id }: Finding, path: JsonPath, lastAccessed: string | undefined): Evidence {
  return {
    file,
    path,
    ...(lastAccessed !== undefined && { lastAccessed }),
    ...(analyzedAt !== undefined && { analyzedAt }),
    ...(id !== undefined && { findingId: id }),
  };
}

/** The names of the parts, a list a part; only those that are agreed on, where that is restricted. */
function* nameLists({ parts, agreed }: CombinedService): Iterable<NameList | readonly string[]> {
  for (const { report } of parts) {
    if (report.actions === 'whole') continue;
    const { names } = report.actions;
    yield agreed ? [...names].filter((name) => agreed.has(name.toLowerCase())) : names;
  }
}

function foldedNames(service: CombinedService): Set<string> {
  const names = new Set<string>();
  for (const list of nameLists(service)) for (const name of list) names.add(name.toLowerCase());
  return names;
}

function intersectService(a: CombinedService, b: CombinedService): CombinedService {
  if (a.whole) return b;
  if (b.whole) return a;
  const others = foldedNames(b);
  const agreed = [...foldedNames(a)].filter((name) => others.has(name));
  return { parts: [...a.parts, ...b.parts], agreed: new Set(agreed) };
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
  const services = new Map<string, { whole?: Part; parts: Part[] }>();
  for (const finding of pages) {
    for (const report of finding.services) {
      if (report.actions !== 'whole' && report.actions.names.length === 0) continue;
      const key = report.service.toLowerCase();
      const united = services.get(key) ?? { parts: [] };
      if (report.actions === 'whole') united.whole = { finding, report };
      else united.parts.push({ finding, report });
      services.set(key, united);
    }
  }
  return { services };
}
