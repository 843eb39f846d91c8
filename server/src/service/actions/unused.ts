import type { Catalogue } from './catalogue.ts';
import { parseEntry } from './entry.ts';
import { globIncludes } from './glob.ts';
import { type Keep, NamedActions, type UnusedService, WholeService } from './unusedService.ts';
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
  const kept = readKeep(keep);
  /** By prefix in lower case; null for a service that nobody reports. */
  const resolved = new Map<string, UnusedService | null>();
  const resolve = (prefix: string): UnusedService | undefined => {
    const actions = reported.get(prefix);
    if (everything || actions?.includes('whole')) return new WholeService(prefix, catalogue.service(prefix), kept);
    return actions && new NamedActions(prefix, actions as (readonly string[])[], catalogue.service(prefix), kept);
  };
  return {
    get prefixes() {
      const all = [...reported.keys(), ...(everything ? catalogue.prefixes : [])];
      return [...new Set(all)].filter((prefix) => prefix !== '*').sort(compareText);
    },
    isKept: kept.keeps,
    service(prefix) {
      const known = resolved.get(prefix);
      if (known) return known;
      const key = prefix.toLowerCase();
      if (!resolved.has(key)) resolved.set(key, resolve(key) ?? null);
      return resolved.get(key) ?? undefined;
    },
  };
}

/** The user's keep patterns, ready to be asked. */
function readKeep(keep: readonly string[]): Keep {
  const patterns = keep.flatMap((entry) => parseEntry(entry) ?? []);
  const ofService = (service: string) => patterns.filter((pattern) => globIncludes(pattern.service, service));
  if (patterns.length === 0) return { keeps: () => false, keepsSome: () => false };
  return {
    keeps: (service, name) => ofService(service).some(({ action }) => globIncludes(action, name)),
    keepsSome: (service) => ofService(service).length > 0,
  };
}
