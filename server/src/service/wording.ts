import type { Evidence } from './findings/combine.ts';
import type { Principal } from './findings/principal.ts';
import type { FindingsMatch } from './findings/rules/outcome.ts';
import type { Totals } from './refine/policy.ts';
import { listSome } from './reverse/wording.ts';
import { count, day, groupDigits } from './text.ts';

/** ` by MyRole`, ` by MyRole and 2 others`; nothing for findings that name nobody. */
export function byWhom(match: FindingsMatch): string {
  const [first, ...others] = match.kind === 'matched' ? match.principals : [];
  if (!first) return '';
  return others.length === 0 ? ` by ${first.name}` : ` by ${first.name} and ${count(others.length, 'other')}`;
}

/** `MyRole`, `AppRole and AppAdmin`, `AppRole and 3 others`; nothing for nobody. Roles of one name in several accounts are named once. */
export function namePrincipals(principals: readonly Principal[]): string {
  const names = [...new Set(principals.map(({ name }) => plainName(name)))];
  return listSome(names, names.length === 2 ? 2 : 1);
}

/** A name that comes from a findings file as a name of IAM's: no more than 64 characters, and none that could mean an icon. */
function plainName(name: string): string {
  return name.slice(0, 64).replace(/[^\w+=,.@-]/g, '?');
}

/** What the evidence says of the use: AWS's own words are `last accessed`, and silence for never. */
export function describeUse({ lastAccessed, analyzedAt, scope, unusedAccessAge }: Evidence): string {
  const since =
    unusedAccessAge === undefined ? 'analyzed on' : `more than ${count(unusedAccessAge, 'day')} before the report of`;
  const analyzed = analyzedAt === undefined ? '' : `, ${since} ${day(analyzedAt)}`;
  const whose = scope === undefined ? '' : `its ${scope} was `;
  if (lastAccessed !== undefined) return `${whose}last used on ${day(lastAccessed)}${analyzed}`;
  return analyzedAt === undefined ? 'reported unused' : `never used in the tracked time${analyzed}`;
}

/**
 * What a refinement did, for the message after it: `30 unused actions removed (22 from wildcards), 2 statements rewritten`.
 *
 * @param fromWildcards how many actions were taken out of wildcards
 * @param exact how many entries that named one action went
 */
export function describeTotals(
  fromWildcards: number,
  exact: number,
  { statementsRemoved }: Pick<Totals, 'statementsRemoved'>,
  statementsRewritten: number,
): string {
  const removedActions = fromWildcards + exact;
  const share = fromWildcards > 0 && exact > 0 ? ` (${groupDigits(fromWildcards)} from wildcards)` : '';
  const actions = removedActions === 0 ? [] : [`${count(removedActions, 'unused action')} removed${share}`];
  const rewritten = statementsRewritten > 0 ? [`${count(statementsRewritten, 'statement')} rewritten`] : [];
  const removed = statementsRemoved > 0 ? [`${count(statementsRemoved, 'statement')} removed`] : [];
  return [...actions, ...rewritten, ...removed].join(', ');
}
