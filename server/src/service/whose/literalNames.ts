import type { Principal } from '../findings/principal.ts';
import { count, quote } from '../text.ts';
import { accountsOf, mayAlsoBeIn } from './accounts.ts';
import { ambiguous, certain, likely, none } from './answers.ts';
import { describeHolder, type Holder } from './holders.ts';
import { folderOf } from './paths.ts';
import { folderHolding, isOnlyForTests, isOtherPlace, listPlaces } from './places.ts';
import type { HolderAnswer } from './standing.ts';
import { mayBe, namesakes, type Surroundings, withoutFindings } from './surroundings.ts';

/** Whose findings are those of a holder that is called by a name that is written out: the principal's of that name. */
export function answerForLiteral(holder: Holder, name: string, around: Surroundings): HolderAnswer {
  const { universe, root } = around;
  const label = describeHolder(holder);
  const named = universe.named(name);
  const found = named.filter((principal) => mayBe(holder, principal, around));
  if (found.length === 0)
    return {
      ...(named.length > 0
        ? elsewhere(name, named, label)
        : none(`this policy belongs to ${label}, for which there are no findings`)),
      isNobody: true,
    };
  const missing = withoutFindings(found, around);
  if (missing)
    return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
  if (holder.arn !== undefined) return certain(found, `${label} holds this policy`);
  const { places, others } = placesOf(name, holder, found, around);
  if (others > 0) {
    const where = listPlaces(places, root);
    const accounts = new Set(found.map(({ account }) => account));
    if (places.every((path) => isOnlyForTests(path, holder, root)))
      return likely(
        found,
        `${label} holds this policy, and is also declared in ${where}, which is for tests or examples`,
        places,
      );
    if (!accounts.has(undefined) && accounts.size > others)
      return likely(
        found,
        `${label} is also declared in ${where}, and this is what the findings of ${count(accounts.size, 'account')} all leave unused`,
        places,
      );
    return ambiguous(
      found,
      `${label} is also declared in ${where}, and nothing tells which of them ${found.map(({ label: own }) => own).join(', ')} is`,
      places,
    );
  }
  const mention = mentionedElsewhere(name, holder, found, around);
  if (mention)
    return likely(
      found,
      `${label} holds this policy, and is also meant in ${listPlaces([mention], root)}, which may be another account's`,
      [mention],
    );
  if (found.length > 1 && found.some(({ account }) => account === undefined))
    return ambiguous(found, `${quote(name)} could be any of ${found.map(({ label: own }) => own).join(', ')}`, []);
  const isAssumed = holder.known.kind === 'literal' && holder.known.isAssumed;
  if (isAssumed) return likely(found, `${label} holds this policy, if its name is what it is by default`);
  return certain(found, `${label} holds this policy`);
}

/** Where else a holder of a literal name is declared, or, where it is declared nowhere, meant; and how many others there are. */
function placesOf(
  name: string,
  holder: Holder,
  found: readonly Principal[],
  around: Surroundings,
): { readonly places: readonly string[]; readonly others: number } {
  const all = namesakes(name, found, around).filter(({ arn }) => arn === undefined);
  const declared = all.filter(({ isDeclared }) => isDeclared);
  const own = declared.length > 0 && !holder.isDeclared ? declared[0] : holder;
  const others = (declared.length > 0 ? declared : all).filter(
    (other) => own && isOtherPlace(own, other, declared.length > 0),
  );
  const paths = others.map(({ instance }) => instance.root.scope.path);
  // Of several stacks of one template each is another one.
  if (declared.length > 0) return { places: [...new Set(paths)], others: others.length };
  const files = filesOf(name, found, around).filter((file) => folderOf(file) !== folderHolding(holder));
  const places = [...new Set([...paths, ...files])];
  return { places, others: places.length };
}

function mentionedElsewhere(
  name: string,
  holder: Holder,
  found: readonly Principal[],
  around: Surroundings,
): string | undefined {
  const folder = folderHolding(holder);
  const isPinned = accountsOf(holder, around.accountsOfFile) !== undefined;
  const all = namesakes(name, found, around).filter(({ arn }) => arn === undefined);
  const other = all.find((candidate) => {
    if (folderHolding(candidate) === folder && candidate.provider === holder.provider) return false;
    return !(isPinned && accountsOf(candidate, around.accountsOfFile) !== undefined);
  });
  const file = filesOf(name, found, around).find((path) => folderOf(path) !== folder);
  const path = other?.instance.root.scope.path ?? file;
  return path === undefined || isOnlyForTests(path, holder, around.root) ? undefined : path;
}

/** Policy files of this name, other than those that lie in another account's folder. */
function filesOf(name: string, found: readonly Principal[], { filesNamed, accountsOfFile }: Surroundings): string[] {
  return filesNamed(name).filter((path) => found.some((principal) => mayAlsoBeIn(accountsOfFile(path), principal)));
}

function elsewhere(name: string, named: readonly Principal[], label: string): HolderAnswer {
  const accounts = [...new Set(named.flatMap(({ account }) => account ?? []))];
  const kinds = new Set(named.map(({ kind }) => kind));
  if (kinds.size === 1 && accounts.length > 0 && !label.startsWith(`the ${[...kinds][0]}`))
    return none(`this policy belongs to ${label}, for which there are no findings`);
  return none(
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and ${label} is in another one`
      : `the findings about '${name}' do not tell its account, and the path or a setting names one`,
  );
}
