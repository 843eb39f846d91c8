import { none } from './answers.ts';
import { combineAnswers } from './combine.ts';
import type { RuleAnswer, RuleContext } from './rules.ts';
import type { HolderAnswer } from './standing.ts';

/** Rule 2 and 3: the code tells who holds the policy, wherever in the repository it does. */
export function byCode({ repository, policy, question }: RuleContext): RuleAnswer | undefined {
  const { ends, perhaps } = policy;
  const unread = repository.unreadBeside(policy);
  if (unread !== undefined && !policy.fact.isLoose)
    return none(`${unread}, so that nobody can say who holds this policy`);
  if (ends.unknown !== undefined) return none(`${ends.unknown}, so that nobody can say who holds this policy`);
  const matching = repository.matchingOf(question.index);
  const answers: HolderAnswer[] = [...ends.holders].map((holder) => matching.answerFor(holder));
  const unsure: string[] = [];
  for (const holder of perhaps) {
    const answer = matching.answerFor(holder);
    // Beside the deployments that are named, there may be none.
    if (answer.isNobody) continue;
    if (answer.kind === 'certain' || answer.kind === 'likely') answers.push(answer);
    else unsure.push(answer.why);
  }
  if (answers.length === 0) return undefined;
  const answer = combineAnswers(answers);
  const [doubt] = [...ends.doubts, ...unsure];
  const doubted =
    doubt !== undefined && answer.kind === 'certain'
      ? { ...answer, kind: 'likely' as const, why: `${answer.why}, but ${doubt}` }
      : answer;
  // Of nobody who is known, findings without a name may be.
  const isOpen = answers.every(({ isNobody }) => isNobody) && question.index.unnamed.length > 0;
  return isOpen ? { ...doubted, isFinal: false } : doubted;
}
