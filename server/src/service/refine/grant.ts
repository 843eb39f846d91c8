import type { Catalogue } from '../actions/catalogue.ts';
import type { ActionPattern } from '../actions/entry.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';
import type { NameIndexes, Service } from '../actions/service.ts';
import type { UnusedActions } from '../actions/unused.ts';
import type { UnusedService } from '../actions/unusedService.ts';

/** What an entry grants of one service. */
export interface Grant {
  /** The service prefix in lower case. */
  readonly prefix: string;
  /** The service; `undefined` when the catalogue does not know it. */
  readonly service: Service | undefined;
  /** The names of `service` that the entry grants. */
  readonly indexes: NameIndexes;
  /** What is unused of the service; `undefined` when nobody reports it. */
  readonly unused: UnusedService | undefined;
  /** Reported names that the entry grants and the catalogue lacks. */
  readonly unknown: readonly string[];
  /** How many of the granted actions are unused. */
  readonly unusedCount: number;
}

const NO_INDEXES: NameIndexes = [];
const NO_NAMES: readonly string[] = [];

/** What a pattern grants, service by service; services of which it grants nothing that anybody knows are left out. */
export function grantsOf(pattern: ActionPattern, catalogue: Catalogue, unused: UnusedActions): Grant[] {
  if (pattern.service !== '*') return [grantOf(pattern.service.toLowerCase(), pattern.action, catalogue, unused)];
  // Findings may report services that the catalogue lacks; they are granted all the same.
  const unheardOf = unused.prefixes.filter((prefix) => !catalogue.service(prefix));
  return [...catalogue.prefixes, ...unheardOf]
    .map((prefix) => grantOf(prefix, pattern.action, catalogue, unused))
    .filter(({ indexes, unknown }) => indexes.length > 0 || unknown.length > 0);
}

/** What an entry grants that names one action of the catalogue. */
export function grantOfAction(service: Service, index: number, unused: UnusedService | undefined): Grant {
  return {
    prefix: service.prefix,
    service,
    indexes: service.only(index),
    unused,
    unknown: NO_NAMES,
    unusedCount: unused?.hasIndex(index) ? 1 : 0,
  };
}

function grantOf(prefix: string, action: string, catalogue: Catalogue, unusedActions: UnusedActions): Grant {
  const service = catalogue.service(prefix);
  const unused = unusedActions.service(prefix);
  const indexes = service?.matching(action) ?? NO_INDEXES;
  if (!unused) return { prefix, service, indexes, unused, unknown: NO_NAMES, unusedCount: 0 };
  const unknown = unknownNames(action, indexes, unused);
  return {
    prefix,
    service,
    indexes,
    unused,
    unknown,
    unusedCount: countUnusedIndexes(indexes, unused) + unknown.length,
  };
}

function unknownNames(action: string, indexes: NameIndexes, unused: UnusedService): readonly string[] {
  // Of a whole service every name is unused, so an exact entry is a name to report even if nobody knows it.
  if (unused.whole) return indexes.length === 0 && !hasWildcard(action) && unused.has(action) ? [action] : NO_NAMES;
  return unused.unknown.length === 0 ? NO_NAMES : unused.unknown.filter((name) => globIncludes(action, name));
}

/** How many actions are granted: the catalogue's, and reported ones that it lacks. */
export function countGranted(grants: readonly Grant[]): number {
  return grants.reduce((sum, { indexes, unknown }) => sum + indexes.length + unknown.length, 0);
}

/** How many of the granted actions are unused. */
export function countUnused(grants: readonly Grant[]): number {
  return grants.reduce((sum, { unusedCount }) => sum + unusedCount, 0);
}

/** How many of these names are unused. */
export function countUnusedIndexes(indexes: NameIndexes, unused: UnusedService): number {
  let count = 0;
  for (const index of indexes) if (unused.hasIndex(index)) count++;
  return count;
}

/** The granted actions that are in use, or that nobody reports, as `service:Name`. */
export function keptActions(grants: readonly Grant[]): string[] {
  return grants.flatMap((grant) => keptIndexes(grant).map((index) => `${grant.prefix}:${grant.service?.names[index]}`));
}

/** The granted actions that are unused, as `service:Name`. */
export function unusedActions(grants: readonly Grant[]): string[] {
  return grants.flatMap(({ prefix, service, indexes, unused, unknown }) => {
    if (!unused) return [];
    const known = indexes.filter((index) => unused.hasIndex(index)).map((index) => service?.names[index] as string);
    return [...known, ...unknown].map((name) => `${prefix}:${name}`);
  });
}

/** The granted names of the catalogue that are not unused, as their indexes, ascending. */
export function keptIndexes({ indexes, unused, unusedCount }: Grant): NameIndexes {
  return unused && unusedCount > 0 ? indexes.filter((index) => !unused.hasIndex(index)) : indexes;
}
