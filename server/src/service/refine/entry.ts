import type { Catalogue, CatalogueAction } from '../actions/catalogue.ts';
import { type ActionPattern, parseEntry } from '../actions/entry.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';
import type { UnusedActions } from '../actions/unused.ts';
import type { UnusedService } from '../actions/unusedService.ts';
import { compareText } from '../actions/words.ts';
import { countUnused, type Grant, grantOfAction, grantsOf, keptIndexes } from './grant.ts';
import { writeEntries } from './newEntries.ts';
import { type SafeAction, shortestSafePrefixes } from './prefixes.ts';

/** How the kept actions of a wildcard are written: as shortest safe prefixes, or one by one. */
export type Generalization = 'prefix' | 'exact';

/** What everything in `refine/` works with. */
export interface RefineContext {
  readonly catalogue: Catalogue;
  readonly unused: UnusedActions;
  readonly generalization: Generalization;
}

/** What becomes of one entry. */
export interface EntryRefinement {
  /** The entry as it stands, such as `s3:Get*`. */
  readonly entry: string;
  /** What it grants, service by service. */
  readonly grants: readonly Grant[];
  /** How many of the granted actions are unused. */
  readonly unused: number;
  /**
   * What takes the entry's place, sorted: nothing when all it grants is unused.
   * `undefined` when the entry stays byte for byte.
   */
  readonly replacement: readonly string[] | undefined;
}

/**
 * Refines one entry: what it grants, what of that is unused, and the shortest entries that grant all and only the rest.
 *
 * An entry that grants nothing unused stays, odd spelling and unknown actions included. A wildcard of which the catalogue
 * knows nothing stays too, though it is reported with what is unused: nobody can say what else it grants.
 */
export function refineEntry(entry: string, context: RefineContext): EntryRefinement {
  // Most entries name one action, and of policies with thousands of them nearly all.
  const action = context.catalogue.find(entry);
  if (action) return refineAction(entry, action, context);
  const pattern = parseEntry(entry);
  const grants = pattern ? grantsOf(pattern, context.catalogue, context.unused) : [];
  const unused = countUnused(grants);
  const refinable =
    pattern !== undefined && (unused > 0 ? isUnderstood(entry, grants) : grantsOnlyWholeServices(pattern, grants));
  return { entry, grants, unused, replacement: refinable ? replace(pattern, grants, context) : undefined };
}

/** Refines an entry that names one action of the catalogue: it stays, or it goes. */
function refineAction(entry: string, { service, index }: CatalogueAction, { unused }: RefineContext): EntryRefinement {
  const grant = grantOfAction(service, index, unused.service(service.prefix));
  return { entry, grants: [grant], unused: grant.unusedCount, replacement: grant.unusedCount > 0 ? [] : undefined };
}

/** Whether the catalogue knows something of what the entry grants; an entry without wildcards needs no catalogue. */
function isUnderstood(entry: string, grants: readonly Grant[]): boolean {
  return !hasWildcard(entry) || grants.some(({ indexes }) => indexes.length > 0);
}

/**
 * Whether a wildcard of which the catalogue knows no name lies in a service that is unused as a whole: then all it can grant
 * is unused. Not so where something of the service is excepted: nobody can say whether the wildcard grants it.
 */
function grantsOnlyWholeServices({ service, action }: ActionPattern, grants: readonly Grant[]): boolean {
  if (service === '*' || !hasWildcard(action)) return false;
  return grants.every(({ indexes, unused }) => indexes.length === 0 && unused?.withoutExceptions === true);
}

function replace(pattern: ActionPattern, grants: readonly Grant[], { generalization }: RefineContext): string[] {
  // Sorted as texts with a colon behind: `a4b-x:` comes before `a4b:`.
  const ordered = grants.length < 2 ? grants : grants.toSorted((a, b) => compareText(`${a.prefix}:`, `${b.prefix}:`));
  return ordered.flatMap((grant) => {
    const prefix = pattern.service === '*' ? grant.prefix : pattern.service;
    return writeEntries(prefix, replaceGrant(pattern.action, grant, generalization), grant.service);
  });
}

/** The actions that grant what stays of one service. */
function replaceGrant(action: string, grant: Grant, generalization: Generalization): readonly SafeAction[] {
  const { service, unused, unusedCount } = grant;
  // Of `*`, a service of which nothing is unused stays whole.
  if (unusedCount === 0 && !unused?.whole) return [action];
  if (!service || !unused) return [];
  const kept = keptIndexes(grant);
  if (unused.whole || generalization === 'exact' || !hasWildcard(action)) return kept;
  return shortestSafePrefixes(action, service, kept, unsafeNames(action, unused));
}

/** The unused names that the pattern matches, in lower case and sorted, names that the catalogue lacks included. */
function unsafeNames(action: string, { names }: UnusedService): readonly string[] {
  if (action === '*') return names;
  // Any prefix of a name that a final star grants lies behind the pattern's own prefix, so no name needs to be left out.
  const prefix = isPrefixPattern(action) ? action.slice(0, -1).toLowerCase() : undefined;
  return names.filter((name) => (prefix === undefined ? globIncludes(action, name) : name.startsWith(prefix)));
}

function isPrefixPattern(action: string): boolean {
  return action.endsWith('*') && !hasWildcard(action.slice(0, -1));
}
