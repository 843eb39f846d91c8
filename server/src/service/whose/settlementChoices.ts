import type { Principal } from '../findings/principal.ts';
import { listSome } from '../reverse/wording.ts';
import { quote } from '../text.ts';
import { namePrincipals, nameWithAccounts } from '../wording.ts';
import type { Match, Settlement } from './match.ts';
import { lineOf } from './settlementLine.ts';

/** One of the ways to settle whose a policy is, as users choose it. */
export interface SettlementChoice {
  readonly setting: 'principals' | 'accounts' | 'exclude' | 'match';
  /** What a button or a menu says of it: `Confirm that this policy is prod-app's`. */
  readonly title: string;
  /** Who it says has the policy, where it says that: `prod-app (111122223333)`. */
  readonly whose?: string;
  /** As a member of `iam-policy-refiner.json`. */
  readonly line: string;
  /** What comes into the setting: members of an object, items of a list, or its value. */
  readonly value: Settlement['value'];
  /** The keys of the members of which only the user knows the value. */
  readonly open?: readonly string[];
}

/** So many who could be meant are listed; of more, the user chooses among all principals. */
const MAX_CANDIDATES = 20;

/** The ways to settle whose a policy is, the best first; of those who could be meant, one each. */
export function settlementChoices(match: Match): SettlementChoice[] {
  return (match.settle ?? []).flatMap((settlement): SettlementChoice[] => {
    const { setting, line, value, open } = settlement;
    if (setting === 'option') return [];
    if (setting === 'principals' && match.kind === 'ambiguous') return candidates(settlement, match.principals);
    const title = titleOf({ setting, value, ...(open && { open }) }, match);
    const whose = setting === 'principals' && !open ? { whose: nameWithAccounts(match.principals) } : {};
    return [{ setting, title, ...whose, line, value, ...(open && { open }) }];
  });
}

/** The one that confirms whose a policy likely is; `undefined` where no setting says it. */
export function confirmation(match: Match): SettlementChoice | undefined {
  return match.kind === 'likely'
    ? settlementChoices(match).find(({ setting, open }) => setting === 'principals' && !open)
    : undefined;
}

function candidates({ value }: Settlement, principals: readonly Principal[]): SettlementChoice[] {
  const [key] = Object.keys(value);
  if (key === undefined || principals.length > MAX_CANDIDATES) return [];
  const names = principals.map(({ name }) => name.toLowerCase());
  return principals.map((principal) => {
    const isAlone = names.filter((name) => name === principal.name.toLowerCase()).length === 1;
    const own = { [key]: isAlone ? principal.name : principal.label };
    const title = confirmTitle(isAlone ? namePrincipals([principal]) : nameWithAccounts([principal]), true);
    return {
      setting: 'principals',
      title,
      whose: nameWithAccounts([principal]),
      line: lineOf('principals', own),
      value: own,
    };
  });
}

function titleOf(
  { setting, value, open }: Pick<Settlement, 'value' | 'open'> & Pick<SettlementChoice, 'setting'>,
  { principals }: Match,
): string {
  switch (setting) {
    case 'principals':
      return open
        ? 'Choose principal…'
        : confirmTitle(namePrincipals(principals), new Set(principals.map(({ name }) => name)).size === 1);
    case 'exclude':
      return `Exclude ${listSome((value as readonly string[]).map(quote), 2)} from the repository`;
    case 'accounts':
      return `Say which account ${Object.keys(value).length > 1 ? 'each of ' : ''}${listSome(Object.keys(value).map(quote), 2)} is deployed to…`;
    default:
      return 'Apply findings wherever it is likely whose a policy is';
  }
}

function confirmTitle(names: string, isOne: boolean): string {
  return isOne ? `Confirm that this policy is ${names}'s` : `Confirm that ${names} have this policy`;
}
