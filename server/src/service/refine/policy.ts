import type { Entry, PolicyDocument, Statement, StatementChange } from '../policy/model.ts';
import type { RefineContext } from './entry.ts';
import { refineNotAction } from './notAction.ts';
import { proveExclusions, proveRefinement, type Verdict } from './proof.ts';
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
  /** Entries replaced, removed, or added to `NotAction`; 0 when the policy is not rewritten. */
  readonly entriesChanged: number;
  /** Statements removed; 0 when the policy is not rewritten. */
  readonly statementsRemoved: number;
}

/** Refines a whole policy. Pure: what is to be written is said, not done. */
export function refinePolicy(document: PolicyDocument, context: RefineContext): PolicyRefinement {
  const statements = document.statements
    .filter((statement) => isRefinable(document, statement))
    .map((statement) => planStatement(statement, context));
  return new ProvenPolicy(document, statements);
}

class ProvenPolicy implements PolicyRefinement {
  readonly statements: readonly StatementPlan[];
  readonly emptied: boolean;
  readonly changes: readonly StatementChange[];
  readonly proof: Verdict;
  #totals: Totals | undefined;

  constructor(document: PolicyDocument, statements: readonly StatementPlan[]) {
    const removed = statements.filter(({ change }) => change?.change.kind === 'remove').length;
    this.statements = statements;
    this.proof = statements.find(({ verdict }) => verdict !== 'ok')?.verdict ?? 'ok';
    this.emptied = removed > 0 && removed === (document.list?.items.length ?? 1);
    this.changes = this.proof === 'ok' && !this.emptied ? statements.flatMap(({ change }) => change ?? []) : [];
  }

  /** Counted when they are first asked for: an editor hardly ever does. */
  get totals(): Totals {
    this.#totals ??= countTotals(this.statements, this.changes);
    return this.#totals;
  }
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
    ? refineAndProve(before, context, (index) => chosen(statement.entries[index] as Entry))
    : refineOnce(before, context);
  const { entries, removed: emptied, verdict } = proven;
  const removed = emptied && !statement.hasOpaqueEntries;
  const change = verdict === 'ok' ? toChange(statement, entries, removed) : undefined;
  return { entries, removed, statement, verdict, change };
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

interface ProvenRefinement extends StatementRefinement {
  readonly verdict: Verdict;
}

/** How many different statements are remembered for one context. */
const MAX_REMEMBERED = 2000;

/** By a short key that statements with other entries seldom share. */
const remembered = new WeakMap<RefineContext, Map<string, ProvenRefinement>>();

/** Statements repeat, within a template and from keystroke to keystroke; the outcome depends on nothing but their entries. */
function refineOnce(before: readonly string[], context: RefineContext): ProvenRefinement {
  let known = remembered.get(context);
  if (!known) {
    known = new Map();
    remembered.set(context, known);
  }
  const key = `${before.length} ${before[0]} ${before.at(-1)}`;
  const same = known.get(key);
  if (same?.entries.every(({ entry }, index) => entry === before[index])) return same;
  const proven = refineAndProve(before, context);
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(key, proven);
  return proven;
}

function refineAndProve(
  before: readonly string[],
  context: RefineContext,
  chosen: (index: number) => boolean = () => true,
): ProvenRefinement {
  const refinement = refineStatement(before, context, chosen);
  if (refinement.entries.every(({ replacement }) => replacement === undefined)) return { ...refinement, verdict: 'ok' };
  const after = refinement.entries.flatMap(({ entry, replacement }) => replacement ?? [entry]);
  const verdict = proveRefinement(
    { before, after, chosen: before.filter((_, index) => chosen(index)) },
    context.catalogue,
    context.unused,
  );
  return { ...refinement, verdict };
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

/** Whether a statement grants actions of its own principal: Deny, trust and resource policies are left alone. */
function isRefinable(document: PolicyDocument, statement: Statement): boolean {
  return document.kind === 'identity' && statement.effect === 'Allow' && !statement.hasPrincipal;
}

function countTotals(statements: readonly StatementPlan[], changes: readonly StatementChange[]): Totals {
  const seen = new SeenActions();
  for (const { entries, exclusions } of statements) {
    for (const { grants } of entries) seen.addAll(grants);
    if (exclusions) seen.addAll(exclusions.grants);
  }
  return {
    granted: seen.granted,
    unused: seen.unused,
    entriesChanged: changes.reduce((sum, change) => sum + countEntries(change), 0),
    statementsRemoved: changes.filter(({ change }) => change.kind === 'remove').length,
  };
}

function countEntries({ statement, change }: StatementChange): number {
  if (change.kind === 'remove') return statement.entries.length;
  return change.kind === 'append' ? change.entries.length : change.replacements.size;
}
