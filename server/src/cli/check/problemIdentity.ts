import type { DiagnosticCode } from '../../service/diagnostics/codes.ts';
import { cut } from '../../service/text.ts';
import type { CheckedPolicy, Problem } from './format.ts';

/**
 * What stays the same of a problem when lines, statements and policies around it come, go and move, and when new findings say
 * more about it. Two problems of a file may be the same by it.
 */
export interface ProblemIdentity {
  /** The policy inside its file: a template's logical id, or a JSON pointer without the places in lists. */
  readonly policy: string;
  readonly code: DiagnosticCode;
  /** The entry; of a statement its entries, of a policy nothing. */
  readonly text: string;
}

export function identify({ document }: CheckedPolicy['policy'], { code, plan, index }: Problem): ProblemIdentity {
  const policy = document.address ?? document.pointer.replace(/\/\d+(?=\/|$)/g, '/-');
  const entries = plan?.statement.entries.map(({ value }) => value) ?? [];
  const text = index === undefined ? cut(entries.toSorted().join(', ')) : (entries[index] ?? '');
  return { policy, code, text };
}

/** The identity as a key of maps. */
export function keyOfIdentity({ policy, code, text }: ProblemIdentity): string {
  return JSON.stringify([policy, code, text]);
}
