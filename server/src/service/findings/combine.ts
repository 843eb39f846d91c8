import type { NameList } from '../actions/nameList.ts';
import type { ReportedService } from '../actions/unused.ts';
import type { JsonPlace } from '../json/locate.ts';
import { DEFAULT_UNUSED_ACCESS_AGE, decideUnused } from './age.ts';
import { type Finding, placeOfAction, type ServiceReport } from './finding.ts';
import { newestPerId } from './newest.ts';
import { isLastAccessedReport } from './standing.ts';

/** Where a report stands, and what else it says. */
export interface Evidence {
  readonly file: string;
  readonly place: JsonPlace;
  /** When the action (or service) was last used; absent when never within the tracking period. */
  readonly lastAccessed?: string;
  readonly analyzedAt?: string;
  readonly findingId?: string;
  /** What the report is about, and when that was last used, where it is more than the action. */
  readonly scope?: 'service' | 'principal';
  /** In days: when it was last used is longer ago, counted back from the report, than the user's setting allows. */
  readonly unusedAccessAge?: number;
  /** Whether a last-accessed report says so. It does not know since when its principal exists. */
  readonly isLastAccessedReport?: true;
}

/** What several findings say together. */
export interface CombinedFindings {
  /** By service prefix in lower case; `*` for a principal that uses nothing at all. */
  readonly services: ReadonlyMap<string, CombinedService>;
  /**
   * The actions that last-accessed reports show as used, by service prefix in lower case: they exist for these principals,
   * whether or not the catalogue knows them.
   */
  readonly used?: ReadonlyMap<string, readonly string[]>;
  /** The findings that were taken into account, so that their facts can be shown; absent where there are none. */
  readonly sources?: readonly Finding[];
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
  /** The setting that was asked, in days, for what a last-accessed report shows as used. */
  readonly unusedAccessAge: number;
}

/**
 * What the findings of one principal say together. Per finding id the newest answer wins, and answers of the same time
 * are pages of one; only then is dropped what is not ACTIVE, so that an old export never overrules a newer one that
 * says RESOLVED. Several sources left over must agree: unused is what all of them call unused. A last-accessed report that
 * calls nothing unused is such a source as well, and so is a finding about permissions of which nothing could be read.
 *
 * `undefined` when nothing ACTIVE that speaks of permissions is left.
 *
 * @param unusedAccessAge the user's setting, in days; see `age.ts`
 */
export function combineFindings(
  findings: readonly Finding[],
  unusedAccessAge = DEFAULT_UNUSED_ACCESS_AGE,
): CombinedFindings | undefined {
  const sources = newestPerId(findings)
    .filter((pages) => pages.every(({ active }) => active))
    .map((pages) => ({ pages, united: unitePages(pages, unusedAccessAge) }))
    .flatMap(({ pages, united }) => (united.services.size > 0 || pages.some(isSource) ? [united] : []));
  // Where none says anything there is nothing to tell of, and nothing to agree on.
  if (!sources.some((source) => source.services.size > 0 || source.sources?.some(isLastAccessedReport)))
    return undefined;
  const [first, ...others] = sources;
  return first && others.reduce(intersect, first);
}

/** Whether a finding has a say even if it calls nothing unused. */
function isSource({ services, usage, isUnreadable }: Finding): boolean {
  return services.length > 0 || usage !== undefined || isUnreadable === true;
}

/** What is unused by both: the way to join sources that must agree, or principals that share a policy. */
export function intersect(a: CombinedFindings, b: CombinedFindings): CombinedFindings {
  const services = new Map<string, CombinedService>();
  for (const prefix of new Set([...a.services.keys(), ...b.services.keys()])) {
    const one = a.services.get(prefix) ?? a.services.get('*');
    const other = b.services.get(prefix) ?? b.services.get('*');
    if (one && other) services.set(prefix, intersectService(one, other));
  }
  const used = uniteUsed(a.used, b.used);
  const sources = [...(a.sources ?? []), ...(b.sources ?? [])];
  return { services, ...(used && { used }), sources };
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
  for (const part of found?.parts ?? []) {
    const { report } = part;
    if (report.actions === 'whole') continue;
    const index = report.actions.names.find(name);
    if (index < 0) continue;
    return toEvidence(part, placeOfAction(report.actions, index, report.place), report.actions.lastAccessed?.[index]);
  }
  if (!found?.whole) return undefined;
  const { report } = found.whole;
  const scope = report.service === '*' ? 'principal' : 'service';
  return { ...toEvidence(found.whole, report.place, report.lastAccessed), scope };
}

function toEvidence({ finding, unusedAccessAge }: Part, place: JsonPlace, lastAccessed: string | undefined): Evidence {
  const { file, analyzedAt, id, usage } = finding;
  return {
    file,
    place,
    ...(lastAccessed !== undefined && { lastAccessed }),
    ...(analyzedAt !== undefined && { analyzedAt }),
    // The ids of such reports are our own.
    ...(id !== undefined && !usage && { findingId: id }),
    ...(usage && { isLastAccessedReport: true, ...(lastAccessed !== undefined && { unusedAccessAge }) }),
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

/** What the pages of one answer say together. One that contradicts itself shows what is used: a single page says enough. */
function unitePages(pages: readonly Finding[], unusedAccessAge: number): CombinedFindings {
  const united = new Map<string, { whole?: Part; parts: Part[] }>();
  const used = new Map<string, readonly string[]>();
  for (const finding of pages) {
    const verdict = decideUnused(finding, unusedAccessAge);
    for (const report of verdict.services) {
      if (report.actions !== 'whole' && report.actions.names.length === 0) continue;
      const key = report.service.toLowerCase();
      const service = united.get(key) ?? { parts: [] };
      if (report.actions === 'whole') service.whole = { finding, report, unusedAccessAge };
      else service.parts.push({ finding, report, unusedAccessAge });
      united.set(key, service);
    }
    for (const { service, names } of verdict.used) addUsed(used, service.toLowerCase(), names);
  }
  const services = new Map<string, CombinedService>(united);
  for (const [service, names] of used) {
    const kept = withoutUsed(united.get(service)?.parts ?? [], names);
    if (kept) services.set(service, kept);
    else services.delete(service);
    if (names.length === 0) used.delete(service);
  }
  return { services, ...(used.size > 0 && { used }), sources: pages };
}

/** What remains unused of a service that is in use, and so are some of its actions; `undefined` where nothing does. */
function withoutUsed(parts: readonly Part[], used: readonly string[]): CombinedService | undefined {
  const named = foldedNames({ parts });
  const agreed = new Set(named);
  for (const name of used) agreed.delete(name.toLowerCase());
  if (agreed.size === 0) return undefined;
  return agreed.size === named.size ? { parts } : { parts, agreed };
}

function uniteUsed(a: CombinedFindings['used'], b: CombinedFindings['used']): CombinedFindings['used'] {
  if (!a || !b) return a ?? b;
  const united = new Map(a);
  for (const [service, names] of b) addUsed(united, service, names);
  return united;
}

function addUsed(used: Map<string, readonly string[]>, service: string, names: readonly string[]): void {
  used.set(service, [...new Set([...(used.get(service) ?? []), ...names])]);
}
