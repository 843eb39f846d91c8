import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { type Principal, parsePrincipal } from '../findings/principal.ts';
import { settingName } from '../settingOrigins.ts';
import { quote } from '../text.ts';
import { isIn } from './accounts.ts';
import { fitsName, knownName } from './names.ts';
import type { PrincipalMapping } from './question.ts';
import type { HolderAnswer } from './standing.ts';

/** Whom a line of the setting `principals` names. */
export function mappedPrincipals(
  mapping: PrincipalMapping,
  index: FindingsIndex,
  accounts: readonly string[] | undefined,
): HolderAnswer {
  const setting = settingName('principals', mapping.origins);
  const answer = (kind: HolderAnswer['kind'], principals: readonly Principal[], why: string): HolderAnswer => ({
    kind,
    principals,
    why,
    rivals: [],
    trail: [],
  });
  if (mapping.principals.length === 0) return answer('none', [], `${setting} names nobody for ${quote(mapping.key)}`);
  const found = new Map<string, Principal>();
  for (const name of mapping.principals) {
    const candidates = findPrincipals(name, index).filter(
      (principal) => parsePrincipal(name) !== undefined || isIn(accounts, principal),
    );
    const [first] = candidates;
    if (!first)
      return answer(
        'none',
        [],
        `${setting} says ${quote(name)} for ${quote(mapping.key)}, and no finding is about ${quote(name)}: it counts as using everything`,
      );
    if (candidates.length > 1 && !isPattern(name))
      return answer(
        'ambiguous',
        candidates,
        `${quote(name)} could be any of ${candidates.map(({ label }) => label).join(', ')}`,
      );
    for (const principal of candidates) found.set(principal.label, principal);
  }
  return answer('certain', [...found.values()], `${setting} says so for ${quote(mapping.key)}`);
}

/** The principals of the findings that a name, an ARN or a pattern such as `orders-*` means. */
export function findPrincipals(nameOrPattern: string, index: FindingsIndex): readonly Principal[] {
  if (!isPattern(nameOrPattern)) return index.find(nameOrPattern);
  const name = knownName(nameOrPattern.split('*').flatMap((part, place) => (place === 0 ? [part] : [{}, part])));
  return index.principals.filter((principal) =>
    fitsName(nameOrPattern.startsWith('arn:') ? principal.label : principal.name, name),
  );
}

function isPattern(name: string): boolean {
  return name.includes('*');
}

/** Whether a mapping names ARNs alone, and with them the accounts. */
export function isPinned({ principals }: PrincipalMapping): boolean {
  return principals.length > 0 && principals.every((name) => parsePrincipal(name));
}
