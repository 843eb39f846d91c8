import type { Catalogue } from '../actions/catalogue.ts';
import { globIncludes } from '../actions/glob.ts';
import type { UnusedActions } from '../actions/unused.ts';

/** One refinement of one Allow statement, as the proof sees it: texts before and after, and nothing of how they came about. */
export interface Refinement {
  /** All entries of the statement as it stands. */
  readonly before: readonly string[];
  /** All entries of the statement as it will stand; none when the statement is to be removed. */
  readonly after: readonly string[];
  /** The entries of `before` that this refinement set out to refine; others may keep what is unused. */
  readonly chosen: readonly string[];
}

/** `ok`, or the first reason found why the refinement breaks the guarantee. */
export type Verdict = 'ok' | string;

/**
 * Proves that a refinement keeps the guarantee: all and only what was allowed before, minus what is unused.
 *
 * 1. Nothing lost: every catalogue action granted before and not unused is granted after.
 * 2. Nothing left: no chosen or new entry grants an unused action, names that the catalogue lacks included.
 *    Excepted is an entry that stays and of which the catalogue knows nothing.
 * 3. Nothing gained: every new entry lies, as a set of strings, inside one old entry.
 *
 * Written to be independent of the refiner: it knows entries, names and the matcher, and enumerates.
 */
export function proveRefinement(
  { before, after, chosen }: Refinement,
  catalogue: Catalogue,
  unused: UnusedActions,
): Verdict {
  const old = new Set(before);
  const granting = indexByService(after);

  for (const entry of new Set(after)) {
    if (!old.has(entry) && !before.some((other) => isInside(entry, other))) {
      return `'${entry}' would grant what no entry granted before`;
    }
  }
  const standing = new Set(after);
  for (const entry of old) {
    if (standing.has(entry)) continue;
    const lost = findGranted(
      entry,
      catalogue,
      (service, name) => !isUnused(unused, service, name) && !isGranted(granting, service, name),
    );
    if (lost) return `'${lost}' is in use and would no longer be granted`;
  }
  const toRefine = new Set(chosen);
  for (const entry of standing) {
    if (old.has(entry) && (!toRefine.has(entry) || !findGranted(entry, catalogue, () => true))) continue;
    const left = findUnusedGrant(entry, catalogue, unused);
    if (left) return `'${left}' is unused and would still be granted by '${entry}'`;
  }
  return 'ok';
}

interface Parts {
  readonly service: string;
  readonly action: string;
}

/** Service and action pattern of an entry; a bare `*` is `*:*`. */
function split(entry: string): Parts | undefined {
  if (/^\*+$/.test(entry)) return { service: '*', action: '*' };
  const colon = entry.indexOf(':');
  return colon < 0 ? undefined : { service: entry.slice(0, colon), action: entry.slice(colon + 1) };
}

function isInside(entry: string, other: string): boolean {
  const inner = split(entry);
  const outer = split(other);
  if (!inner || !outer) return false;
  return globIncludes(outer.service, inner.service) && globIncludes(outer.action, inner.action);
}

function isUnused(unused: UnusedActions, service: string, name: string): boolean {
  return unused.service(service)?.has(name.toLowerCase()) ?? false;
}

interface Granting {
  readonly exact: Set<string>;
  readonly patterns: string[];
}

/** The entries' action patterns by service in lower case, exact names apart, for quick look-ups. */
function indexByService(entries: readonly string[]): Map<string, Granting> {
  const index = new Map<string, Granting>();
  for (const entry of entries) {
    const parts = split(entry);
    if (!parts) continue;
    const service = /^\*+$/.test(parts.service) ? '*' : parts.service.toLowerCase();
    const granting = index.get(service) ?? { exact: new Set(), patterns: [] };
    if (/[*?]/.test(parts.action)) granting.patterns.push(parts.action);
    else granting.exact.add(parts.action.toLowerCase());
    index.set(service, granting);
  }
  return index;
}

function isGranted(index: ReadonlyMap<string, Granting>, service: string, name: string): boolean {
  for (const granting of [index.get(service), index.get('*')]) {
    if (!granting) continue;
    if (granting.exact.has(name.toLowerCase()) || granting.patterns.some((pattern) => globIncludes(pattern, name)))
      return true;
  }
  return false;
}

/** The first catalogue action that the entry grants and that passes the test, as `service:Name`. */
function findGranted(
  entry: string,
  catalogue: Catalogue,
  test: (service: string, name: string) => boolean,
): string | undefined {
  const parts = split(entry);
  if (!parts) return undefined;
  const everywhere = /^\*+$/.test(parts.service);
  for (const prefix of everywhere ? catalogue.prefixes : [parts.service.toLowerCase()]) {
    const service = catalogue.service(prefix);
    if (!service) continue;
    if (!/[*?]/.test(parts.action)) {
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
function findUnusedGrant(entry: string, catalogue: Catalogue, unused: UnusedActions): string | undefined {
  const parts = split(entry);
  if (!parts) return undefined;
  const everywhere = /^\*+$/.test(parts.service);
  for (const prefix of everywhere ? unused.prefixes : [parts.service.toLowerCase()]) {
    const service = unused.service(prefix);
    if (!service) continue;
    const action = parts.action.toLowerCase();
    if (!/[*?]/.test(action)) {
      if (service.has(action)) return `${prefix}:${parts.action}`;
      continue;
    }
    const name = service.names.find((candidate) => globIncludes(action, candidate));
    if (name === undefined) continue;
    const known = catalogue.service(prefix);
    return `${prefix}:${known?.names[known.indexOf(name)] ?? name}`;
  }
  return undefined;
}
