import { foldCase } from '../actions/foldCase.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';

/**
 * A set of entries, compared ignoring case, that answers quickly whether one of them covers a given entry.
 *
 * Most entries with a wildcard end in their only one. Such an entry covers just what begins with its text. Of those, the ones
 * that no other covers are kept sorted: the only one that can cover an entry is the last that is not behind it.
 */
export class CoverIndex {
  readonly #entries = new Set<string>();
  /** The texts before the star of entries that end in their only wildcard: none begins with another, sorted. */
  readonly #prefixes: readonly string[];
  /** The other entries with wildcards, by service; those that hold for every service under `*`. */
  readonly #patterns = new Map<string, string[]>();

  constructor(entries: Iterable<string>) {
    const prefixes: string[] = [];
    for (const entry of entries) {
      const key = keyOf(entry);
      if (this.#entries.has(key)) continue;
      this.#entries.add(key);
      if (!hasWildcard(key)) continue;
      if (isPrefix(key)) prefixes.push(key.slice(0, -1));
      else this.#addPattern(key);
    }
    this.#prefixes = withoutCovered(prefixes);
  }

  /** Whether an equal entry is in the set. */
  has(entry: string): boolean {
    return this.#entries.has(keyOf(entry));
  }

  /**
   * Whether an entry of the set that does not equal `entry` covers it. Two entries that differ never cover each other, so
   * whatever is covered from outside may be left out, all at once.
   */
  coversFromOutside(entry: string): boolean {
    const key = keyOf(entry);
    // The whole text before an entry's own star is the entry itself.
    const prefix = this.#lastPrefixUpTo(key);
    if (prefix !== undefined && key.startsWith(prefix) && key.length > prefix.length + Number(key.endsWith('*')))
      return true;
    if (prefix === key) return true;
    if (this.#patterns.size === 0) return false;
    const covers = (other: string) => other !== key && globIncludes(other, key);
    return this.#patterns.get(serviceOf(key))?.some(covers) === true || this.#patterns.get('*')?.some(covers) === true;
  }

  #addPattern(key: string): void {
    const service = serviceOf(key);
    const known = this.#patterns.get(service);
    if (known) known.push(key);
    else this.#patterns.set(service, [key]);
  }

  #lastPrefixUpTo(key: string): string | undefined {
    let low = 0;
    let high = this.#prefixes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#prefixes[middle] as string) <= key) low = middle + 1;
      else high = middle;
    }
    return this.#prefixes[low - 1];
  }
}

/** The prefixes that begin with no other one, sorted. */
function withoutCovered(prefixes: string[]): string[] {
  let last: string | undefined;
  return prefixes.sort().filter((prefix) => {
    const covered = last !== undefined && prefix.startsWith(last);
    if (!covered) last = prefix;
    return !covered;
  });
}

/**
 * An entry in a form that is the same for all entries that mean the same. Of wildcards in a row the
 * question marks come first, and one star is left: `*?` and `?*` mean the same, but only the second is seen to cover `a*`.
 */
export function keyOf(entry: string): string {
  const key = foldCase(entry);
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
