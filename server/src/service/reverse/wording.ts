import { count, groupDigits, quote } from '../text.ts';
import type { NotGranted } from './reverseView.ts';

/** How many of a list's items a message names. */
const MAX_NAMED = 3;

/**
 * What is reported of a principal and granted by no policy here, with a likely source where the code shows one:
 * `MyRole: 12 of 40 reported actions are granted by no policy here, but likely by the attached AWS managed policy 'ReadOnlyAccess'`.
 */
export function describeNotGranted(view: NotGranted): string {
  const { name, actions, services, reported, hasOpaqueEntries } = view;
  const parts = [
    ...(actions.length > 0 ? [`${groupDigits(actions.length)} of ${count(reported.actions, 'reported action')}`] : []),
    ...(services.length > 0
      ? [`${groupDigits(services.length)} of ${count(reported.services, 'service')} reported as a whole`]
      : []),
  ];
  const is = actions.length + services.length === 1 ? 'is' : 'are';
  const doubt = hasOpaqueEntries ? ' (entries that are not written literally were not looked at)' : '';
  return `${name}: ${parts.join(' and ')} ${is} granted by no policy here${doubt}${describeSource(view)}`;
}

/** That no policy here belongs to the principals of these names, of whom something is reported. */
export function describeWithoutPolicy(names: readonly string[]): string {
  const whom =
    names.length === 1
      ? listSome(names)
      : `${groupDigits(names.length)} of the principals that the findings are about: ${listSome(names)}`;
  return `no policy here belongs to ${whom}`;
}

/** `a`, `a and b`, `a, b, c and 4 others`. */
export function listSome(items: readonly string[], most = MAX_NAMED): string {
  const named = items.slice(0, most);
  const others = items.length - named.length;
  const all = others > 0 ? [...named, count(others, 'other')] : named;
  const last = all.at(-1) ?? '';
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last;
}

function describeSource({ managedPolicies }: NotGranted): string {
  if (managedPolicies.length === 0) return '';
  const policies = managedPolicies.length === 1 ? 'policy' : 'policies';
  return `, but likely by the attached AWS managed ${policies} ${listSome(managedPolicies.map(quote))}`;
}
