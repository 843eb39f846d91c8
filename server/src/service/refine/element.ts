import type { ElementShape, Statement, WholeElement } from '../policy/model.ts';
import type { StatementPlan } from './statementPlan.ts';

/**
 * Brings the plans of statements that are lists of one element into line: it goes as a whole where nothing is left of any of its
 * lists, and else keeps what it cannot be without, because IAM refuses an element that is empty.
 */
export function settleElements(plans: readonly StatementPlan[]): readonly StatementPlan[] {
  const groups = new Map<WholeElement, StatementPlan[]>();
  for (const plan of plans) {
    const { whole } = plan.statement;
    if (whole) groups.set(whole, [...(groups.get(whole) ?? []), plan]);
  }
  if (groups.size === 0) return plans;
  const settled = new Map([...groups].flatMap(([whole, group]) => settle(whole, group)));
  return plans.map((plan) => settled.get(plan) ?? plan);
}

function settle(whole: WholeElement, group: readonly StatementPlan[]): [StatementPlan, StatementPlan][] {
  const emptied = group.filter(isEmptied);
  const isGone = whole.isRemovable && emptied.length === whole.parts.length;
  if (isGone && emptied.every(({ verdict }) => verdict === 'ok'))
    return emptied.map((plan, index) => {
      const { change: _, isStuck: __, ...rest } = plan;
      const change = index === 0 ? ({ statement: plan.statement, change: { kind: 'remove' } } as const) : undefined;
      return [plan, { ...rest, removed: true, change }];
    });
  const stuck = stuckIn(whole, new Set(emptied.map(({ statement }) => statement)));
  return emptied.map((plan) => {
    const { isStuck: _, ...rest } = plan;
    return [plan, stuck.has(plan.statement) ? { ...rest, change: undefined, isStuck: true } : rest];
  });
}

/** Whether nothing is left of a list: not even something beside its entries. */
export function isEmptied({ statement, entries }: Pick<StatementPlan, 'statement' | 'entries'>): boolean {
  const isLiteral = statement.list === undefined || statement.list.items.length === entries.length;
  return isLiteral && entries.length > 0 && entries.every(({ replacement }) => replacement?.length === 0);
}

/** Which of the lists that are emptied must stay, so that the element is never empty where it was not before. */
export function stuckIn({ parts, shape }: WholeElement, emptied: ReadonlySet<Statement>): Set<Statement> {
  const stuck = new Set<Statement>();
  const isSure = (at: ElementShape, isIn: (part: Statement | undefined) => boolean): boolean => {
    if (at.kind === 'part') return isIn(parts[at.index]);
    if (at.kind === 'joined') return at.of.some((inner) => isSure(inner, isIn));
    return at.kind === 'chosen' && at.of.every((inner) => isSure(inner, isIn));
  };
  const stays = (part: Statement | undefined) => part !== undefined && !emptied.has(part);
  const keep = (at: ElementShape): void => {
    const part = at.kind === 'part' ? parts[at.index] : undefined;
    if (part && emptied.has(part)) stuck.add(part);
    if (at.kind === 'chosen') at.of.forEach(keep);
    if (at.kind !== 'joined' || isSure(at, stays)) return;
    const sure = at.of.find((inner) => isSure(inner, () => true));
    if (sure) keep(sure);
    else at.of.forEach(keep);
  };
  keep(shape);
  return stuck;
}
