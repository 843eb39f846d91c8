import { hasWildcard } from '../actions/glob.ts';
import type { PolicyAnalysis } from '../analysis.ts';
import type { Span } from '../json/span.ts';
import type { Entry, StatementChange } from '../policy/model.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted } from '../refine/grant.ts';
import { planStatement, type StatementPlan } from '../refine/policy.ts';
import { count, quote } from '../text.ts';

/** A fix before it is written in the file's syntax. */
export interface Fix {
  readonly title: string;
  /** What the fix repairs; absent for fixes that reach further than one mark. */
  readonly pointer?: string;
  readonly preferred: boolean;
  readonly changes: readonly StatementChange[];
}

/** The fixes for what a span touches in a statement: of the statement as a whole, or of the entries touched, most wanted first. */
export function statementFixes(plan: StatementPlan, policy: PolicyAnalysis, touches: (span: Span) => boolean): Fix[] {
  const { change, statement, exclusions } = plan;
  if (!plan.removed && !exclusions) return entryFixes(plan, policy, touches);
  if (!change || !touches(plan.removed ? statement : statement.elementSpan)) return [];
  const title = exclusions ? `Exclude ${unusedActionsOf(exclusions.unused)} in 'NotAction'` : 'Remove unused statement';
  const unknown = exclusions?.grants.some((grant) => grant.unknown.length > 0) ?? false;
  return [{ title, pointer: statement.pointer, preferred: !unknown, changes: [change] }];
}

function entryFixes(plan: StatementPlan, policy: PolicyAnalysis, touches: (entry: Entry) => boolean): Fix[] {
  const { refined } = policy;
  if (!refined) return [];
  const fixes = plan.statement.entries.flatMap((entry, index) => {
    const replacement = plan.entries[index]?.replacement;
    if (!replacement || !touches(entry)) return [];
    const own = planStatement(plan.statement, refined.context, (other) => other === entry);
    const exact = planStatement(
      plan.statement,
      { ...refined.context, generalization: 'exact' },
      (other) => other === entry,
    );
    return [
      ...entryFix(entry, index, own, true, refined.context.catalogue.date),
      ...exactFix(entry, index, own, exact),
    ];
  });
  const changed = plan.entries.filter(({ replacement }) => replacement !== undefined).length;
  if (fixes.length > 0 && changed > 1 && plan.change) {
    fixes.push({
      title: `Refine this statement (${count(changed, 'entry', 'entries')})`,
      preferred: false,
      changes: [plan.change],
    });
  }
  return fixes;
}

function entryFix(entry: Entry, index: number, plan: StatementPlan, preferred: boolean, date: string): Fix[] {
  const refined = plan.entries[index];
  if (!plan.change || !refined?.replacement) return [];
  const { replacement, grants } = refined;
  // A reported name that the catalogue lacks says that it is too old to be fully trusted with the service's wildcards.
  const unknown = hasWildcard(entry.value) ? grants.flatMap(({ unused }) => unused?.unknown ?? []) : [];
  const caution =
    unknown.length > 0
      ? `, with caution: ${count(unknown.length, 'reported action')} unknown to the catalogue of ${date}`
      : '';
  return [
    {
      title: entryTitle(entry.value, replacement, refined) + caution,
      pointer: entry.pointer,
      preferred: preferred && caution === '',
      changes: [plan.change],
    },
  ];
}

function entryTitle(entry: string, replacement: readonly string[], { grants, unused }: EntryRefinement): string {
  const [first, ...others] = replacement;
  if (first === undefined && unused < countGranted(grants))
    return `Remove ${quote(entry)}: other entries grant what is in use`;
  if (first === undefined) return `Remove unused action ${quote(entry)}`;
  if (others.length === 0) return `Replace ${quote(entry)} with ${quote(first)}`;
  const wildcards = replacement.filter((text) => text.includes('*')).length;
  return wildcards > 0
    ? `Replace ${quote(entry)} with ${replacement.length} safe prefixes: ${abbreviate(replacement)}`
    : `Replace ${quote(entry)} with the ${replacement.length} actions in use`;
}

/** Replaces a wildcard with the actions themselves, where that is not what the first fix does already. */
function exactFix(entry: Entry, index: number, own: StatementPlan, exact: StatementPlan): Fix[] {
  const replacement = exact.entries[index]?.replacement;
  if (!exact.change || !replacement || replacement.length === 0) return [];
  if (replacement.join() === own.entries[index]?.replacement?.join()) return [];
  return [
    {
      title: `Replace ${quote(entry.value)} with ${count(replacement.length, 'exact action')}`,
      pointer: entry.pointer,
      preferred: false,
      changes: [exact.change],
    },
  ];
}

/** The fix that refines the whole policy; none when nothing may change. */
export function policyFix({ refined }: PolicyAnalysis): Fix[] {
  const refinement = refined?.refinement;
  if (!refinement || refinement.changes.length === 0) return [];
  return [
    {
      title: `Refine whole policy (${unusedActionsOf(refinement.totals.unused)})`,
      preferred: false,
      changes: refinement.changes,
    },
  ];
}

function abbreviate(entries: readonly string[]): string {
  const shown = entries.slice(0, 2).join(', ');
  return entries.length > 2 ? `${shown}, …` : shown;
}

/** `3 unused actions`; without a number where a service is unused of which nobody knows an action. */
function unusedActionsOf(amount: number): string {
  return amount === 0 ? 'unused actions' : count(amount, 'unused action');
}
