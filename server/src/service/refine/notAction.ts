import { parseEntry } from '../actions/entry.ts';
import { globIncludes } from '../actions/glob.ts';
import { compareText } from '../actions/words.ts';
import type { RefineContext } from './entry.ts';
import { countUnused, countUnusedIndexes, type Grant, unusedActions } from './grant.ts';

/** What becomes of the `NotAction` element of an Allow statement, which grants all that it does not list. */
export interface Exclusions {
  /** What the statement grants, service by service. */
  readonly grants: readonly Grant[];
  /** How many of the granted actions are unused. */
  readonly unused: number;
  /** The entries to add behind the user's own, sorted: the unused actions, so that they are no longer granted. */
  readonly added: readonly string[];
}

/**
 * Refines the entries of a `NotAction` element. The user's own entries all stay; what is granted and unused is added by name,
 * a service that is unused as a whole, without exceptions, as `svc:*`.
 */
export function refineNotAction(entries: readonly string[], context: RefineContext): Exclusions {
  const grants = grantsBeyond(entries, context);
  const added = grants.flatMap((grant) => exclude(grant));
  return {
    grants,
    unused: countUnused(grants),
    added: added.sort((a, b) => compareText(a.toLowerCase(), b.toLowerCase())),
  };
}

function exclude(grant: Grant): string[] {
  const { prefix, unused } = grant;
  const withoutExceptions = unused?.withoutExceptions === true;
  return withoutExceptions ? [`${prefix}:*`] : unusedActions([grant]);
}

/** What is granted by not being listed, of services of which anything is reported or known. */
function grantsBeyond(entries: readonly string[], { catalogue, unused: reported }: RefineContext): Grant[] {
  const patterns = entries.flatMap((entry) => parseEntry(entry) ?? []);
  const grants: Grant[] = [];
  for (const prefix of new Set([...catalogue.prefixes, ...reported.prefixes])) {
    const listed = patterns.filter(({ service }) => service === '*' || service.toLowerCase() === prefix);
    if (listed.some(({ action }) => action === '*')) continue;
    const service = catalogue.service(prefix);
    const excluded = new Set(listed.flatMap(({ action }) => service?.matching(action) ?? []));
    const all = service?.matching('*') ?? [];
    const indexes = excluded.size > 0 ? all.filter((index) => !excluded.has(index)) : all;
    const unused = reported.service(prefix);
    const unknown = unused?.unknown.filter((name) => !listed.some(({ action }) => globIncludes(action, name))) ?? [];
    const open = indexes.length > 0 || unknown.length > 0 || (!service && unused?.whole === true);
    const unusedCount = unused ? countUnusedIndexes(indexes, unused) + unknown.length : 0;
    if (open) grants.push({ prefix, service, indexes, unused, unknown, unusedCount });
  }
  return grants;
}
