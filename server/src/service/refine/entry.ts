import type { Catalogue, Service } from '../actions/catalogue.ts';
import { type ActionPattern, matchingNames, parseEntry, servicesOf } from '../actions/entry.ts';
import { globIncludes, hasWildcard } from '../actions/glob.ts';
import type { UnusedActions, UnusedService } from '../actions/unused.ts';
import { compareText } from '../actions/words.ts';
import { shortestSafePrefixes } from './prefixes.ts';

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
  /** The actions it grants: the catalogue's, and reported ones that the catalogue lacks. `service:Name`. */
  readonly granted: readonly string[];
  /** Those of `granted` that are unused. */
  readonly unused: readonly string[];
  /**
   * What takes the entry's place, sorted: nothing when all it grants is unused.
   * `undefined` when the entry stays byte for byte.
   */
  readonly replacement: readonly string[] | undefined;
  /**
   * For a wildcard: all reported actions of its services that the catalogue lacks. Where there are any, the catalogue
   * is too old to be fully trusted with this wildcard.
   */
  readonly unknown: readonly string[];
}

/**
 * Refines one entry: what it grants, what of that is unused, and the shortest entries that grant all and only the rest.
 *
 * An entry that grants nothing unused stays, odd spelling and unknown actions included. A wildcard of which the catalogue
 * knows nothing stays too, though it is reported with what is unused: nobody can say what else it grants.
 */
export function refineEntry(entry: string, context: RefineContext): EntryRefinement {
  const pattern = parseEntry(entry);
  const shares = pattern ? sharesOf(pattern, context) : [];
  const granted = shares.flatMap((share) => [...share.granted, ...share.unknown]);
  const unused = shares.flatMap((share) => [...share.unused, ...share.unknown]);
  const stays = unused.length === 0 && !shares.some((share) => share.goesUnseen);
  const known = shares.some((share) => share.granted.length > 0 || share.goesUnseen);
  const refinable = !stays && (known || !hasWildcard(entry));
  return {
    entry,
    granted,
    unused,
    replacement:
      refinable && pattern ? sortEntries(shares.flatMap((share) => refineShare(share, pattern, context))) : undefined,
    unknown: hasWildcard(entry) ? shares.flatMap((share) => share.outdated) : [],
  };
}

/** What an entry grants of one service. */
interface Share {
  /** The service prefix as it is to be written. */
  readonly prefix: string;
  readonly kept: readonly string[];
  /** `service:Name`, from the catalogue. */
  readonly granted: readonly string[];
  readonly unused: readonly string[];
  /** Reported names that the pattern matches and the catalogue lacks, as `service:Name`. */
  readonly unknown: readonly string[];
  /** All reported names of the service that the catalogue lacks, as `service:Name`. */
  readonly outdated: readonly string[];
  /** The unused names that the pattern matches, in lower case and sorted, unknown ones included. */
  readonly unsafe: readonly string[];
  /** The whole service is unused, so the entry goes although the catalogue knows no name that it grants. */
  readonly goesUnseen: boolean;
  readonly whole: boolean;
}

function sharesOf(pattern: ActionPattern, { catalogue, unused }: RefineContext): Share[] {
  const shares = servicesOf(pattern, catalogue).map((service) =>
    shareOf(service.prefix, service, pattern, unused.service(service.prefix)),
  );
  // Findings may report services that the catalogue lacks; they are granted all the same.
  const reported = pattern.service === '*' ? unused.prefixes : [pattern.service.toLowerCase()];
  for (const prefix of reported) {
    if (!catalogue.service(prefix)) shares.push(shareOf(prefix, undefined, pattern, unused.service(prefix)));
  }
  return shares;
}

function shareOf(
  prefix: string,
  service: Service | undefined,
  pattern: ActionPattern,
  unused: UnusedService | undefined,
): Share {
  const names = service ? matchingNames(service, pattern.action) : [];
  const isUnused = (name: string) => unused?.has(name.toLowerCase()) ?? false;
  const qualify = (name: string) => `${prefix}:${name}`;
  const matches = (name: string) => globIncludes(pattern.action, name);
  const goesUnseen =
    unused?.whole === true &&
    names.length === 0 &&
    pattern.service !== '*' &&
    (hasWildcard(pattern.action) || unused.has(pattern.action.toLowerCase()));
  return {
    prefix: pattern.service === '*' ? prefix : pattern.service,
    kept: unused ? names.filter((name) => !isUnused(name)) : names,
    granted: names.map(qualify),
    unused: unused ? names.filter(isUnused).map(qualify) : [],
    unknown: (goesUnseen && !hasWildcard(pattern.action)
      ? [pattern.action]
      : (unused?.unknown.filter(matches) ?? [])
    ).map(qualify),
    outdated: unused ? unused.unknown.map(qualify) : [],
    unsafe: unused ? unused.names.filter(matches) : [],
    goesUnseen,
    whole: unused?.whole === true,
  };
}

function refineShare(share: Share, pattern: ActionPattern, { generalization }: RefineContext): string[] {
  const { prefix, kept } = share;
  const write = (action: string) => `${prefix}:${action}`;
  const untouched = share.unsafe.length === 0 && !share.whole;
  if (kept.length === 0 && !untouched) return [];
  if (untouched) return share.granted.length > 0 ? [write(pattern.action)] : [];
  if (share.whole || generalization === 'exact' || !hasWildcard(pattern.action)) return kept.map(write);
  return shortestSafePrefixes(pattern.action, kept, share.unsafe).map(write);
}

/** Sorts entries as text, ignoring case first, so that a list reads the same whoever wrote its prefix. */
function sortEntries(entries: readonly string[]): string[] {
  return [...entries].sort((a, b) => compareText(a.toLowerCase(), b.toLowerCase()) || compareText(a, b));
}
