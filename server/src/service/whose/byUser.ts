import type { Principal } from '../findings/principal.ts';
import { quote } from '../text.ts';
import { accountsOf } from './accounts.ts';
import { certain, none } from './answers.ts';
import { combineAnswers } from './combine.ts';
import { hasTellingName } from './fileNames.ts';
import { describeHolder, type Holder } from './holders.ts';
import { relativeTo } from './paths.ts';
import type { PrincipalMapping } from './question.ts';
import type { RuleAnswer, RuleContext } from './rules.ts';
import type { HolderAnswer } from './standing.ts';
import { isPinned, mappedPrincipals } from './userWord.ts';

/**
 * Rule 1: the user's own word chooses among what the code leaves open. A line for the policy's or a holder's own address settles it; one for
 * a file, and a name on the command line, are for those who can be meant and nobody else can. What the code tells for sure stays: the
 * user may add holders, but not take them away.
 */
export function byUser(context: RuleContext): RuleAnswer | undefined {
  const { policy, question } = context;
  const { fact, path, ends } = policy;
  const mappings = question.mappingsOf?.(path) ?? [];
  const own = mappings.find(
    ({ document }) => document !== undefined && [fact.name, fact.pointer, fact.address].includes(document),
  );
  const holders = [...ends.holders];
  if (own) return settled(own, holders, context);
  const byHolder = new Map(
    holders.flatMap((holder) => {
      const mapping = mappingOfHolder(holder, context);
      return mapping ? [[holder, mapping] as const] : [];
    }),
  );
  if (byHolder.size > 0 && ends.unknown === undefined) return withHolders(byHolder, holders, context);
  const { principals = [] } = question;
  if (principals.length > 0) return named(principals, holders, context);
  const file = mappings.find(({ document }) => document === undefined);
  if (!file) return undefined;
  const said = mappedPrincipals(file, question.index, context.repository.accountsOfFile(path));
  const isOpen = holders.length === 0 && ends.unknown === undefined;
  if (isOpen && (fact.isLoose || isOnlyPolicy(context))) return pinned(said, file);
  // What the code leaves to nobody is no matter of a file's line.
  if (holders.length === 0 || ends.unknown !== undefined) return undefined;
  if (said.kind !== 'certain') return isAllLiteral(holders) ? undefined : pinned(said, file);
  return chosen(said.principals, said.why, holders, context);
}

/** A line for the policy's own address: it goes before all that the code leaves open, and those whom the code names stay. */
function settled(mapping: PrincipalMapping, holders: readonly Holder[], context: RuleContext): RuleAnswer {
  const { repository, policy, question } = context;
  const said = mappedPrincipals(mapping, question.index, repository.accountsOfFile(policy.path));
  const matching = repository.matchingOf(question.index);
  const fixed = holders.filter(
    (holder) =>
      holder.known.kind === 'literal' &&
      !holder.known.isAssumed &&
      !said.principals.some((principal) => matching.canBe(holder, principal)),
  );
  if (said.kind !== 'certain' || fixed.length === 0) return pinned(said, mapping);
  const answers = fixed.map((holder): HolderAnswer => {
    const answer = matching.answerFor(holder);
    return answer.kind === 'none'
      ? {
          ...answer,
          why: `the code gives this policy to ${describeHolder(holder)} as well, for which there are no findings`,
        }
      : answer;
  });
  return pinned(combineAnswers([said, ...answers]), mapping);
}

/** Lines for addresses of holders: each of the others must have findings of its own. */
function withHolders(
  byHolder: ReadonlyMap<Holder, PrincipalMapping>,
  holders: readonly Holder[],
  { repository, question }: RuleContext,
): RuleAnswer {
  const matching = repository.matchingOf(question.index);
  const answers = holders.map((holder): HolderAnswer => {
    const mapping = byHolder.get(holder);
    if (!mapping) return matching.answerFor(holder);
    const said = mappedPrincipals(mapping, question.index, accountsOf(holder, repository.accountsOfFile));
    return said.kind === 'certain' ? instancesOf(holder, mapping, said, holders) : said;
  });
  const [only] = byHolder.values();
  const answer = combineAnswers(answers);
  return byHolder.size === holders.length && only ? pinned(answer, only) : answer;
}

/** A line for a loop means all that the loop makes, so it must name as many. */
function instancesOf(
  holder: Holder,
  mapping: PrincipalMapping,
  said: HolderAnswer,
  holders: readonly Holder[],
): HolderAnswer {
  const base = baseOf(holder);
  if (mapping.document !== base || (base === holder.address && !holder.isSeveral)) return said;
  const made = holders.filter((other) => baseOf(other) === base && other.instance === holder.instance).length;
  const needed = holder.isSeveral ? 2 : made;
  if (said.principals.length >= needed || mapping.principals.some((name) => name.includes('*'))) return said;
  const way = holder.isSeveral
    ? `name all of them, or one by its key: ${quote(`${base}["KEY"]`)}`
    : `name all ${made}, or each by its key: ${quote(holder.address ?? '')}`;
  return {
    kind: 'none',
    principals: said.principals,
    why: `${quote(base)} makes several roles, and only ${said.principals.map(({ name }) => name).join(', ')} is named: ${way}`,
    rivals: [],
    trail: [],
  };
}

function mappingOfHolder(holder: Holder, { question }: RuleContext): PrincipalMapping | undefined {
  if (holder.path === undefined || holder.address === undefined) return undefined;
  // Whom the code names literally the user cannot take away.
  if (holder.known.kind === 'literal' && !holder.known.isAssumed) return undefined;
  const mappings = question.mappingsOf?.(holder.path) ?? [];
  return (
    mappings.find(({ document }) => document === holder.address) ??
    mappings.find(({ document }) => document === baseOf(holder))
  );
}

/** A holder's address without the key of a loop. */
function baseOf({ address = '', turn }: Holder): string {
  return turn === undefined ? address : address.slice(0, -`[${JSON.stringify(turn.key)}]`.length);
}

/** Names on the command line: for policies whose holder is, or can be, one of them, and nobody else in scope can. */
function named(
  principals: readonly Principal[],
  holders: readonly Holder[],
  context: RuleContext,
): RuleAnswer | undefined {
  const { policy, question, repository } = context;
  const { fact, ends, path } = policy;
  if (ends.unknown !== undefined) return undefined;
  if (holders.length > 0) return chosen(principals, 'as you named', holders, context) ?? otherwise(principals, holders);
  if (question.isNamed && (fact.isLoose || isOnlyPolicy(context))) return certain(principals, 'as you named');
  if (!fact.isLoose) return undefined;
  // Of files that are only found, those count that bear the name; else the only one that could be meant.
  const own = principals.filter(({ name }) => repository.filesNamed(name).includes(path));
  if (own.length > 0) return undefined;
  if (hasTellingName(path))
    return none(
      `you named ${listNames(principals)}, and this file is called otherwise; name the file itself, or say it in "principals"`,
    );
  const others = [...repository.policies.paths].filter(
    (other) =>
      other !== path && repository.policies.factsOf(other).some(({ isLoose, kind }) => isLoose && kind === 'identity'),
  );
  if (others.length === 0 && isOnlyPolicy(context)) return certain(principals, 'as you named');
  const first = relativeTo(repository.root, others[0] ?? path);
  return {
    kind: 'ambiguous',
    principals,
    why: `${listNames(principals)} could have this policy, or that of '${first}'; name the file itself`,
    rivals: others.slice(0, 10),
    trail: [],
  };
}

function isOnlyPolicy({ policy, repository }: RuleContext): boolean {
  return repository.policies.factsOf(policy.path).filter(({ kind }) => kind === 'identity').length === 1;
}

/** Those of several principals that can be each holder, where nobody else can be them. */
function chosen(
  principals: readonly Principal[],
  why: string,
  holders: readonly Holder[],
  { repository, question }: RuleContext,
): RuleAnswer | undefined {
  const matching = repository.matchingOf(question.index);
  const choices = holders.map((holder): HolderAnswer | undefined => {
    const own = principals.filter((principal) => matching.canBe(holder, principal));
    if (own.length === 0) return undefined;
    const { known } = holder;
    if (known.kind === 'literal' && !known.isAssumed) {
      const answer = matching.answerFor(holder);
      return answer.kind === 'ambiguous' || answer.kind === 'none'
        ? answer
        : { ...answer, kind: 'certain', principals: own, why };
    }
    const rivals = own.flatMap((principal) => matching.rivalsFor(holder, principal));
    if (rivals.length === 0) return { kind: 'certain', principals: own, why, rivals: [], trail: [] };
    const addresses = [...new Set([holder, ...rivals].map((other) => placeOf(other, repository.root)))];
    return {
      kind: 'ambiguous',
      principals: own,
      rivals: [...new Set(rivals.map((rival) => rival.path ?? rival.instance.root.scope.path))],
      trail: [],
      why: `${listNames(own)} could be any of ${addresses.slice(0, 5).join(', ')}${addresses.length > 5 ? ' and others' : ''}`,
    };
  });
  if (choices.every((choice) => choice === undefined)) return undefined;
  return combineAnswers(holders.map((holder, place) => choices[place] ?? matching.answerFor(holder)));
}

function otherwise(principals: readonly Principal[], holders: readonly Holder[]): RuleAnswer {
  const [first] = holders;
  return none(
    `this policy belongs to ${first ? describeHolder(first) : 'somebody'}, and ${listNames(principals)}, whom you named, cannot be that`,
  );
}

/** `template.yaml#AppRole`. */
function placeOf({ path, address, instance }: Holder, root: string): string {
  return quote(`${relativeTo(root, path ?? instance.scope.path)}${address === undefined ? '' : `#${address}`}`);
}

function isAllLiteral(holders: readonly Holder[]): boolean {
  return holders.length > 0 && holders.every(({ known }) => known.kind === 'literal' && !known.isAssumed);
}

function pinned(answer: HolderAnswer, mapping: PrincipalMapping): RuleAnswer {
  return isPinned(mapping) ? { ...answer, isPinned: true } : answer;
}

function listNames(principals: readonly Principal[]): string {
  return principals.map(({ name }) => quote(name)).join(' and ');
}
