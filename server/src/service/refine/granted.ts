import type { Catalogue } from '../actions/catalogue.ts';
import { globIncludes } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';
import { isEverything, isPattern, namesMatching, split } from './enumeration.ts';

/** What entries grant together, as the proof looks it up: taken apart, and marked name by name, only where it is asked. */
export class Granted {
  readonly #entries: readonly string[];
  readonly #catalogue: Catalogue;
  /** Action patterns by service in lower case; those that hold for every service under `*`. */
  #patterns: ReadonlyMap<string, readonly string[]> | undefined;
  /** The patterns for the service that was last asked for: entries of one service stand side by side. */
  #last: { readonly service: string; readonly patterns: readonly string[] } | undefined;
  /** Of every service, the names that entries without wildcards grant. */
  #named: ReadonlyMap<Service, Uint8Array> | undefined;
  /** Of the services that were asked for, all names that are granted. */
  readonly #marks = new Map<Service, Uint8Array>();

  constructor(entries: readonly string[], catalogue: Catalogue) {
    this.#entries = entries;
    this.#catalogue = catalogue;
  }

  /** Whether one of the entries includes, as a set of strings, all that `entry` stands for. */
  includes(entry: string): boolean {
    const parts = split(entry);
    if (!parts) return false;
    for (const pattern of this.#patternsFor(parts.service)) if (globIncludes(pattern, parts.action)) return true;
    return this.#entries.some((other) => !isPattern(other) && globIncludes(other, entry));
  }

  /** Whether one of the entries grants the catalogue's name of this index. */
  hasIndex(service: Service, index: number): boolean {
    let marks = this.#marks.get(service);
    if (!marks) {
      marks = this.#mark(service);
      this.#marks.set(service, marks);
    }
    return marks[index] === 1;
  }

  #patternsFor(service: string): readonly string[] {
    if (this.#last?.service !== service) {
      this.#patterns ??= patternsByService(this.#entries);
      const own = isEverything(service) ? [] : (this.#patterns.get(service.toLowerCase()) ?? []);
      this.#last = { service, patterns: [...own, ...(this.#patterns.get('*') ?? [])] };
    }
    return this.#last.patterns;
  }

  #mark(service: Service): Uint8Array {
    this.#named ??= markNamed(this.#entries, this.#catalogue);
    const marks = this.#named.get(service) ?? new Uint8Array(service.names.length);
    for (const pattern of this.#patternsFor(service.prefix)) {
      for (const index of namesMatching(service, pattern)) marks[index] = 1;
    }
    return marks;
  }
}

function markNamed(entries: readonly string[], catalogue: Catalogue): Map<Service, Uint8Array> {
  const named = new Map<Service, Uint8Array>();
  for (const entry of entries) {
    const action = catalogue.find(entry);
    if (!action) continue;
    const { service, index } = action;
    let marks = named.get(service);
    if (!marks) {
      marks = new Uint8Array(service.names.length);
      named.set(service, marks);
    }
    marks[index] = 1;
  }
  return named;
}

function patternsByService(entries: readonly string[]): Map<string, string[]> {
  const services = new Map<string, string[]>();
  for (const entry of entries) {
    const parts = isPattern(entry) ? split(entry) : undefined;
    if (!parts) continue;
    const prefix = isEverything(parts.service) ? '*' : parts.service.toLowerCase();
    const known = services.get(prefix);
    if (known) known.push(parts.action);
    else services.set(prefix, [parts.action]);
  }
  return services;
}
