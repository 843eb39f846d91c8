import type { EntryRefinement, RefineContext } from './entry.ts';
import { proveRefinement, type Verdict } from './proof.ts';
import { type KnownParts, type RefinedStatement, refineStatement } from './statement.ts';

/** A refinement of a statement's entries, and what the proof says of it. */
export interface ProvenRefinement extends RefinedStatement {
  readonly verdict: Verdict;
}

/** Refines the entries of a statement and proves the outcome; `ok` where nothing changes. */
export function refineAndProve(
  before: readonly string[],
  context: RefineContext,
  known: KnownParts = {},
): ProvenRefinement {
  const refinement = refineStatement(before, context, known);
  if (refinement.entries.every(({ replacement }) => replacement === undefined)) return { ...refinement, verdict: 'ok' };
  const after = refinement.entries.flatMap(({ entry, replacement }) => replacement ?? [entry]);
  const { chosen } = known;
  const verdict = proveRefinement(
    { before, after, chosen: chosen ? before.filter((_, index) => chosen(index)) : before },
    context.catalogue,
    context.unused,
  );
  return { ...refinement, verdict };
}

/** How many statements are remembered for one context. */
const MAX_REMEMBERED = 2000;

/** By the statements' pointers: the last version of each. */
const remembered = new WeakMap<RefineContext, Map<string, ProvenRefinement>>();

/**
 * Refines a statement, or what changed of it since it was last refined: from keystroke to keystroke that is one entry.
 * The outcome depends on nothing but the entries.
 *
 * @param pointer where the statement stands in its file
 */
export function refineAgain(pointer: string, before: readonly string[], context: RefineContext): ProvenRefinement {
  let known = remembered.get(context);
  if (!known) {
    known = new Map();
    remembered.set(context, known);
  }
  const last = known.get(pointer);
  const same = last && sameEntries(before, last.single);
  if (last && same?.isWhole) return last;
  const proven = refineAndProve(before, context, same && { single: same.at });
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(pointer, proven);
  return proven;
}

/** The entries that a statement begins and ends with as it did before; `at` gives what became of them. */
function sameEntries(
  entries: readonly string[],
  before: readonly EntryRefinement[],
): { readonly isWhole: boolean; readonly at: (index: number) => EntryRefinement | undefined } {
  const shift = before.length - entries.length;
  const shortest = Math.min(entries.length, before.length);
  let front = 0;
  while (front < shortest && before[front]?.entry === entries[front]) front++;
  let back = entries.length;
  while (back + Math.min(shift, 0) > front && before[back - 1 + shift]?.entry === entries[back - 1]) back--;
  return {
    isWhole: shift === 0 && front === entries.length,
    at: (index) => (index < front ? before[index] : index >= back ? before[index + shift] : undefined),
  };
}
