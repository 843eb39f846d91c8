import { CoverIndex } from './cover.ts';
import { type EntryRefinement, type RefineContext, refineEntry } from './entry.ts';

/** What becomes of the entries of one statement, index by index. */
export interface StatementRefinement {
  readonly entries: readonly EntryRefinement[];
  /** Whether no entry is left, so that the statement is to be removed. */
  readonly removed: boolean;
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
    return chosen(index) ? refinement : { ...refinement, replacement: undefined };
  });
  const replacements = dropCovered(
    entries.filter((_, index) => refined[index]?.replacement === undefined),
    refined.map((entry) => entry.replacement),
  );
  return {
    entries: refined.map((entry, index) => ({ ...entry, replacement: replacements[index] })),
    removed: entries.length > 0 && replacements.every((replacement) => replacement?.length === 0),
  };
}

/** Takes from the replacements what a staying entry, or a replacement that is not itself taken out, covers already. */
function dropCovered(
  staying: readonly string[],
  replacements: readonly (readonly string[] | undefined)[],
): (readonly string[] | undefined)[] {
  const fresh = new CoverIndex();
  // Equal entries first: `svc:Label*` and `svc:label*` cover each other, and one of them must survive.
  const distinct = replacements.map((replacement) => replacement?.filter((entry) => fresh.add(entry)));
  const old = new CoverIndex();
  for (const entry of staying) old.add(entry);
  return distinct.map((replacement) =>
    replacement?.filter((entry) => {
      const covered = old.has(entry) || old.coversFromOutside(entry) || fresh.coversFromOutside(entry);
      if (covered) fresh.delete(entry);
      return !covered;
    }),
  );
}
