import { foldCase } from './foldCase.ts';
import { hasWildcard } from './glob.ts';
import { Service } from './service.ts';
import { compareText, sortByWords } from './words.ts';

/**
 * Every IAM action of every AWS service, as known on one day.
 * Immutable; a service is prepared when it is first asked for.
 */
export interface Catalogue {
  /** The day on which the catalogue was made, as `YYYY-MM-DD`. */
  readonly date: string;
  /** The service prefixes in lower case, sorted. */
  readonly prefixes: readonly string[];
  /** How many actions the catalogue knows. */
  readonly size: number;
  /** The service with this prefix, in any case; `undefined` when AWS had no such service on `date`. */
  service(prefix: string): Service | undefined;
  /** The action that an entry without wildcards names, in any case; `undefined` for one that AWS did not have on `date`. */
  find(entry: string): CatalogueAction | undefined;
}

/** One action of the catalogue. */
export interface CatalogueAction {
  readonly service: Service;
  /** The index of its name in the service. */
  readonly index: number;
}

/** A catalogue as a file holds it: DESIGN's `{"date": …, "services": {"s3": ["GetObject", …]}}`. */
export interface CatalogueFile {
  readonly date: string;
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** Makes a catalogue of names in any order. Prefixes and names that are equal ignoring case count once: the first stays. */
export function createCatalogue(file: CatalogueFile): Catalogue {
  const services = new Map<string, string[]>();
  for (const [prefix, names] of Object.entries(file.services)) {
    const key = foldCase(prefix);
    services.set(key, [...(services.get(key) ?? []), ...names]);
  }
  return new LazyCatalogue(file.date, services, (names) => prepareNames(names));
}

/**
 * Reads the compact text that the build makes of a catalogue (see `formatCatalogue`).
 * Cheap: the text is cut into lines, and a line into names only when its service is asked for.
 */
export function parseCompactCatalogue(text: string): Catalogue {
  const [date = '', ...lines] = text.split('\n');
  const services = new Map<string, string>();
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space > 0) services.set(line.slice(0, space), line);
  }
  return new LazyCatalogue(date, services, (line) => line.split(' ').slice(1));
}

/** The compact text of a catalogue: its date, then a line a service, `prefix name name …`, the names ordered word by word. */
export function formatCatalogue(file: CatalogueFile): string {
  const catalogue = createCatalogue(file);
  const lines = catalogue.prefixes.map((prefix) => [prefix, ...(catalogue.service(prefix)?.names ?? [])].join(' '));
  return [catalogue.date, ...lines].join('\n');
}

/** How many entries a catalogue remembers: several times as many as AWS has, because people spell them in their own way. */
const MAX_REMEMBERED = 100_000;

/** Prepares services when they are first asked for. `T` is what a service's names are made of. */
class LazyCatalogue<T> implements Catalogue {
  readonly date: string;
  readonly prefixes: readonly string[];
  readonly #sources: ReadonlyMap<string, T>;
  readonly #namesOf: (source: T) => readonly string[];
  readonly #prepared = new Map<string, Service>();
  /** The actions that were asked for, by their entry. */
  readonly #actions = new Map<string, CatalogueAction>();
  #last: Service | undefined;
  #size: number | undefined;

  constructor(date: string, sources: ReadonlyMap<string, T>, namesOf: (source: T) => readonly string[]) {
    this.date = date;
    this.prefixes = [...sources.keys()].sort(compareText);
    this.#sources = sources;
    this.#namesOf = namesOf;
  }

  get size(): number {
    this.#size ??= this.prefixes.reduce((sum, prefix) => sum + (this.service(prefix)?.names.length ?? 0), 0);
    return this.#size;
  }

  service(prefix: string): Service | undefined {
    // Entries of one service stand side by side, and to compare a text is far cheaper than to look it up.
    if (this.#last?.prefix === prefix) return this.#last;
    this.#last = this.#prepared.get(prefix) ?? this.#prepare(foldCase(prefix));
    return this.#last;
  }

  find(entry: string): CatalogueAction | undefined {
    // Most wildcards stand at the end, and looking at one letter is cheaper than looking up a text.
    if (entry.endsWith('*')) return undefined;
    const known = this.#actions.get(entry);
    if (known) return known;
    const colon = entry.indexOf(':');
    if (colon < 0 || hasWildcard(entry)) return undefined;
    const service = this.service(entry.slice(0, colon));
    const index = service?.indexOf(entry.slice(colon + 1)) ?? -1;
    if (!service || index < 0) return undefined;
    const action = { service, index };
    if (this.#actions.size >= MAX_REMEMBERED) this.#actions.clear();
    this.#actions.set(entry, action);
    return action;
  }

  #prepare(key: string): Service | undefined {
    const known = this.#prepared.get(key);
    if (known) return known;
    const source = this.#sources.get(key);
    if (source === undefined) return undefined;
    const service = new Service(key, this.#namesOf(source));
    this.#prepared.set(key, service);
    return service;
  }
}

function prepareNames(names: readonly string[]): string[] {
  const distinct = new Map<string, string>();
  for (const name of names) {
    const key = foldCase(name);
    if (!distinct.has(key)) distinct.set(key, name);
  }
  return sortByWords([...distinct.values()]);
}
