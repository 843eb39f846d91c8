import type { Entry, Statement, StatementChange } from '../policy/model.ts';
import { isEmptied, stuckIn } from './element.ts';
import type { RefineContext } from './entry.ts';
import { type Exclusions, refineNotAction } from './notAction.ts';
import { proveExclusions, type Verdict } from './proof.ts';
import { refineAgain, refineAndProve } from './provenStatement.ts';
import type { StatementRefinement } from './statement.ts';

/** What becomes of one statement, proven. */
export interface StatementPlan extends StatementRefinement {
  readonly statement: Statement;
  /** The proof's verdict on the refinement; `ok` where nothing changes. */
  readonly verdict: Verdict;
  /** The change to make; `undefined` when there is none, or when its proof failed. */
  readonly change: StatementChange | undefined;
  /** Whether nothing would be left of it, and its place forbids to remove it. */
  readonly isStuck?: true;
  /** For `NotAction`, whose entries all stay: what is added to them. */
  readonly exclusions?: Exclusions;
}

/**
 * Refines one statement, or the entries of it that are chosen, and proves the outcome.
 * @param chosen which entries to refine; the others stay as they are. Default: all.
 */
export function planStatement(
  statement: Statement,
  context: RefineContext,
  chosen?: (entry: Entry) => boolean,
): StatementPlan {
  const before = statement.entries.map(({ value }) => value);
  if (statement.element === 'NotAction') return planNotAction(statement, before, context);
  const proven = chosen
    ? refineAndProve(before, context, { chosen: (index) => chosen(statement.entries[index] as Entry) })
    : refineAgain(statement.pointer, before, context);
  const { entries, removed: emptied, verdict } = proven;
  const removed = emptied && !statement.hasOpaqueEntries && !statement.mustStay;
  // A statement that must stay cannot be left without entries: IAM refuses an empty list.
  const isKept = statement.whole
    ? isEmptied({ statement, entries }) && stuckIn(statement.whole, new Set([statement])).has(statement)
    : !statement.hasOpaqueEntries && statement.mustStay;
  const isStuck = emptied && isKept;
  // Of one list of several it is told when all are known what becomes of it.
  const change =
    verdict === 'ok' && (!isStuck || (statement.whole && !chosen)) ? toChange(statement, entries, removed) : undefined;
  return { entries, removed, statement, verdict, change, ...(isStuck && { isStuck }) };
}

function planNotAction(statement: Statement, before: readonly string[], context: RefineContext): StatementPlan {
  const none = { entries: [], removed: false, statement, verdict: 'ok', change: undefined };
  // What a reference stands for is not known, so neither is what the statement grants.
  if (before.length === 0 || statement.hasOpaqueEntries) return none;
  const exclusions = refineNotAction(before, context);
  if (exclusions.added.length === 0) return { ...none, exclusions };
  const verdict = proveExclusions(before, [...before, ...exclusions.added], context.catalogue, context.unused);
  const change: StatementChange = { statement, change: { kind: 'append', entries: exclusions.added } };
  return { ...none, exclusions, verdict, change: verdict === 'ok' ? change : undefined };
}

function toChange(
  statement: Statement,
  entries: StatementRefinement['entries'],
  removed: boolean,
): StatementChange | undefined {
  if (removed) return { statement, change: { kind: 'remove' } };
  const replacements = new Map<Entry, readonly string[]>();
  for (const [index, { replacement }] of entries.entries()) {
    if (replacement) replacements.set(statement.entries[index] as Entry, replacement);
  }
  return replacements.size > 0 ? { statement, change: { kind: 'replace', replacements } } : undefined;
}
