import type { Principal } from '../findings/principal.ts';
import { byCode } from './byCode.ts';
import { byFileName } from './byFileName.ts';
import { byUnnamedFindings } from './byUnnamedFindings.ts';
import { byUser } from './byUser.ts';
import { isGenerated } from './generated.ts';
import type { Match, MatchRule } from './match.ts';
import { relativeTo } from './paths.ts';
import type { RepositoryPolicy } from './policies.ts';
import type { Question } from './question.ts';
import type { Repository } from './repository.ts';
import { settlements } from './settle.ts';
import type { HolderAnswer } from './standing.ts';

/** What a rule is asked with. */
export interface RuleContext {
  readonly repository: Repository;
  readonly policy: RepositoryPolicy;
  readonly question: Question;
}

/** A rule's answer, and the findings that name nobody where it is by these. */
export type RuleAnswer = HolderAnswer & {
  readonly isPinned?: true;
  readonly unnamedIn?: readonly string[];
  readonly isFinal?: false;
};

/** A rule that tells whose findings apply; `undefined` where it has nothing to say and the next one is asked. */
type Rule = (context: RuleContext) => RuleAnswer | undefined;

/** The rules, one a file, in the order in which they are asked. */
const RULES: readonly (readonly [MatchRule, Rule])[] = [
  ['user', byUser],
  ['code', byCode],
  ['fileName', byFileName],
  ['unnamedFindings', byUnnamedFindings],
];

/**
 * Decides whose findings apply to a policy: by the user's word, by what the code tells, by the names of file and folders, and by
 * findings that name nobody. Findings that name a principal never apply by mere closeness: a neighbour's policy would lose what it uses.
 */
export function matchPolicy(repository: Repository, path: string, pointer: string, question: Question): Match {
  const { index } = question;
  if (index.files.length === 0) return open([], `no findings file was found${describeRejected(question)}`, 'nothing');
  const policy = repository.policies.at(path, pointer);
  if (!policy)
    return open(
      [],
      isGenerated(path, repository.root) ? GENERATED : 'nothing is known of who holds this policy',
      'nothing',
    );
  const { fact, ends } = policy;
  if (fact.leftAlone !== undefined) return open([], fact.leftAlone, 'code');
  if (ends.other !== undefined) return open([], ends.other, 'code');
  const context = { repository, policy, question };
  let refused: readonly [MatchRule, RuleAnswer] | undefined;
  for (const [rule, ask] of RULES) {
    const answer = ask(context);
    if (!answer) continue;
    // What the code has no findings for may be what findings without a name are about.
    if (answer.isFinal === false) refused ??= [rule, answer];
    else return toMatch(answer, rule, context);
  }
  return refused ? toMatch(refused[1], refused[0], context) : toMatch(nothing(context), 'nothing', context);
}

const GENERATED =
  'this file is made of others by a tool, so it is neither marked nor rewritten: refine what it is made of';

function open(principals: readonly Principal[], basis: string, rule: MatchRule): Match {
  return { kind: 'none', principals, basis, rule, holders: [] };
}

function toMatch(given: RuleAnswer, rule: MatchRule, { repository, policy, question }: RuleContext): Match {
  const { partial } = repository;
  const answer =
    partial !== undefined && given.kind === 'certain' && rule !== 'user'
      ? { ...given, kind: 'likely' as const, why: `${given.why}, but ${partial}` }
      : given;
  const { kind, principals, why, rivals } = answer;
  const holders = repository.viewsOf(policy);
  const basics = {
    principals,
    basis: why,
    rule,
    holders,
    ...((answer.isPinned || repository.accountsOfFile(policy.path)) && { isPinned: true as const }),
  };
  const lines =
    kind === 'certain'
      ? []
      : settlements({
          kind,
          root: repository.root,
          keyBase: question.keyBase ?? repository.root,
          ...keyPlace(repository, policy),
          principals,
          rivals,
        });
  return {
    kind,
    ...basics,
    ...(lines.length > 0 && { settle: lines }),
    ...(answer.unnamedIn && { unnamedIn: answer.unnamedIn }),
  };
}

/** What names a policy in a key: the one who holds it, so that a line settles all of its policies; else itself; nothing where its file's own key does. */
function keyPlace(
  { policies }: Repository,
  { fact, path, ends }: RepositoryPolicy,
): { path: string; document?: string } {
  const isAlone = policies.factsOf(path).filter(({ kind }) => kind === 'identity').length === 1;
  if (isAlone && fact.isLoose && ends.holders.size === 0) return { path };
  const [only, ...others] = ends.holders;
  const isOpen = only?.known.kind !== 'literal' || only.known.isAssumed;
  if (
    only?.path !== undefined &&
    only.address !== undefined &&
    others.length === 0 &&
    isOpen &&
    ends.unknown === undefined
  )
    return { path: only.path, document: only.address };
  return { path, document: fact.name ?? fact.pointer };
}

function nothing({ question: { index }, repository, policy }: RuleContext): RuleAnswer {
  const count = index.principals.length;
  const whom = count === 1 ? index.principals[0]?.name : `${count} principals`;
  const about = count === 0 ? 'none of the findings is about a role or user' : `the findings are about ${whom}`;
  const why =
    policy.fact.isLoose && !policy.isIncluded
      ? `no principal matches this policy: ${about}, and neither its file nor a folder above it has such a name`
      : `nothing in '${relativeTo(repository.root, policy.path)}' or elsewhere attaches this policy to a role or user: ${about}`;
  return { kind: 'none', principals: [], why: `${why}${describeRejected({ index }, true)}`, rivals: [], trail: [] };
}

/** A findings file that could not be used must not look like none. Another tool's file is no reason to find nothing; a broken one may well be. */
function describeRejected({ index }: Pick<Question, 'index'>, onlyBroken = false): string {
  return index.rejected
    .filter(
      ({ recognised, problems }) => !onlyBroken || recognised || problems.some(({ at }) => typeof at === 'number'),
    )
    .slice(0, 3)
    .map(({ file, problems }) => `; '${file.split('/').at(-1)}' was not used: ${problems[0]?.message}`)
    .join('');
}
