import type { PolicyAnalysis } from '../analysis.ts';
import type { Principal } from '../findings/principal.ts';
import type { Entry, PolicyKind, PolicyOwner, Statement } from '../policy/model.ts';

/** What a policy grants to whom: all of an analysis that `ReverseView` looks at. */
export interface GrantingPolicy {
  readonly document: {
    readonly kind: PolicyKind;
    readonly statements: readonly GrantingStatement[];
    readonly owner?: Pick<PolicyOwner, 'managedPolicies'>;
  };
  readonly match:
    | { readonly kind: 'matched'; readonly principals: readonly Principal[] }
    | { readonly kind: 'unmatched' };
}

/** What a statement grants, and whether it does. */
export interface GrantingStatement extends Pick<Statement, 'effect' | 'element' | 'hasPrincipal' | 'hasOpaqueEntries'> {
  readonly entries: readonly Pick<Entry, 'value'>[];
}

/** The same without the rest of the analysis, so that it can be handed to another thread. */
export function grantingPolicies(policies: readonly PolicyAnalysis[]): GrantingPolicy[] {
  return policies.flatMap(({ document: { kind, statements, owner }, match }): GrantingPolicy[] => {
    if (match.kind !== 'matched') return [];
    const document = {
      kind,
      statements: statements.map(({ effect, element, hasPrincipal, hasOpaqueEntries, entries }) => ({
        effect,
        element,
        hasPrincipal,
        hasOpaqueEntries,
        entries: entries.map(({ value }) => ({ value })),
      })),
      ...(owner?.managedPolicies && { owner: { managedPolicies: owner.managedPolicies } }),
    };
    return [{ document, match: { kind: match.kind, principals: match.principals } }];
  });
}
