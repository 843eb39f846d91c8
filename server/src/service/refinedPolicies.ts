import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import { writeChanges } from './codeActions/edits.ts';
import { policyOutcome } from './outcome.ts';
import type { TextChange } from './policy/model.ts';
import { cautionOf, measureChanges } from './size.ts';
import { lineOf } from './text.ts';

/** What refining one policy of a file comes to. */
export interface RefinedPolicyText {
  readonly policy: PolicyAnalysis;
  readonly changes: readonly TextChange[];
  /** Why one should think twice, as a sentence without a full stop; absent where nothing speaks against it. */
  readonly caution?: string;
}

/** What refining each policy of a file comes to, and why the others that have something unused are not refined. */
export function refinedPolicies(analysis: FileAnalysis): {
  readonly refined: readonly RefinedPolicyText[];
  readonly problems: readonly string[];
} {
  const [problem] = analysis.file.problems;
  if (problem) {
    const holdsPolicies = analysis.policies.length > 0 || problem.isLimit;
    return {
      refined: [],
      problems: holdsPolicies ? [`line ${lineOf(analysis.text, problem.start)}: ${problem.message}`] : [],
    };
  }
  const refined: RefinedPolicyText[] = [];
  const problems: string[] = [];
  for (const policy of analysis.policies) {
    const statements = policy.refined?.refinement.changes ?? [];
    if (statements.length === 0) {
      const { kind, message } = policyOutcome(policy);
      if (kind === 'refused') problems.push(message);
      continue;
    }
    const changes = writeChanges(analysis, policy.document, statements);
    const caution = cautionOf(measureChanges(policy.document, statements));
    refined.push({ policy, changes, ...(caution !== undefined && { caution }) });
  }
  return { refined, problems };
}
