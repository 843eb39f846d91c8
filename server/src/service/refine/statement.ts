import { CoverIndex } from './cover.ts';
import { type EntryRefinement, type RefineContext, refineEntry } from './entry.ts';
import { eachKept } from './grant.ts';
import type { Exclusions } from './notAction.ts';

/** What becomes of the entries of one statement, index by index. */
export interface StatementRefinement {
  readonly entries: readonly EntryRefinement[];
  /** Whether no entry is left, so that the statement is to be removed. */
  readonly removed: boolean;
  /** For `NotAction`, whose entries all stay: what is added to them. */
  readonly exclusions?: Exclusions;
}

/**
 * Refines the entries of one Allow statement.
 *
 * Each entry is refined by itself, in its place. Then the whole is made succinct: a new entry goes when an entry that
 * stays, or another new entry, grants all of it already.
 *
 * @param entries the entries of the `Action` element, in order
 * @param chosen which of them to refine, by index; the others stay. Default: all.
 */
export function refineStatement(
  entries: readonly string[],
  context: RefineContext,
  chosen: (index: number) => boolean = () => true,
): StatementRefinement {
  const refined = entries.map((entry, index) => {
    const refinement = refineEntry(entry, context);
    return refinement.replacement === undefined || chosen(index) ? refinement : withReplacement(refinement, undefined);
  });
  if (refined.every(({ replacement }) => replacement === undefined)) return { entries: refined, removed: false };
  const replacements = dropCovered(refined);
  const isLonger = context.generalization === 'prefix' && isLongerThanExact(refined, replacements);
  if (isLonger) return refineStatement(entries, { ...context, generalization: 'exact' }, chosen);
  return {
    entries: refined.map((entry, index) => withReplacement(entry, replacements[index])),
    removed: replacements.every((replacement) => replacement?.length === 0),
  };
}

/**
 * Whether there are more new entries than new actions: entries that grant the same actions by different patterns do not cover
 * each other, and entries that stay may grant most of them already. Then the actions themselves are the shorter list.
 */
function isLongerThanExact(
  refined: readonly EntryRefinement[],
  replacements: readonly EntryRefinement['replacement'][],
): boolean {
  const amount = replacements.reduce((sum, replacement) => sum + (replacement?.length ?? 0), 0);
  const granted = new CoverIndex();
  for (const { entry, replacement } of refined) if (replacement === undefined) granted.add(entry);
  const staying = granted.size;
  for (const { grants, replacement } of refined) {
    if (!replacement) continue;
    for (const action of eachKept(grants)) {
      if (!granted.coversFromOutside(action)) granted.add(action);
      if (granted.size - staying >= amount) return false;
    }
  }
  return granted.size - staying < amount;
}

function withReplacement(refinement: EntryRefinement, replacement: EntryRefinement['replacement']): EntryRefinement {
  return refinement.replacement === replacement ? refinement : { ...refinement, replacement };
}

/** Takes from the replacements what a staying entry, or a replacement that is not itself taken out, covers already. */
function dropCovered(refined: readonly EntryRefinement[]): EntryRefinement['replacement'][] {
  const fresh = new CoverIndex();
  // Equal entries first: `svc:Label*` and `svc:label*` cover each other, and one of them must survive.
  const distinct = refined.map(({ replacement }) => replacement?.filter((entry) => fresh.add(entry)));
  if (fresh.size === 0) return distinct;
  const old = new CoverIndex();
  for (const { entry, replacement } of refined) if (replacement === undefined) old.add(entry);
  return distinct.map((replacement) =>
    replacement?.filter((entry) => {
      const covered = old.has(entry) || old.coversFromOutside(entry) || fresh.coversFromOutside(entry);
      if (covered) fresh.delete(entry);
      return !covered;
    }),
  );
}
