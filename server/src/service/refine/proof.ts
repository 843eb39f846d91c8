import type { Catalogue } from '../actions/catalogue.ts';
import { globIncludes } from '../actions/glob.ts';
import type { Service } from '../actions/service.ts';
import type { UnusedActions } from '../actions/unused.ts';
import type { UnusedService } from '../actions/unusedService.ts';
import { isEverything, isPattern, namesMatching, servicesOf, split } from './enumeration.ts';
import { Granted } from './granted.ts';

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
    findGain(added, before, catalogue) ??
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
  const listedBefore = new Granted(before, catalogue);
  const listed = new Granted(after, catalogue);
  for (const entry of after.slice(before.length)) {
    const lost = findInUse(entry, listedBefore, catalogue, unused);
    if (lost) return `'${lost}' is in use and would be excluded`;
  }
  for (const prefix of unused.prefixes) {
    const left = findUnlisted(prefix, listed, catalogue, unused);
    if (left !== undefined) return `'${prefix}:${left}' is unused and would still be granted`;
  }
  return 'ok';
}

/** An unused action of a service, as its name, that no entry lists. */
function findUnlisted(
  prefix: string,
  listed: Granted,
  catalogue: Catalogue,
  unusedActions: UnusedActions,
): string | undefined {
  const unused = unusedActions.service(prefix);
  const service = catalogue.service(prefix);
  const known = service?.names.find((_, index) => unused?.hasIndex(index) && !listed.hasIndex(service, index));
  return known ?? unused?.unknown.find((name) => !listed.includes(`${prefix}:${name}`));
}

function findGain(added: readonly string[], before: readonly string[], catalogue: Catalogue): string | undefined {
  const granted = new Granted(before, catalogue);
  const gained = added.find((entry) => !granted.includes(entry));
  return gained === undefined ? undefined : `'${gained}' would grant what no entry granted before`;
}

function findLoss(
  removed: readonly string[],
  after: readonly string[],
  catalogue: Catalogue,
  unused: UnusedActions,
): string | undefined {
  const granted = new Granted(after, catalogue);
  for (const entry of removed) {
    const lost = findInUse(entry, granted, catalogue, unused);
    if (lost) return `'${lost}' is in use and would no longer be granted`;
    if (!isReported(entry, catalogue, unused) && !granted.includes(entry))
      return `'${entry}' would no longer be granted, and nobody knows what it grants`;
  }
  return undefined;
}

/**
 * Whether the catalogue, or a report, speaks of what an entry grants. Of what neither speaks nothing is known: not that it is
 * unused, and not that it does not exist.
 */
function isReported(entry: string, catalogue: Catalogue, unused: UnusedActions): boolean {
  const parts = split(entry);
  if (!parts) return false;
  if (!isPattern(entry))
    return catalogue.find(entry) !== undefined || unused.service(parts.service)?.has(parts.action) === true;
  return isUnderstood(entry, catalogue) || unused.service(parts.service)?.withoutExceptions === true;
}

/** An action, as `service:Name`, that the entry stands for, that is not unused and that nothing in `elsewhere` grants. */
function findInUse(
  entry: string,
  elsewhere: Granted,
  catalogue: Catalogue,
  unusedActions: UnusedActions,
): string | undefined {
  const isInUse = (service: Service, index: number) =>
    !unusedActions.service(service.prefix)?.hasIndex(index) && !elsewhere.hasIndex(service, index);
  const action = catalogue.find(entry);
  if (action) return isInUse(action.service, action.index) ? action.service.entry(action.index) : undefined;
  const parts = isPattern(entry) ? split(entry) : undefined;
  if (!parts) return undefined;
  for (const service of servicesOf(parts, catalogue)) {
    const index = namesMatching(service, parts.action).find((granted) => isInUse(service, granted));
    if (index !== undefined) return service.entry(index);
  }
  return undefined;
}

function findRest(
  added: readonly string[],
  staying: readonly string[],
  catalogue: Catalogue,
  unused: UnusedActions,
): string | undefined {
  for (const entry of added) {
    const left = findUnused(entry, catalogue, unused);
    if (left) return describeRest(left, entry);
  }
  for (const entry of staying) {
    const left = findUnused(entry, catalogue, unused);
    // A wildcard of which the catalogue knows nothing stays: nobody can say what else it grants.
    if (left && isUnderstood(entry, catalogue)) return describeRest(left, entry);
  }
  return undefined;
}

function describeRest(action: string, entry: string): string {
  return `'${action}' is unused and would still be granted by '${entry}'`;
}

/** An unused action, as `service:Name`, that the entry grants, be it one that the catalogue lacks. */
function findUnused(entry: string, catalogue: Catalogue, unusedActions: UnusedActions): string | undefined {
  const action = catalogue.find(entry);
  if (action) {
    const { service, index } = action;
    return unusedActions.service(service.prefix)?.hasIndex(index) ? service.entry(index) : undefined;
  }
  const parts = split(entry);
  if (!parts) return undefined;
  for (const prefix of isEverything(parts.service) ? unusedActions.prefixes : [parts.service]) {
    const unused = unusedActions.service(prefix);
    if (!unused) continue;
    const name = isPattern(parts.action)
      ? findUnusedName(parts.action, unused, catalogue.service(prefix))
      : unused.has(parts.action) && parts.action;
    if (name) return `${prefix}:${name}`;
  }
  return undefined;
}

function findUnusedName(pattern: string, unused: UnusedService, service: Service | undefined): string | undefined {
  const index = service && namesMatching(service, pattern).find((granted) => unused.hasIndex(granted));
  return index === undefined
    ? unused.unknown.find((name) => globIncludes(pattern, name))
    : (service?.names[index] as string);
}

/** Whether the catalogue knows something of what the entry grants; an entry without wildcards needs no catalogue. */
function isUnderstood(entry: string, catalogue: Catalogue): boolean {
  const parts = isPattern(entry) ? split(entry) : undefined;
  return !parts || servicesOf(parts, catalogue).some((service) => namesMatching(service, parts.action).length > 0);
}
