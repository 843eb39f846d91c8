import { findingV2, roleArn } from '../../protocol/support/samples.ts';
import { today } from '../../support/catalogues.ts';

/** How many principals the export is about, and how much of each is unused. */
const PRINCIPALS = 5_000;
const SERVICES = 20;
const ACTIONS = 20;

export const ORGANISATION = `${PRINCIPALS.toLocaleString('en')} principals, ${((PRINCIPALS * SERVICES * ACTIONS) / 1e6).toLocaleString('en')} million action names`;

/** The ARN of one of the principals. */
export const SOMEBODY = roleArn('Role2500');

/**
 * What `get-finding-v2` says of all the roles of an organisation, in one list without white space. The names of actions are
 * AWS's own, and which of them are unused differs from role to role.
 */
export function organisationExport(principals = PRINCIPALS): string {
  const services = today.prefixes
    .flatMap((prefix) => today.service(prefix) ?? [])
    .filter(({ names }) => names.length >= 2 * ACTIONS);
  const answers = Array.from({ length: principals }, (_, role) => {
    const unused = Array.from({ length: SERVICES }, (_, index) => {
      const { prefix, names } = services[(role * 7 + index * 13) % services.length] as (typeof services)[number];
      const first = (role * 3) % (names.length - ACTIONS);
      return [prefix, names.slice(first, first + ACTIONS)] as const;
    });
    return findingV2(`Role${role}`, Object.fromEntries(unused));
  });
  return JSON.stringify(answers);
}
