import type { Catalogue } from './catalogue.ts';
import { type ActionPattern, parseEntry } from './entry.ts';
import { globIncludes, hasWildcard } from './glob.ts';
import type { Service } from './service.ts';
import { compareText } from './words.ts';

/**
 * What findings say of one service of one principal: the whole service is unused, or these action names are.
 * The service `*` stands for every service: a principal that uses nothing.
 */
export interface ReportedService {
  /** The service prefix, in any case. */
  readonly service: string;
  /** Names without their service prefix, in any case; `whole` when the finding names none. */
  readonly actions: 'whole' | readonly string[];
}

/** The actions that may go from a policy: reported unused, and not in the user's keep list. */
export interface UnusedActions {
  /** The unused actions of one service prefix (any case); `undefined` when nobody reports it. */
  service(prefix: string): UnusedService | undefined;
  /** The reported service prefixes in lower case, sorted. */
  readonly prefixes: readonly string[];
  /** Whether the action is kept by the user's `keep` patterns. */
  isKept(service: string, name: string): boolean;
}

/** The unused actions of one service. */
export interface UnusedService {
  /** Whether a finding reports the service without naming actions: then all of it is unused but the exceptions. */
  readonly whole: boolean;
  /** Whether the catalogue's name of this index is unused. */
  hasIndex(index: number): boolean;
  /** Whether a name, in any case, is unused. Of a whole service, names that nobody knows are unused too. */
  has(name: string): boolean;
  /** The unused names in lower case, sorted as text. For a whole service: the catalogue's, but for the exceptions. */
  readonly names: readonly string[];
  /** Reported names that the catalogue lacks, as reported: a sign that the catalogue is out of date. */
  readonly unknown: readonly string[];
}

/** `iam:PassRole` is an authorisation check and no API call: AWS never tracks it, so silence about it proves nothing. */
const NEVER_TRACKED: ReadonlySet<string> = new Set(['iam:passrole']);

/**
 * Joins reports with the catalogue and the user's `keep` patterns (entries such as `s3:Get*`).
 * Several reports of one service are united. Services are prepared when they are first asked for.
 */
export function resolveUnused(
  reports: Iterable<ReportedService>,
  catalogue: Catalogue,
  keep: readonly string[] = [],
): UnusedActions {
  const reported = new Map<string, ReportedService['actions'][]>();
  for (const { service, actions } of reports) {
    const key = service.toLowerCase();
    const known = reported.get(key);
    if (known) known.push(actions);
    else reported.set(key, [actions]);
  }
  const everything = reported.has('*');
  const isKept = keepTest(keep);
  /** By prefix in lower case; null for a service that nobody reports. */
  const resolved = new Map<string, UnusedService | null>();
  const resolve = (prefix: string): UnusedService | undefined => {
    const actions = reported.get(prefix);
    if (everything || actions?.includes('whole')) return new WholeService(prefix, catalogue.service(prefix), isKept);
    return actions && new NamedActions(prefix, actions as (readonly string[])[], catalogue.service(prefix), isKept);
  };
  return {
    get prefixes() {
      const all = [...reported.keys(), ...(everything ? catalogue.prefixes : [])];
      return [...new Set(all)].filter((prefix) => prefix !== '*').sort(compareText);
    },
    isKept,
    service(prefix) {
      const known = resolved.get(prefix);
      if (known) return known;
      const key = prefix.toLowerCase();
      if (!resolved.has(key)) resolved.set(key, resolve(key) ?? null);
      return resolved.get(key) ?? undefined;
    },
  };
}

type IsKept = UnusedActions['isKept'];

function keepTest(keep: readonly string[]): IsKept {
  const patterns = keep.flatMap((entry): ActionPattern[] => [parseEntry(entry) ?? []].flat());
  if (patterns.length === 0) return () => false;
  return (service, name) =>
    patterns.some((pattern) => globIncludes(pattern.service, service) && globIncludes(pattern.action, name));
}

/** A service of which a finding names the unused actions. */
class NamedActions implements UnusedService {
  readonly whole = false;
  readonly unknown: readonly string[];
  readonly #service: Service | undefined;
  /** By catalogue index: 1 where unused. */
  readonly #flags: Uint8Array;
  readonly #unknownFolded: ReadonlySet<string>;
  #names: readonly string[] | undefined;

  constructor(prefix: string, reports: readonly (readonly string[])[], service: Service | undefined, isKept: IsKept) {
    this.#service = service;
    this.#flags = new Uint8Array(service?.names.length ?? 0);
    const unknown = new Map<string, string>();
    for (const names of reports) {
      for (const name of names) {
        // A name with a wildcard is no name. Taking it for one would remove what nobody reported.
        if (hasWildcard(name) || isKept(prefix, name)) continue;
        const index = service?.indexOf(name) ?? -1;
        if (index >= 0) this.#flags[index] = 1;
        else unknown.set(name.toLowerCase(), name);
      }
    }
    this.unknown = [...unknown.values()];
    this.#unknownFolded = new Set(unknown.keys());
  }

  hasIndex(index: number): boolean {
    return this.#flags[index] === 1;
  }

  has(name: string): boolean {
    const index = this.#service?.indexOf(name) ?? -1;
    return index >= 0 ? this.hasIndex(index) : this.#unknownFolded.has(name.toLowerCase());
  }

  get names(): readonly string[] {
    const known = this.#service?.folded.filter((_, index) => this.hasIndex(index)) ?? [];
    this.#names ??= [...known, ...this.#unknownFolded].sort(compareText);
    return this.#names;
  }
}

/** A service that is unused as a whole, but for what is kept and what is never tracked. */
class WholeService implements UnusedService {
  readonly whole = true;
  readonly unknown: readonly string[] = [];
  readonly #prefix: string;
  readonly #service: Service | undefined;
  readonly #isKept: IsKept;
  #names: readonly string[] | undefined;

  constructor(prefix: string, service: Service | undefined, isKept: IsKept) {
    this.#prefix = prefix;
    this.#service = service;
    this.#isKept = isKept;
  }

  hasIndex(index: number): boolean {
    return this.has(this.#service?.names[index] ?? '');
  }

  has(name: string): boolean {
    return !NEVER_TRACKED.has(`${this.#prefix}:${name.toLowerCase()}`) && !this.#isKept(this.#prefix, name);
  }

  get names(): readonly string[] {
    this.#names ??= (this.#service?.folded ?? []).filter((name) => this.has(name)).sort(compareText);
    return this.#names;
  }
}
