import type { Catalogue } from '../actions/catalogue.ts';
import type { UnusedActions } from '../actions/unused.ts';
import { findGranted, findUnusedGrant, indexByService, isGranted, isPattern, isUnused, split } from './enumeration.ts';

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
  return gained === undefined ? undefined : `'${gained}' would grant what no entry granted before`;
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
