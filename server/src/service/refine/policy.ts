import type { PolicyDocument, Statement, StatementChange } from '../policy/model.ts';
import { settleElements } from './element.ts';
import type { RefineContext } from './entry.ts';
import type { Verdict } from './proof.ts';
import { SeenActions } from './seenActions.ts';
import { planStatement, type StatementPlan } from './statementPlan.ts';

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
  return new ProvenPolicy(document, settleElements(statements));
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

/** Whether a statement grants actions of its own principal: Deny, trust and resource policies are left alone. */
function isRefinable(document: PolicyDocument, statement: Statement): boolean {
  return document.kind === 'identity' && statement.effect === 'Allow' && !statement.hasPrincipal;
}

/** How many actions statements grant, and how many of these are unused: each counts once, however many entries grant it. */
export function countActions(statements: readonly StatementPlan[]): Pick<Totals, 'granted' | 'unused'> {
  const seen = new SeenActions();
  for (const { entries, exclusions } of statements) {
    for (const { grants } of entries) seen.addAll(grants);
    if (exclusions) seen.addAll(exclusions.grants);
  }
  return { granted: seen.granted, unused: seen.unused };
}

function countTotals(statements: readonly StatementPlan[], changes: readonly StatementChange[]): Totals {
  return {
    ...countActions(statements),
    entriesChanged: changes.reduce((sum, change) => sum + countEntries(change), 0),
    statementsRemoved: changes.filter(({ change }) => change.kind === 'remove').length,
  };
}

function countEntries({ statement, change }: StatementChange): number {
  if (change.kind === 'remove') return statement.entries.length;
  return change.kind === 'append' ? change.entries.length : change.replacements.size;
}
