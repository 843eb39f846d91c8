import type { Evidence } from './findings/combine.ts';
import type { FindingsMatch } from './findings/match.ts';
import type { Totals } from './refine/policy.ts';

/** `1 action`, `2 actions`, `1,024 entries`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${groupDigits(amount)} ${amount === 1 ? noun : plural}`;
}

/** `22,091`; `toLocaleString` does the same a hundred times slower. */
export function groupDigits(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** ` by MyRole`, ` by MyRole and 2 others`; nothing for findings that name nobody. */
export function byWhom(match: FindingsMatch): string {
  const [first, ...others] = match.kind === 'matched' ? match.principals : [];
  if (!first) return '';
  return others.length === 0 ? ` by ${first.name}` : ` by ${first.name} and ${count(others.length, 'other')}`;
}

/** The longest text of a file that a message repeats, in UTF-16 units. */
const MAX_QUOTED = 120;

/** Text of a file in quotes, cut short: a message must not grow with what it speaks of. */
export function quote(text: string): string {
  return `'${text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text}'`;
}

/** What the evidence says of the use: AWS's own words are `last accessed`, and silence for never. */
export function describeUse({ lastAccessed, analyzedAt }: Evidence): string {
  const analyzed = analyzedAt === undefined ? '' : `, analyzed on ${day(analyzedAt)}`;
  if (lastAccessed !== undefined) return `last used on ${day(lastAccessed)}${analyzed}`;
  return analyzedAt === undefined ? 'reported unused' : `never used in the tracked time${analyzed}`;
}

/** The day of a date as AWS writes it. */
export function day(date: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] ?? date;
}

/**
 * What a refinement did, for the message after it: `22 + 8 unused actions removed, 2 statements rewritten`.
 * The first number counts actions taken out of wildcards, the second entries that named one action.
 */
export function describeTotals(
  fromWildcards: number,
  exact: number,
  { statementsRemoved }: Pick<Totals, 'statementsRemoved'>,
  statementsRewritten: number,
): string {
  const amounts = [fromWildcards, exact].filter((amount) => amount > 0);
  const actions = `${amounts.join(' + ')} unused action${fromWildcards + exact === 1 ? '' : 's'} removed`;
  const rewritten = statementsRewritten > 0 ? [`${count(statementsRewritten, 'statement')} rewritten`] : [];
  const removed = statementsRemoved > 0 ? [`${count(statementsRemoved, 'statement')} removed`] : [];
  return [actions, ...rewritten, ...removed].join(', ');
}
