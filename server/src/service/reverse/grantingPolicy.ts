import type { PolicyAnalysis, PolicyAnswer } from '../analysis.ts';
import type { Principal } from '../findings/principal.ts';
import type { Entry, PolicyDocument, Statement } from '../policy/model.ts';
import { isSettled } from '../whose/match.ts';

/** What a policy grants to whom: all of an analysis that `ReverseView` looks at. */
export interface GrantingPolicy {
  readonly statements: readonly GrantingStatement[];
  /** Those whose it is: all whose findings apply, or likely do. */
  readonly principals: readonly Principal[];
  /** The AWS managed policies that the code attaches to its holders, by what follows `policy/` in their ARNs. */
  readonly awsManaged: readonly string[];
}

/** What a statement grants, and whether it does. */
export interface GrantingStatement extends Pick<Statement, 'effect' | 'element' | 'hasPrincipal' | 'hasOpaqueEntries'> {
  readonly entries: readonly Pick<Entry, 'value'>[];
}

/** The same without the rest of the analysis, so that it can be handed to another thread. */
export function grantingPolicies(policies: readonly PolicyAnalysis[]): GrantingPolicy[] {
  return policies.flatMap(({ document, standing, match }) => grantingPolicy(document, { standing, match }) ?? []);
}

/** What a policy grants to those whose it is; `undefined` where nobody can say who that is, or it grants nothing. */
export function grantingPolicy(
  { statements }: Pick<PolicyDocument, 'statements'>,
  { standing, match }: PolicyAnswer,
): GrantingPolicy | undefined {
  if (!isSettled(match) || standing.kind !== 'identity') return undefined;
  return {
    statements: statements.map(({ effect, element, hasPrincipal, hasOpaqueEntries, entries }) => ({
      effect,
      element,
      hasPrincipal,
      hasOpaqueEntries,
      entries: entries.map(({ value }) => ({ value })),
    })),
    principals: match.principals,
    awsManaged: [...new Set(match.holders.flatMap(({ awsManaged }) => awsManaged))],
  };
}
