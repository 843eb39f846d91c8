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
  const standing = new Set(after);
  const added = [...standing].filter((entry) => !old.has(entry));
  const removed = [...old].filter((entry) => !standing.has(entry));
  return (
    findGain(added, before) ??
    findLoss(removed, after, catalogue, unused) ??
    findRest(
      added,
      chosen.filter((entry) => standing.has(entry)),
      catalogue,
      unused,
    ) ??
    'ok'
  );
}

/**
 * Proves that entries added to a `NotAction` element keep the guarantee. Such an element grants what it does not list, so:
 * 1. nothing lost: no entry that was added lists an action that is in use and was granted before;
 * 2. nothing left: every unused action is listed;
 * 3. nothing gained: every old entry is still there.
 */
export function proveExclusions(
  before: readonly string[],
  after: readonly string[],
  catalogue: Catalogue,
  unused: UnusedActions,
): Verdict {
  const missing = before.find((entry, index) => after[index] !== entry);
  if (missing !== undefined) return `'${missing}' would no longer be excluded`;
  const listedBefore = indexByService(before);
  const listed = indexByService(after);
  for (const entry of after.slice(before.length)) {
    const lost = findGranted(
      entry,
      catalogue,
      (service, name) => !isUnused(unused, service, name) && !isGranted(listedBefore, service, name),
    );
    if (lost) return `'${lost}' is in use and would be excluded`;
  }
  for (const prefix of unused.prefixes) {
    const left = unused.service(prefix)?.names.find((name) => !isGranted(listed, prefix, name));
    if (left !== undefined) return `'${prefix}:${left}' is unused and would still be granted`;
  }
  return 'ok';
}

function findGain(added: readonly string[], before: readonly string[]): string | undefined {
  if (added.length === 0) return undefined;
  const granting = indexByService(before);
  const gained = added.find((entry) => {
    const parts = split(entry);
    return !parts || !isGranted(granting, parts.service.toLowerCase(), parts.action);
  });
  return gained && `'${gained}' would grant what no entry granted before`;
}

function findLoss(
  removed: readonly string[],
  after: readonly string[],
  catalogue: Catalogue,
  unused: UnusedActions,
): string | undefined {
  const granting = indexByService(after);
  for (const entry of removed) {
    const lost = findGranted(
      entry,
      catalogue,
      (service, name) => !isUnused(unused, service, name) && !isGranted(granting, service, name),
    );
    if (lost) return `'${lost}' is in use and would no longer be granted`;
  }
  return undefined;
}

function findRest(
  added: readonly string[],
  staying: readonly string[],
  catalogue: Catalogue,
  unused: UnusedActions,
): string | undefined {
  // A wildcard of which the catalogue knows nothing stays: nobody can say what else it grants.
  const understood = staying.filter((entry) => !isPattern(entry) || findGranted(entry, catalogue, () => true));
  for (const entry of [...added, ...understood]) {
    const left = findUnusedGrant(entry, catalogue, unused);
    if (left) return `'${left}' is unused and would still be granted by '${entry}'`;
  }
  return undefined;
}

interface Parts {
  readonly service: string;
  readonly action: string;
}

/** Service and action pattern of an entry; a bare `*` is `*:*`. */
function split(entry: string): Parts | undefined {
  const colon = entry.indexOf(':');
  if (colon >= 0) return { service: entry.slice(0, colon), action: entry.slice(colon + 1) };
  return isEverything(entry) ? { service: '*', action: '*' } : undefined;
}

function isEverything(pattern: string): boolean {
  return pattern.startsWith('*') && /^\*+$/.test(pattern);
}

function isUnused(unused: UnusedActions, service: string, name: string): boolean {
  return unused.service(service)?.has(name) ?? false;
}

/** The action patterns of one service; of the service `*`, those that hold for every service. */
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

function isPattern(action: string): boolean {
  return action.includes('*') || action.includes('?');
}

/** Whether an action, or all that an action pattern stands for, is granted by one of the indexed entries. */
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
function findUnusedGrant(entry: string, catalogue: Catalogue, unused: UnusedActions): string | undefined {
  const parts = split(entry);
  if (!parts) return undefined;
  const everywhere = isEverything(parts.service);
  for (const prefix of everywhere ? unused.prefixes : [parts.service.toLowerCase()]) {
    const service = unused.service(prefix);
    if (!service) continue;
    const action = parts.action.toLowerCase();
    if (!isPattern(action)) {
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
