import { type ActionPattern, parseEntry } from '../actions/entry.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';
import type { UnusedService } from '../actions/unusedService.ts';
import type { CombinedFindings } from '../findings/combine.ts';
import type { RefineContext } from '../refine/entry.ts';
import type { GrantingStatement } from './grantingPolicy.ts';

/**
 * What is reported of one principal, ticked off statement by statement as something is found that grants it. Only marks are
 * kept, so that a check of very many policies holds none of their texts.
 *
 * Actions that the user keeps are never reported, so they are not on the list. Neither is a principal's use of nothing at all:
 * that names no service to look for.
 */
export class Checklist {
  readonly #services = new Map<string, ReportedActions | ReportedWhole>();

  constructor(findings: CombinedFindings, { catalogue, unused }: Pick<RefineContext, 'catalogue' | 'unused'>) {
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
  tickOff({ element, entries }: Pick<GrantingStatement, 'element' | 'entries'>): void {
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
  readonly #prefix: string;
  readonly #service: Service | undefined;
  readonly #unused: UnusedService;
  /** By index into the service's names: 1 where something grants the action, reported or not. Made when something does. */
  #granted: Uint8Array | undefined;
  /** The granted ones of the reported names that the catalogue lacks. */
  readonly #grantedUnknown = new Set<string>();

  constructor(prefix: string, service: Service | undefined, unused: UnusedService) {
    this.#prefix = prefix;
    this.#service = service;
    this.#unused = unused;
  }

  tickOff(action: string): void {
    const indexes = this.#service?.matching(action) ?? [];
    for (const index of indexes) this.#mark(index);
    for (const name of this.#unused.unknown) if (globIncludes(action, name)) this.#grantedUnknown.add(name);
  }

  /** Ticks off what none of these action patterns excepts. */
  tickOffAllBut(patterns: readonly string[]): void {
    const isExcepted = (name: string) => patterns.some((pattern) => globIncludes(pattern, name));
    for (const [index, name] of this.#service?.names.entries() ?? []) {
      if (this.#unused.hasIndex(index) && !isExcepted(name)) this.#mark(index);
    }
    for (const name of this.#unused.unknown) if (!isExcepted(name)) this.#grantedUnknown.add(name);
  }

  /** How many are reported. */
  get size(): number {
    let known = 0;
    for (let index = 0; index < (this.#service?.names.length ?? 0); index++) if (this.#unused.hasIndex(index)) known++;
    return known + this.#unused.unknown.length;
  }

  get remaining(): string[] {
    const known = this.#service?.names.filter((_, index) => this.#unused.hasIndex(index) && !this.#granted?.[index]);
    const unknown = this.#unused.unknown.filter((name) => !this.#grantedUnknown.has(name));
    return [...(known ?? []), ...unknown].map((name) => `${this.#prefix}:${name}`);
  }

  #mark(index: number): void {
    this.#granted ??= new Uint8Array(this.#service?.names.length ?? 0);
    this.#granted[index] = 1;
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
