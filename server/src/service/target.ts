import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import type { Statement } from './policy/model.ts';

/** How a request says which policy of a file it means. */
export interface TargetQuery {
  /** JSON pointer of a policy, or of one of its statements; it goes before `offset`. */
  readonly pointer?: string | undefined;
  /** Where the cursor stands. */
  readonly offset?: number | undefined;
}

/** What is meant: a policy, or one statement of it. */
export interface Target {
  readonly policy: PolicyAnalysis;
  readonly statement?: Statement;
}

/**
 * The policy, or statement, that a pointer names, else the policy around the cursor. `undefined` where there is none: a pointer
 * may be older than the text.
 */
export function findTarget({ policies }: FileAnalysis, { pointer, offset }: TargetQuery): Target | undefined {
  if (pointer === undefined) {
    const policy = policies.find(
      ({ document }) => offset !== undefined && document.start <= offset && offset <= document.end,
    );
    return policy && { policy };
  }
  for (const policy of policies) {
    if (policy.document.pointer === pointer) return { policy };
    const statement = policy.document.statements.find((candidate) => candidate.pointer === pointer);
    if (statement) return { policy, statement };
  }
  return undefined;
}
