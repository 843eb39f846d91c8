import { hasWildcard } from '../actions/glob.ts';
import type { PolicyAnalysis } from '../analysis.ts';
import type { Span } from '../json/span.ts';
import type { Entry, StatementChange } from '../policy/model.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted } from '../refine/grant.ts';
import { planStatement, type StatementPlan } from '../refine/statementPlan.ts';
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
  const caution = cautionFor([plan], policy);
  return [{ title: title + caution, pointer: statement.pointer, preferred: caution === '', changes: [change] }];
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
    return [...entryFix(entry, index, own, policy), ...exactFix(entry, index, own, exact, policy)];
  });
  const changed = plan.entries.filter(({ replacement }) => replacement !== undefined).length;
  if (fixes.length > 0 && changed > 1 && plan.change) {
    fixes.push({
      title: `Refine this statement (${count(changed, 'entry', 'entries')})${cautionFor([plan], policy)}`,
      preferred: false,
      changes: [plan.change],
    });
  }
  return fixes;
}

function entryFix(entry: Entry, index: number, plan: StatementPlan, policy: PolicyAnalysis): Fix[] {
  const refined = plan.entries[index];
  if (!plan.change || !refined?.replacement) return [];
  const caution = cautionFor([plan], policy);
  const title = entryTitle(entry.value, refined.replacement, refined) + caution;
  return [{ title, pointer: entry.pointer, preferred: caution === '', changes: [plan.change] }];
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
function exactFix(
  entry: Entry,
  index: number,
  own: StatementPlan,
  exact: StatementPlan,
  policy: PolicyAnalysis,
): Fix[] {
  const replacement = exact.entries[index]?.replacement;
  if (!exact.change || !replacement || replacement.length === 0) return [];
  if (replacement.join() === own.entries[index]?.replacement?.join()) return [];
  return [
    {
      title: `Replace ${quote(entry.value)} with ${count(replacement.length, 'exact action')}${cautionFor([exact], policy)}`,
      pointer: entry.pointer,
      preferred: false,
      changes: [exact.change],
    },
  ];
}

/** The fix that refines the whole policy; none when nothing may change. */
export function policyFix(policy: PolicyAnalysis): Fix[] {
  const refinement = policy.refined?.refinement;
  if (!refinement || refinement.changes.length === 0) return [];
  return [
    {
      title: `Refine whole policy (${unusedActionsOf(refinement.totals.unused)})${cautionFor(refinement.statements, policy)}`,
      preferred: false,
      changes: refinement.changes,
    },
  ];
}

/**
 * What to add to the title of a fix that rewrites wildcards of a service of which reported names are unknown to the catalogue:
 * then it is too old to know all that the wildcard grants. Nothing, where it knows them.
 */
export function cautionFor(
  plans: readonly Pick<StatementPlan, 'entries' | 'exclusions'>[],
  { refined }: PolicyAnalysis,
): string {
  const unknown = new Set<string>();
  for (const { entries, exclusions } of plans) {
    const wildcards = entries.filter(({ entry, replacement }) => replacement && hasWildcard(entry));
    for (const { prefix, unused } of [...wildcards.flatMap(({ grants }) => grants), ...(exclusions?.grants ?? [])]) {
      for (const name of unused?.unknown ?? []) unknown.add(`${prefix}:${name}`);
    }
  }
  const known = refined?.context.catalogue.date;
  return unknown.size > 0
    ? `, with caution: ${count(unknown.size, 'reported action')} unknown to the catalogue of ${known}`
    : '';
}

function abbreviate(entries: readonly string[]): string {
  const shown = entries.slice(0, 2).join(', ');
  return entries.length > 2 ? `${shown}, …` : shown;
}

/** `3 unused actions`; without a number where a service is unused of which nobody knows an action. */
function unusedActionsOf(amount: number): string {
  return amount === 0 ? 'unused actions' : count(amount, 'unused action');
}
