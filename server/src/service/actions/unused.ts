import type { Catalogue } from './catalogue.ts';
import { parseEntry } from './entry.ts';
import { globIncludes, hasWildcard } from './glob.ts';
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
  /** The unused names in lower case, sorted as text. For a whole service: the catalogue's, but for the exceptions. */
  readonly names: readonly string[];
  /** Reported names that the catalogue lacks, as reported and sorted: a sign that the catalogue is out of date. */
  readonly unknown: readonly string[];
  /** Whether the name (in lower case) is unused. Of a whole service, names that nobody knows are unused too. */
  has(name: string): boolean;
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
  const reported = uniteReports(reports);
  const keepPatterns = keep.flatMap((entry) => parseEntry(entry) ?? []);
  const isKept = (service: string, name: string) =>
    keepPatterns.some((pattern) => globIncludes(pattern.service, service) && globIncludes(pattern.action, name));
  const resolved = new Map<string, UnusedService>();
  return {
    prefixes: [...new Set([...reported.keys(), ...(reported.has('*') ? catalogue.prefixes : [])])]
      .filter((prefix) => prefix !== '*')
      .sort(compareText),
    isKept,
    service(prefix) {
      const key = prefix.toLowerCase();
      const known = resolved.get(key);
      if (known) return known;
      const actions = reported.has('*') ? 'whole' : reported.get(key);
      if (!actions) return undefined;
      const service =
        actions === 'whole' ? wholeService(key, catalogue, isKept) : namedActions(key, actions, catalogue, isKept);
      resolved.set(key, service);
      return service;
    },
  };
}

function uniteReports(reports: Iterable<ReportedService>): Map<string, 'whole' | Map<string, string>> {
  const united = new Map<string, 'whole' | Map<string, string>>();
  for (const { service, actions } of reports) {
    const key = service.toLowerCase();
    const known = united.get(key);
    if (known === 'whole') continue;
    if (actions === 'whole') {
      united.set(key, 'whole');
      continue;
    }
    const names = known ?? new Map<string, string>();
    // A name with a wildcard is no name. Taking it for one would let a findings file remove what it does not report.
    for (const name of actions) if (!hasWildcard(name)) names.set(name.toLowerCase(), name);
    united.set(key, names);
  }
  return united;
}

type IsKept = UnusedActions['isKept'];

function namedActions(
  prefix: string,
  actions: ReadonlyMap<string, string>,
  catalogue: Catalogue,
  isKept: IsKept,
): UnusedService {
  const known = catalogue.service(prefix)?.indexOf;
  const unused = [...actions.keys()].filter((name) => !isKept(prefix, name));
  const set = new Set(unused);
  return {
    whole: false,
    names: unused.sort(compareText),
    unknown: unused.filter((name) => !known?.has(name)).map((name) => actions.get(name) ?? name),
    has: (name) => set.has(name),
  };
}

function wholeService(prefix: string, catalogue: Catalogue, isKept: IsKept): UnusedService {
  const has = (name: string) => !NEVER_TRACKED.has(`${prefix}:${name}`) && !isKept(prefix, name);
  const names = catalogue.service(prefix)?.folded ?? [];
  return { whole: true, names: names.filter(has).sort(compareText), unknown: [], has };
}
