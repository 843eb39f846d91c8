import type { Catalogue } from '../actions/catalogue.ts';
import { globIncludes } from '../actions/glob.ts';
import type { UnusedActions } from '../actions/unused.ts';

/** The proof's own means: it takes entries apart and enumerates, and shares nothing with the refiner but the matcher. */

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

function isEverything(pattern: string): boolean {
  return pattern.startsWith('*') && /^\*+$/.test(pattern);
}

/** Whether an action is unused. */
export function isUnused(unused: UnusedActions, service: string, name: string): boolean {
  return unused.service(service)?.has(name) ?? false;
}

/** The action patterns of one service; of the service `*`, those that hold for every service. */
interface Granting {
  readonly exact: Set<string>;
  readonly patterns: string[];
}

/** The entries' action patterns by service in lower case, exact names apart, for quick look-ups. */
export function indexByService(entries: readonly string[]): Map<string, Granting> {
  const index = new Map<string, Granting>();
  for (const entry of entries) {
    const parts = split(entry);
    if (!parts) continue;
    const service = isEverything(parts.service) ? '*' : parts.service.toLowerCase();
    let granting = index.get(service);
    if (!granting) {
      granting = { exact: new Set(), patterns: [] };
      index.set(service, granting);
    }
    if (isPattern(parts.action)) granting.patterns.push(parts.action);
    else granting.exact.add(parts.action.toLowerCase());
  }
  return index;
}

/** Whether an action pattern has a wildcard. */
export function isPattern(action: string): boolean {
  return action.includes('*') || action.includes('?');
}

/** Whether an action, or all that an action pattern stands for, is granted by one of the indexed entries. */
export function isGranted(index: ReadonlyMap<string, Granting>, service: string, name: string): boolean {
  for (const granting of [index.get(service), index.get('*')]) {
    if (!granting) continue;
    if (granting.exact.has(name.toLowerCase()) || granting.patterns.some((pattern) => globIncludes(pattern, name)))
      return true;
  }
  return false;
}

/** The first catalogue action that the entry grants and that passes the test, as `service:Name`. */
export function findGranted(
  entry: string,
  catalogue: Catalogue,
  test: (service: string, name: string) => boolean,
): string | undefined {
  const parts = split(entry);
  if (!parts) return undefined;
  const everywhere = isEverything(parts.service);
  for (const prefix of everywhere ? catalogue.prefixes : [parts.service.toLowerCase()]) {
    const service = catalogue.service(prefix);
    if (!service) continue;
    if (!isPattern(parts.action)) {
      const name = service.names[service.indexOf(parts.action)];
      if (name !== undefined && test(prefix, name)) return `${prefix}:${name}`;
      continue;
    }
    for (const name of service.names) {
      if (globIncludes(parts.action, name) && test(prefix, name)) return `${prefix}:${name}`;
    }
  }
  return undefined;
}

/** The first unused action that the entry grants, as `service:name`. */
export function findUnusedGrant(entry: string, catalogue: Catalogue, unused: UnusedActions): string | undefined {
  const parts = split(entry);
  if (!parts) return undefined;
  const everywhere = isEverything(parts.service);
  for (const prefix of everywhere ? unused.prefixes : [parts.service.toLowerCase()]) {
    const service = unused.service(prefix);
    if (!service) continue;
    if (!isPattern(parts.action)) {
      if (service.has(parts.action)) return `${prefix}:${parts.action}`;
      continue;
    }
    const name = service.names.find((candidate) => globIncludes(parts.action, candidate));
    if (name === undefined) continue;
    const known = catalogue.service(prefix);
    return `${prefix}:${known?.names[known.indexOf(name)] ?? name}`;
  }
  return undefined;
}
