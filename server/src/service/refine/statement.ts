import { hasWildcard } from '../actions/glob.ts';
import type { NameIndexes } from '../actions/service.ts';
import { CoverIndex, keyOf } from './cover.ts';
import { type EntryRefinement, type RefineContext, refineEntry } from './entry.ts';
import { type Grant, keptIndexes } from './grant.ts';
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
  if (!replacements.some((replacement) => replacement?.some(hasWildcard))) return false;
  const amount = replacements.reduce((sum, replacement) => sum + (replacement?.length ?? 0), 0);
  const granted = new NameMarks();
  for (const { grants, replacement } of refined) if (!replacement) granted.addAll(grants, ({ indexes }) => indexes);
  const staying = granted.size;
  for (const { grants, replacement } of refined) {
    if (replacement) granted.addAll(grants, keptIndexes);
    if (granted.size - staying >= amount) return false;
  }
  return true;
}

/** Names of the catalogue, each counted once. */
class NameMarks {
  size = 0;
  readonly #marks = new Map<string, Uint8Array>();

  addAll(grants: readonly Grant[], indexesOf: (grant: Grant) => NameIndexes): void {
    for (const grant of grants) {
      let marks = this.#marks.get(grant.prefix);
      if (!marks) {
        marks = new Uint8Array(grant.service?.names.length ?? 0);
        this.#marks.set(grant.prefix, marks);
      }
      for (const index of indexesOf(grant)) {
        if (marks[index] === 0) this.size++;
        marks[index] = 1;
      }
    }
  }
}

function withReplacement(refinement: EntryRefinement, replacement: EntryRefinement['replacement']): EntryRefinement {
  return refinement.replacement === replacement ? refinement : { ...refinement, replacement };
}

/** Takes from the replacements what a staying entry, or another new one, covers already. */
function dropCovered(refined: readonly EntryRefinement[]): EntryRefinement['replacement'][] {
  const replacements = refined.map(({ replacement }) => replacement);
  const added = replacements.flatMap((replacement) => replacement ?? []);
  if (added.length === 0) return replacements;
  const old = new CoverIndex(refined.flatMap(({ entry, replacement }) => (replacement ? [] : [entry])));
  const fresh = new CoverIndex(added);
  const isCovered = (entry: string) => old.has(entry) || old.coversFromOutside(entry) || fresh.coversFromOutside(entry);
  // Of equal entries one must survive: `svc:Label*` and `svc:label*` are the same.
  const seen = new Set<string>();
  return replacements.map((replacement) =>
    replacement?.filter((entry) => {
      const key = keyOf(entry);
      if (seen.has(key) || isCovered(entry)) return false;
      seen.add(key);
      return true;
    }),
  );
}
