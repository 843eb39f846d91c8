import { SIZE_QUOTAS } from '../policy/model.ts';
import { quote } from '../text.ts';
import { combineAnswers } from './combine.ts';
import { literalName } from './names.ts';
import { resolve } from './resolve.ts';
import type { RuleAnswer, RuleContext } from './rules.ts';
import type { HolderAnswer } from './standing.ts';

/** Rule 2 and 3: the code tells who holds the policy, wherever in the repository it does; and inventories tell who has it in truth. */
export function byCode(context: RuleContext): RuleAnswer | undefined {
  const { repository, policy, question } = context;
  const { ends, perhaps } = policy;
  const unread = repository.unreadBeside(policy);
  if (unread !== undefined && !policy.fact.isLoose)
    return none(`${unread}, so that nobody can say who holds this policy`);
  if (ends.unknown !== undefined) return none(`${ends.unknown}, so that nobody can say who holds this policy`);
  const matching = repository.matchingOf(question.index);
  const answers: HolderAnswer[] = [...ends.holders].map((holder) => matching.answerFor(holder));
  const listed = byInventory(context);
  if (listed) answers.push(listed);
  for (const holder of perhaps) {
    const answer = matching.answerFor(holder);
    // Beside the deployments that are named, there may be none.
    if (answer.kind === 'certain' || answer.kind === 'likely') answers.push(answer);
  }
  if (answers.length === 0) return undefined;
  const answer = combineAnswers(answers);
  const [doubt] = ends.doubts;
  const doubted =
    doubt !== undefined && answer.kind === 'certain'
      ? { ...answer, kind: 'likely' as const, why: `${answer.why}, but ${doubt}` }
      : answer;
  const isOpen = doubted.kind === 'none' && question.index.unnamed.length > 0;
  return isOpen ? { ...doubted, isFinal: false } : doubted;
}

/** Who has a managed policy of a literal name, as inventories list it. */
function byInventory({ repository, policy, question }: RuleContext): HolderAnswer | undefined {
  const { fact, scope } = policy;
  if (fact.address === undefined || policy.ends.quota !== SIZE_QUOTAS.managed) return undefined;
  const { universe } = repository.matchingOf(question.index);
  const [instance, ...others] = repository.instances.of(scope);
  const name = scope.managedNames.find(({ address }) => address === fact.address)?.name;
  if (!instance || !name || !('text' in name)) return undefined;
  const literal = literalName(resolve(name.text, instance));
  const principals = literal === undefined ? [] : universe.holdersOfPolicy(literal);
  if (literal === undefined || principals.length === 0) return undefined;
  const missing = principals.find((principal) => !universe.hasFindings(principal));
  if (missing)
    return none(
      `${missing.label} has the policy ${quote(literal)}, as an inventory says, and no findings: it counts as using everything`,
    );
  return {
    kind: others.length > 0 ? 'likely' : 'certain',
    principals,
    why: `an inventory lists who has the policy ${quote(literal)}`,
    rivals: [],
    trail: [],
  };
}

function none(why: string): HolderAnswer {
  return { kind: 'none', principals: [], why, rivals: [], trail: [] };
}
