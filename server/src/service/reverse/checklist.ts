import type { Catalogue } from '../actions/catalogue.ts';
import { type ActionPattern, parseEntry } from '../actions/entry.ts';
import { foldCase } from '../actions/foldCase.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';
import { resolveUnused } from '../actions/unused.ts';
import type { UnusedService } from '../actions/unusedService.ts';
import { type CombinedFindings, toReports } from '../findings/combine.ts';
import type { Statement } from '../policy/model.ts';

/**
 * What is reported of one principal, ticked off statement by statement as something is found that grants it. Only marks are
 * kept, so that a check of very many policies holds none of their texts.
 *
 * Actions that the user keeps are never reported, so they are not on the list. Neither is a principal's use of nothing at all:
 * that names no service to look for.
 */
export class Checklist {
  readonly #services = new Map<string, ReportedActions | ReportedWhole>();

  constructor(findings: CombinedFindings, catalogue: Catalogue, keep: readonly string[]) {
    const unused = resolveUnused(toReports(findings), catalogue, keep);
    for (const prefix of [...findings.services.keys()].sort()) {
      const reported = prefix === '*' ? undefined : unused.service(prefix);
      if (!reported) continue;
      const service = catalogue.service(prefix);
      if (!reported.whole) this.#services.set(prefix, new ReportedActions(prefix, service, reported));
      else if (reported.withoutExceptions || reported.names.length > 0)
        this.#services.set(prefix, new ReportedWhole(service));
    }
  }

  /** Ticks off what a statement grants. */
  tickOff({ element, entries }: Statement): void {
    const patterns = entries.flatMap(({ value }) => parseEntry(value) ?? []);
    if (element === 'NotAction') {
      for (const [prefix, reported] of this.#services) {
        reported.tickOffAllBut(patterns.filter((pattern) => speaksOf(pattern, prefix)).map(({ action }) => action));
      }
      return;
    }
    for (const { service, action } of patterns) {
      if (service === '*') for (const reported of this.#services.values()) reported.tickOff(action);
      else this.#services.get(service.toLowerCase())?.tickOff(action);
    }
  }

  /** The reported actions that nothing grants, as `service:Name`, service by service. */
  get actions(): string[] {
    return [...this.#services.values()].flatMap((reported) =>
      reported instanceof ReportedActions ? reported.remaining : [],
    );
  }

  /** The services reported as a whole of which nothing grants any action. */
  get services(): string[] {
    return [...this.#services].flatMap(([prefix, reported]) =>
      reported instanceof ReportedWhole && !reported.isGranted ? [prefix] : [],
    );
  }

  /** How much was reported at first. */
  get reported(): { readonly actions: number; readonly services: number } {
    let actions = 0;
    let services = 0;
    for (const reported of this.#services.values()) {
      if (reported instanceof ReportedActions) actions += reported.size;
      else services++;
    }
    return { actions, services };
  }
}

function speaksOf({ service }: ActionPattern, prefix: string): boolean {
  return service === '*' || service.toLowerCase() === prefix;
}

/** A service of which findings name the unused actions. */
class ReportedActions {
  /** How many are reported. */
  readonly size: number;
  readonly #prefix: string;
  readonly #service: Service | undefined;
  /** The indexes of the reported names that nothing grants so far. */
  readonly #indexes: Set<number>;
  /** Likewise reported names that the catalogue lacks, by the name in lower case. */
  readonly #unknown: Map<string, string>;

  constructor(prefix: string, service: Service | undefined, unused: UnusedService) {
    const indexes = [...(service?.names.keys() ?? [])].filter((index) => unused.hasIndex(index));
    this.#prefix = prefix;
    this.#service = service;
    this.#indexes = new Set(indexes);
    this.#unknown = new Map(unused.unknown.map((name) => [foldCase(name), name]));
    this.size = indexes.length + unused.unknown.length;
  }

  tickOff(action: string): void {
    for (const index of this.#service?.matching(action) ?? []) this.#indexes.delete(index);
    if (!hasWildcard(action)) this.#unknown.delete(foldCase(action));
    else for (const name of this.#unknown.keys()) if (globIncludes(action, name)) this.#unknown.delete(name);
  }

  /** Ticks off what none of these action patterns excepts. */
  tickOffAllBut(patterns: readonly string[]): void {
    const isExcepted = (name: string) => patterns.some((pattern) => globIncludes(pattern, name));
    for (const index of this.#indexes) if (!isExcepted(this.#service?.names[index] ?? '')) this.#indexes.delete(index);
    for (const name of this.#unknown.keys()) if (!isExcepted(name)) this.#unknown.delete(name);
  }

  get remaining(): string[] {
    const known = [...this.#indexes].map((index) => this.#service?.names[index]);
    return [...known, ...this.#unknown.values()].map((name) => `${this.#prefix}:${name}`);
  }
}

/** A service that is reported as a whole: to grant any action of it is reason enough for the report. */
class ReportedWhole {
  isGranted = false;
  readonly #service: Service | undefined;

  constructor(service: Service | undefined) {
    this.#service = service;
  }

  /** Of a service that the catalogue lacks, and of names newer than it, nobody can say that they are not granted. */
  tickOff(action: string): void {
    this.isGranted ||= !this.#service || !hasWildcard(action) || this.#service.matching(action).length > 0;
  }

  tickOffAllBut(patterns: readonly string[]): void {
    const isGranted = this.#service
      ? this.#service.names.some((name) => !patterns.some((pattern) => globIncludes(pattern, name)))
      : !patterns.includes('*');
    this.isGranted ||= isGranted;
  }
}
