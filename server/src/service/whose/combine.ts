import type { Principal } from '../findings/principal.ts';
import type { HolderAnswer } from './standing.ts';

const ORDER = ['certain', 'likely', 'ambiguous', 'none'] as const;

/**
 * What the answers for all holders of a policy come to: its actions are unused only if they are for each of them, so that the
 * least sure answer decides, and one without findings uses everything.
 */
export function combineAnswers(answers: readonly HolderAnswer[]): HolderAnswer {
  const [first, ...others] = [...answers].sort((a, b) => ORDER.indexOf(b.kind) - ORDER.indexOf(a.kind));
  if (!first) throw new Error('there must be an answer');
  if (others.length === 0) return first;
  const principals = new Map<string, Principal>();
  for (const answer of answers) for (const principal of answer.principals) principals.set(principal.label, principal);
  const isOpen = first.kind === 'ambiguous' || first.kind === 'none';
  const whys = isOpen ? [first.why] : [...new Set(answers.map(({ why }) => why))].slice(0, 3);
  return {
    kind: first.kind,
    principals: isOpen ? first.principals : [...principals.values()],
    why: whys.join(', and '),
    rivals: [...new Set(answers.flatMap(({ rivals }) => rivals))],
    trail: answers.flatMap(({ trail }) => trail),
  };
}
