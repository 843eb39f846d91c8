import type { Catalogue } from '../actions/catalogue.ts';
import { globIncludes } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';

/** The proof's own means: it takes entries apart and enumerates names, and shares nothing with the refiner but the matcher. */

interface Parts {
  readonly service: string;
  readonly action: string;
}

/** Service and action pattern of an entry; a bare `*` is `*:*`. */
export function split(entry: string): Parts | undefined {
  if (entry.includes('\u212A')) return undefined;
  const colon = entry.indexOf(':');
  if (colon >= 0) return { service: entry.slice(0, colon), action: entry.slice(colon + 1) };
  return isEverything(entry) ? { service: '*', action: '*' } : undefined;
}

/** Whether a service, or an entry, is nothing but stars. */
export function isEverything(pattern: string): boolean {
  return pattern.startsWith('*') && /^\*+$/.test(pattern);
}

/** Whether an entry, or its action, has a wildcard. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** The catalogue's services that an entry's service stands for: one, none, or all of them. */
export function servicesOf({ service }: Parts, catalogue: Catalogue): Service[] {
  const prefixes = isEverything(service) ? catalogue.prefixes : [service];
  return prefixes.flatMap((prefix) => catalogue.service(prefix) ?? []);
}

/** The catalogue indexes of the names of one service that an action pattern matches. */
export function namesMatching(service: Service, pattern: string): readonly number[] {
  return tableOf(service).matching(pattern);
}

/** How many patterns a service remembers the matches of: one proof asks for the same ones several times. */
const MAX_REMEMBERED = 500;

/** A service's names in lower case and sorted as text, so that those that begin with the same text are a range. */
class NameTable {
  readonly #folded: readonly string[];
  readonly #indexes: readonly number[];
  readonly #matches = new Map<string, readonly number[]>();

  constructor(names: readonly string[]) {
    const rows = names.map((name, index) => ({ folded: name.toLowerCase(), index }));
    rows.sort((a, b) => (a.folded < b.folded ? -1 : 1));
    this.#folded = rows.map(({ folded }) => folded);
    this.#indexes = rows.map(({ index }) => index);
  }

  matching(pattern: string): readonly number[] {
    const known = this.#matches.get(pattern);
    if (known) return known;
    const matches = this.#find(pattern);
    if (this.#matches.size >= MAX_REMEMBERED) this.#matches.clear();
    this.#matches.set(pattern, matches);
    return matches;
  }

  #find(pattern: string): number[] {
    const ends = [pattern.indexOf('*'), pattern.indexOf('?')].filter((end) => end >= 0);
    const prefix = pattern.slice(0, Math.min(pattern.length, ...ends)).toLowerCase();
    const first = this.#firstFrom(prefix);
    let end = first;
    while (this.#folded[end]?.startsWith(prefix)) end++;
    const range = this.#indexes.slice(first, end);
    if (pattern.endsWith('*') && prefix.length === pattern.length - 1) return range;
    return range.filter((_, at) => globIncludes(pattern, this.#folded[first + at] as string));
  }

  /** The position of the first name that is not before `text`. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.#folded.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#folded[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const tables = new WeakMap<Service, NameTable>();

function tableOf(service: Service): NameTable {
  let table = tables.get(service);
  if (!table) {
    table = new NameTable(service.names);
    tables.set(service, table);
  }
  return table;
}
