import type { Entry, PolicyDocument, Statement, StatementChange } from '../policy/model.ts';
import type { RefineContext } from './entry.ts';
import { proveRefinement, type Verdict } from './proof.ts';
import { SeenActions } from './seenActions.ts';
import { refineStatement, type StatementRefinement } from './statement.ts';

/** What becomes of one statement, proven. */
export interface StatementPlan extends StatementRefinement {
  readonly statement: Statement;
  /** The proof's verdict on the refinement; `ok` where nothing changes. */
  readonly verdict: Verdict;
  /** The change to make; `undefined` when there is none, or when its proof failed. */
  readonly change: StatementChange | undefined;
}

/** What becomes of one policy. */
export interface PolicyRefinement {
  /** The statements that grant something and may be refined, in order. */
  readonly statements: readonly StatementPlan[];
  /** Whether no statement would be left. Such a policy is never rewritten: IAM refuses an empty one. */
  readonly emptied: boolean;
  /** The changes that refine the whole policy; none when a proof failed or nothing would be left. */
  readonly changes: readonly StatementChange[];
  /** `ok`, or the reason why the proof refused one of the statements. */
  readonly proof: Verdict;
  readonly totals: Totals;
}

/** What a refinement amounts to. Actions are counted once, however many statements grant them. */
export interface Totals {
  readonly granted: number;
  readonly unused: number;
  /** Entries replaced or removed; 0 when the policy is not rewritten. */
  readonly entriesChanged: number;
  /** Statements removed; 0 when the policy is not rewritten. */
  readonly statementsRemoved: number;
}

/** Refines a whole policy. Pure: what is to be written is said, not done. */
export function refinePolicy(document: PolicyDocument, context: RefineContext): PolicyRefinement {
  const statements = document.statements
    .filter((statement) => isRefinable(document, statement))
    .map((statement) => planStatement(statement, context));
  const proof = statements.find(({ verdict }) => verdict !== 'ok')?.verdict ?? 'ok';
  const removed = statements.filter(({ change }) => change?.change === 'remove').length;
  const emptied = removed > 0 && removed === (document.list?.items.length ?? 1);
  const changes = proof === 'ok' && !emptied ? statements.flatMap(({ change }) => change ?? []) : [];
  let totals: Totals | undefined;
  return {
    statements,
    emptied,
    changes,
    proof,
    get totals() {
      totals ??= countTotals(statements, changes);
      return totals;
    },
  };
}

/**
 * Refines one statement, or the entries of it that are chosen, and proves the outcome.
 * @param chosen which entries to refine; the others stay as they are. Default: all.
 */
export function planStatement(
  statement: Statement,
  context: RefineContext,
  chosen: (entry: Entry) => boolean = () => true,
): StatementPlan {
  const before = statement.entries.map(({ value }) => value);
  const refinement = refineStatement(before, context, (index) => chosen(statement.entries[index] as Entry));
  const replacements = new Map<Entry, readonly string[]>();
  for (const [index, { replacement }] of refinement.entries.entries()) {
    if (replacement) replacements.set(statement.entries[index] as Entry, replacement);
  }
  if (replacements.size === 0) return { ...refinement, statement, verdict: 'ok', change: undefined };
  const after = statement.entries.flatMap((entry) => replacements.get(entry) ?? [entry.value]);
  const verdict = proveRefinement(
    { before, after, chosen: statement.entries.filter(chosen).map(({ value }) => value) },
    context.catalogue,
    context.unused,
  );
  const removed = refinement.removed && !statement.hasOpaqueEntries;
  const change: StatementChange | undefined =
    verdict === 'ok' ? { statement, change: removed ? 'remove' : replacements } : undefined;
  return { ...refinement, removed, statement, verdict, change };
}

/** Whether a statement grants actions of its own principal: Deny, trust and resource policies are left alone. */
function isRefinable(document: PolicyDocument, statement: Statement): boolean {
  return (
    document.kind === 'identity' &&
    statement.effect === 'Allow' &&
    !statement.hasPrincipal &&
    statement.element === 'Action'
  );
}

function countTotals(statements: readonly StatementPlan[], changes: readonly StatementChange[]): Totals {
  const seen = new SeenActions();
  for (const { entries } of statements) for (const { grants } of entries) for (const grant of grants) seen.add(grant);
  return {
    granted: seen.granted,
    unused: seen.unused,
    entriesChanged: changes.reduce(
      (sum, { statement, change }) => sum + (change === 'remove' ? statement.entries.length : change.size),
      0,
    ),
    statementsRemoved: changes.filter(({ change }) => change === 'remove').length,
  };
}
