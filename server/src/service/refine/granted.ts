import { globIncludes } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';
import { isEverything, isPattern, namesGranted, split } from './enumeration.ts';

/** What entries grant together, as the proof looks it up: taken apart, and marked name by name, only where it is asked. */
export class Granted {
  readonly #entries: readonly string[];
  #patterns: ReadonlyMap<string, readonly string[]> | undefined;
  #actions: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #marks = new Map<Service, Uint8Array>();

  constructor(entries: readonly string[]) {
    this.#entries = entries;
  }

  /** Whether one of the entries includes all that an action of a service stands for, decided on its text. */
  includes(service: string, action: string): boolean {
    const prefix = isEverything(service) ? '*' : service.toLowerCase();
    // Entries that name one action are looked at last: what a refinement adds comes from wildcards.
    this.#patterns ??= byService(this.#entries.filter(isPattern));
    if (this.#includedIn(this.#patterns, prefix, action)) return true;
    this.#actions ??= byService(this.#entries);
    return this.#includedIn(this.#actions, prefix, action);
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

  #includedIn(actions: ReadonlyMap<string, readonly string[]>, service: string, action: string): boolean {
    const includes = (pattern: string) => globIncludes(pattern, action);
    return actions.get(service)?.some(includes) === true || actions.get('*')?.some(includes) === true;
  }

  #mark(service: Service): Uint8Array {
    this.#actions ??= byService(this.#entries);
    const marks = new Uint8Array(service.names.length);
    for (const prefix of [service.prefix, '*']) {
      for (const action of this.#actions.get(prefix) ?? []) {
        for (const index of namesGranted(service, action)) marks[index] = 1;
      }
    }
    return marks;
  }
}

/** The actions of entries by their service in lower case; those that hold for every service under `*`. */
function byService(entries: readonly string[]): Map<string, string[]> {
  const services = new Map<string, string[]>();
  for (const entry of entries) {
    const parts = split(entry);
    if (!parts) continue;
    const prefix = isEverything(parts.service) ? '*' : parts.service.toLowerCase();
    const known = services.get(prefix);
    if (known) known.push(parts.action);
    else services.set(prefix, [parts.action]);
  }
  return services;
}
