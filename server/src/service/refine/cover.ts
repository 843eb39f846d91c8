import { globIncludes, hasWildcard } from '../actions/glob.ts';

/**
 * A set of entries, compared ignoring case, that answers quickly whether one of them covers a given entry.
 * Only an entry with a wildcard can cover another one, and only one of its own service or of `*`.
 */
export class CoverIndex {
  readonly #entries = new Set<string>();
  readonly #wildcards = new Map<string, Set<string>>();

  /** How many entries the set holds. */
  get size(): number {
    return this.#entries.size;
  }

  /** Adds an entry; false when an equal one was there already. */
  add(entry: string): boolean {
    const key = entry.toLowerCase();
    if (this.#entries.has(key)) return false;
    this.#entries.add(key);
    if (hasWildcard(key)) {
      const service = serviceOf(key);
      const known = this.#wildcards.get(service);
      if (known) known.add(key);
      else this.#wildcards.set(service, new Set([key]));
    }
    return true;
  }

  delete(entry: string): void {
    const key = entry.toLowerCase();
    this.#entries.delete(key);
    this.#wildcards.get(serviceOf(key))?.delete(key);
  }

  /** Whether an equal entry is in the set. */
  has(entry: string): boolean {
    return this.#entries.has(entry.toLowerCase());
  }

  /** Whether an entry of the set that does not equal `entry` covers it. */
  coversFromOutside(entry: string): boolean {
    const key = entry.toLowerCase();
    const covers = (other: string) => other !== key && globIncludes(other, key);
    return some(this.#wildcards.get(serviceOf(key)), covers) || some(this.#wildcards.get('*'), covers);
  }
}

/** The service of an entry in lower case; `*` for an entry that grants actions of every service. */
function serviceOf(entry: string): string {
  const colon = entry.indexOf(':');
  const service = colon < 0 ? entry : entry.slice(0, colon);
  return /^\*+$/.test(service) ? '*' : service;
}

function some(values: Iterable<string> | undefined, test: (value: string) => boolean): boolean {
  if (values) for (const value of values) if (test(value)) return true;
  return false;
}
