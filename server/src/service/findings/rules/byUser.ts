import type { PolicyDocument } from '../../policy/model.ts';
import { settingName } from '../../settingOrigins.ts';
import { quote } from '../../text.ts';
import { type Principal, parsePrincipal } from '../principal.ts';
import { pinByAccount } from './account.ts';
import { describeOwner, isSomebodyElse } from './byOwner.ts';
import { ambiguous, type MatchOptions, type MatchRule, matched, type PrincipalMapping } from './outcome.ts';

/**
 * Rule 1: the user's own word, from the command line, a configuration file or the settings. Each principal that is named must agree, and one of
 * which there are no findings uses everything: so nothing is unused. An empty list says that nobody's findings apply.
 */
export const byUser: MatchRule = (document, place, index, options) => {
  const { principals = [], alone } = options;
  const { owner } = document;
  if (principals.length > 0) {
    // Of one policy that is named, the user knows better. Of a folder, or of a template that holds many, they mean those of the principal.
    if (alone || !owner || !principals.every((principal) => isSomebodyElse(owner, principal)))
      return matched(index, principals, 'as you named');
    return { kind: 'unmatched', why: `this policy belongs to ${describeOwner(owner)}, which you did not name` };
  }
  const mapping = mappingOf(document, options.mappings);
  if (!mapping) return undefined;
  const setting = settingName('principals', mapping.origins);
  if (mapping.principals.length === 0) {
    const why = `${setting} names nobody for ${quote(mapping.key)}`;
    return { kind: 'unmatched', why };
  }
  const found: Principal[] = [];
  for (const name of mapping.principals) {
    const candidates = pinByAccount(index.find(name), place);
    const [first] = candidates;
    if (candidates.length > 1) return ambiguous(name, candidates);
    if (!first) {
      const why = `${setting} says ${quote(name)} for ${quote(mapping.key)}, and no finding is about ${quote(name)}: it counts as using everything`;
      return { kind: 'unmatched', why };
    }
    found.push(first);
  }
  const why = `${setting} says so for ${quote(mapping.key)}`;
  const isPinned = mapping.principals.every((name) => parsePrincipal(name));
  return matched(index, found, why, isPinned || undefined);
};

/**
 * What the settings say of a policy. What they say of it alone goes before what they say of its file; and that leaves alone
 * the policies whose owner the syntax names.
 */
export function mappingOf(
  document: PolicyDocument,
  mappings: MatchOptions['mappings'] = [],
): PrincipalMapping | undefined {
  const { owner } = document;
  const names = [document.address, document.pointer, owner?.logicalId];
  const own = mappings.find(({ document: name }) => name !== undefined && names.includes(name));
  const isOwned = owner?.name !== undefined || owner?.logicalId !== undefined;
  return own ?? (isOwned ? undefined : mappings.find(({ document: name }) => name === undefined));
}
