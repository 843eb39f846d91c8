import type { Catalogue } from '../actions/catalogue.ts';
import { hasWildcard } from '../actions/glob.ts';
import { CoverIndex, keyOf } from './cover.ts';
import { type EntryRefinement, type RefineContext, refineEntry } from './entry.ts';
import { keptIndexes } from './grant.ts';
import { NameMarks } from './nameMarks.ts';

/** What becomes of the entries of one statement, index by index. */
export interface StatementRefinement {
  readonly entries: readonly EntryRefinement[];
  /** Whether no entry is left, so that the statement is to be removed. */
  readonly removed: boolean;
}

/** The same, and how it came about. */
export interface RefinedStatement extends StatementRefinement {
  /** What becomes of each entry taken by itself. */
  readonly single: readonly EntryRefinement[];
}

/** What is settled before a statement is refined. */
export interface KnownParts {
  /** Which entries to refine, by index; the others stay. All when absent. */
  readonly chosen?: (index: number) => boolean;
  /** What becomes of an entry taken by itself, by index, where that is known already. */
  readonly single?: (index: number) => EntryRefinement | undefined;
}

/**
 * Refines the entries of one Allow statement.
 *
 * Each entry is refined by itself, in its place. Then the whole is made succinct: a new entry goes when an entry that
 * stays, or another new entry, grants all of it already.
 *
 * @param entries the entries of the `Action` element, in order
 */
export function refineStatement(
  entries: readonly string[],
  context: RefineContext,
  { chosen, single: known }: KnownParts = {},
): RefinedStatement {
  const single = entries.map((entry, index) => known?.(index) ?? refineEntry(entry, context));
  const refined = single.map((refinement, index) =>
    refinement.replacement === undefined || !chosen || chosen(index)
      ? refinement
      : withReplacement(refinement, undefined),
  );
  if (refined.every(({ replacement }) => replacement === undefined))
    return { entries: refined, single, removed: false };
  if (needsNoComparison(refined)) return { entries: refined, single, removed: isEmptied(refined) };
  const succinct = dropCovered(refined, context.catalogue);
  if (context.generalization === 'prefix' && isLongerThanExact(succinct))
    return {
      ...refineStatement(entries, { ...context, generalization: 'exact' }, { ...(chosen && { chosen }) }),
      single,
    };
  return { entries: succinct, single, removed: isEmptied(succinct) };
}

function isEmptied(refined: readonly EntryRefinement[]): boolean {
  return refined.every(({ replacement }) => replacement?.length === 0);
}

/** Whether there is nothing that could cover a new entry: none stays, and no other one gave new entries. */
function needsNoComparison(refined: readonly EntryRefinement[]): boolean {
  const replaced = refined.filter(({ replacement }) => replacement);
  const lists = replaced.filter(({ replacement }) => replacement?.length !== 0);
  return lists.length === 0 || (lists.length === 1 && replaced.length === refined.length);
}

/**
 * Whether there are more new entries than new actions: entries that grant the same actions by different patterns do not cover
 * each other, and entries that stay may grant most of them already. Then the actions themselves are the shorter list.
 */
function isLongerThanExact(refined: readonly EntryRefinement[]): boolean {
  if (!refined.some(({ replacement }) => replacement?.some(hasWildcard))) return false;
  const amount = refined.reduce((sum, { replacement }) => sum + (replacement?.length ?? 0), 0);
  const granted = grantedByStaying(refined);
  const staying = granted.size;
  for (const { grants, replacement } of refined) {
    if (!replacement) continue;
    for (const grant of grants) if (grant.service) granted.add(grant.service, keptIndexes(grant));
    if (granted.size - staying >= amount) return false;
  }
  return true;
}

function grantedByStaying(refined: readonly EntryRefinement[]): NameMarks {
  const granted = new NameMarks();
  for (const { grants, replacement } of refined) if (!replacement) granted.addAll(grants);
  return granted;
}

function withReplacement(refinement: EntryRefinement, replacement: EntryRefinement['replacement']): EntryRefinement {
  return { ...refinement, replacement };
}

/** Takes from the replacements what a staying entry, or a replacement of another entry, covers already. */
function dropCovered(refined: readonly EntryRefinement[], catalogue: Catalogue): EntryRefinement[] {
  const staying = grantedByStaying(refined);
  const patterns = new CoverIndex(
    refined.flatMap(({ entry, replacement }) => (replacement ? [] : [entry])).filter(hasWildcard),
  );
  const isGranted = (entry: string) => {
    const action = catalogue.find(entry);
    return action
      ? staying.has(action.service, action.index)
      : patterns.has(entry) || patterns.coversFromOutside(entry);
  };
  const lists = refined.flatMap(({ replacement }) => (replacement && replacement.length > 0 ? [replacement] : []));
  const fresh = lists.length > 1 ? new CoverIndex(lists.flat()) : undefined;
  // Of equal entries one must survive: `svc:Label*` and `svc:label*` are the same.
  const seen = new Set<string>();
  const isRepeated = (entry: string) => {
    if (!fresh) return false;
    const key = keyOf(entry);
    if (seen.has(key) || fresh.coversFromOutside(entry)) return true;
    seen.add(key);
    return false;
  };
  return refined.map((refinement) => {
    const left = refinement.replacement?.filter((entry) => !isGranted(entry) && !isRepeated(entry));
    return left?.length === refinement.replacement?.length ? refinement : withReplacement(refinement, left);
  });
}
