import { globIncludes, hasWildcard } from '../actions/glob.ts';

/**
 * A set of entries, compared ignoring case, that answers quickly whether one of them covers a given entry.
 *
 * Most entries with a wildcard end in their only one. Such an entry covers just what begins with its text, so it is found by
 * looking up the beginnings of the given entry; only the rare others are matched one by one.
 */
export class CoverIndex {
  readonly #entries = new Set<string>();
  /** The texts before the star of entries that end in their only wildcard. */
  readonly #prefixes = new Set<string>();
  /** The lengths that these texts have or had, so that no others are looked up. */
  readonly #lengths = new Set<number>();
  /** The other entries with wildcards, by service; those that hold for every service under `*`. */
  readonly #patterns = new Map<string, Set<string>>();

  /** How many entries the set holds. */
  get size(): number {
    return this.#entries.size;
  }

  /** Adds an entry; false when an equal one was there already. */
  add(entry: string): boolean {
    const key = keyOf(entry);
    if (this.#entries.has(key)) return false;
    this.#entries.add(key);
    if (isPrefix(key)) {
      this.#prefixes.add(key.slice(0, -1));
      this.#lengths.add(key.length - 1);
    } else if (hasWildcard(key)) {
      const service = serviceOf(key);
      const known = this.#patterns.get(service);
      if (known) known.add(key);
      else this.#patterns.set(service, new Set([key]));
    }
    return true;
  }

  delete(entry: string): void {
    const key = keyOf(entry);
    this.#entries.delete(key);
    if (isPrefix(key)) this.#prefixes.delete(key.slice(0, -1));
    else this.#patterns.get(serviceOf(key))?.delete(key);
  }

  /** Whether an equal entry is in the set. */
  has(entry: string): boolean {
    return this.#entries.has(keyOf(entry));
  }

  /** Whether an entry of the set that does not equal `entry` covers it. */
  coversFromOutside(entry: string): boolean {
    const key = keyOf(entry);
    if (this.#prefixes.size > 0 && this.#hasPrefixOf(key)) return true;
    if (this.#patterns.size === 0) return false;
    const covers = (other: string) => other !== key && globIncludes(other, key);
    return some(this.#patterns.get(serviceOf(key)), covers) || some(this.#patterns.get('*'), covers);
  }

  #hasPrefixOf(key: string): boolean {
    // The whole text before an entry's own star is the entry itself.
    const longest = key.endsWith('*') ? key.length - 2 : key.length;
    for (const length of this.#lengths) {
      if (length <= longest && this.#prefixes.has(key.slice(0, length))) return true;
    }
    return false;
  }
}

/**
 * An entry as the set compares it. To `toLowerCase` the Kelvin sign is a `k`; to IAM it is none. Of wildcards in a row the
 * question marks come first, and one star is left: `*?` and `?*` mean the same, but only the second is seen to cover `a*`.
 */
function keyOf(entry: string): string {
  if (entry.includes('\u212A')) return entry;
  const key = entry.toLowerCase();
  return /[*?]{2}/.test(key)
    ? key.replace(/[*?]{2,}/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''))
    : key;
}

/** Whether an entry of one service ends in its only wildcard. */
function isPrefix(key: string): boolean {
  return key.endsWith('*') && key.includes(':') && !hasWildcard(key.slice(0, -1));
}

/** The service of an entry in lower case; `*` for an entry that grants actions of every service. */
function serviceOf(entry: string): string {
  const colon = entry.indexOf(':');
  const service = colon < 0 ? entry : entry.slice(0, colon);
  return service.startsWith('*') && /^\*+$/.test(service) ? '*' : service;
}

function some(values: Iterable<string> | undefined, test: (value: string) => boolean): boolean {
  if (values) for (const value of values) if (test(value)) return true;
  return false;
}
