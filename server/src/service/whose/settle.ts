import type { MatchKind, Settlement } from './match.ts';
import type { Question } from './question.ts';
import type { RuleContext } from './rules.ts';
import { settleByAccounts } from './settleByAccounts.ts';
import { settleByExclusion } from './settleByExclusion.ts';
import { settleByMapping } from './settleByMapping.ts';
import { lineOf } from './settlementLine.ts';
import type { HolderAnswer } from './standing.ts';

/** Answers how sure it would be whose the policy is, were another question asked. */
export type Ask = (question: Question) => MatchKind;

/**
 * The lines that settle whose a policy is, the best first; none where no line does, as for a role that the code names and of which
 * there are no findings. What a line says of roles and users was tried: with it, the answer is certain.
 */
export function settlements(answer: HolderAnswer, context: RuleContext, ask: Ask): readonly Settlement[] {
  const { kind } = answer;
  if (kind === 'certain') return [];
  return [
    ...(kind === 'likely' ? settleByExclusion(answer, context) : []),
    ...settleByMapping(answer, context, ask),
    ...(kind === 'ambiguous' ? settleByAccounts(answer, context) : []),
    ...(kind === 'likely' ? ACCEPTANCE : []),
  ];
}

/** What takes all that is likely. */
const ACCEPTANCE: readonly Settlement[] = [
  { setting: 'match', line: lineOf('match', 'likely'), value: 'likely' },
  { setting: 'option', line: '--likely', value: '--likely' },
];
