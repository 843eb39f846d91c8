import type { Analyzer } from '../analysis.ts';
import type { Principal } from '../findings/principal.ts';
import { Checklist } from './checklist.ts';
import type { GrantingPolicy } from './grantingPolicy.ts';

/** What is reported of a principal and granted by none of the policies that were looked at. */
export interface NotGranted {
  readonly principal: Principal;
  /** What to call the principal; see `ReverseView.nameOf`. */
  readonly name: string;
  /** As `service:Name`, service by service. */
  readonly actions: readonly string[];
  /** The services that are reported as a whole and of which no action is granted. */
  readonly services: readonly string[];
  /** How many actions, and how many services as a whole, are reported of the principal in all. */
  readonly reported: { readonly actions: number; readonly services: number };
  /** The AWS managed policies that the code attaches to the principal, a likely source: what follows `policy/` in their ARNs. */
  readonly managedPolicies: readonly string[];
  /** Whether a policy here has entries that are not written literally (`{"Fn::Sub": …}`): they may grant some of it. */
  readonly hasOpaqueEntries: boolean;
}

/**
 * Findings the other way round, per principal: what is reported and yet granted by no policy here, so that
 * "AWS still says 40 unused" has an answer. Add the analysis of every file that was looked at, then ask.
 *
 * Policies belong to the principals whose findings apply to them. Findings that name nobody are not looked at: nobody can
 * say which other policies they are about.
 */
export class ReverseView {
  readonly #analyzer: Analyzer;
  /** The principals to whom a policy belongs, by their labels in lower case. */
  readonly #matched = new Map<string, Holdings>();

  readonly #only: ReadonlySet<string> | undefined;

  /**
   * @param analyzer what made the analyses
   * @param only the principals that are asked about; all when absent
   */
  constructor(analyzer: Analyzer, only?: readonly Principal[]) {
    this.#analyzer = analyzer;
    this.#only = only && new Set(only.map(keyOf));
  }

  add(policies: readonly GrantingPolicy[]): void {
    for (const { document, match } of policies) {
      if (match.kind !== 'matched' || document.kind !== 'identity') continue;
      for (const principal of match.principals)
        if (!this.#only || this.#only.has(keyOf(principal))) this.#holdingsOf(principal).add(document);
    }
  }

  /**
   * The principals to whom policies belong, in the order in which they came up; those only of whom something is not granted.
   * One at a time: those of an organisation name millions of actions.
   */
  *notGranted(): Iterable<NotGranted> {
    for (const holdings of this.#matched.values()) {
      const view = holdings.toNotGranted(this.nameOf(holdings.principal));
      if (view.actions.length + view.services.length > 0) yield view;
    }
  }

  /** A principal's name, or its ARN where the findings are about several of that name. */
  nameOf({ name, label }: Principal): string {
    return this.#analyzer.index.find(name).length > 1 ? label : name;
  }

  /** The principals of whom something is reported, and to whom no policy here belongs. */
  get withoutPolicy(): Principal[] {
    const { index } = this.#analyzer;
    return index.principals.filter(
      (principal) => !this.#matched.has(keyOf(principal)) && index.findingsOf(principal).services.size > 0,
    );
  }

  #holdingsOf(principal: Principal): Holdings {
    const key = keyOf(principal);
    let holdings = this.#matched.get(key);
    if (!holdings) {
      holdings = new Holdings(principal, this.#analyzer);
      this.#matched.set(key, holdings);
    }
    return holdings;
  }
}

/** What the policies of one principal grant, and what is attached to it. */
class Holdings {
  readonly principal: Principal;
  readonly #checklist: Checklist;
  readonly #managedPolicies = new Set<string>();
  #hasOpaqueEntries = false;

  constructor(principal: Principal, analyzer: Analyzer) {
    const findings = analyzer.index.findingsOf(principal);
    this.principal = principal;
    this.#checklist = new Checklist(findings, analyzer.contextFor(findings));
  }

  add(document: GrantingPolicy['document']): void {
    for (const statement of document.statements) {
      if (statement.effect !== 'Allow' || statement.hasPrincipal) continue;
      this.#checklist.tickOff(statement);
      this.#hasOpaqueEntries ||= statement.hasOpaqueEntries;
    }
    for (const policy of document.owner?.managedPolicies ?? []) {
      // The name is a slice of its file, which would be kept with it; one that is put together anew is not.
      if (!this.#managedPolicies.has(policy)) this.#managedPolicies.add([...policy].join(''));
    }
  }

  toNotGranted(name: string): NotGranted {
    const { actions, services, reported } = this.#checklist;
    return {
      principal: this.principal,
      name,
      actions,
      services,
      reported,
      managedPolicies: [...this.#managedPolicies],
      hasOpaqueEntries: this.#hasOpaqueEntries,
    };
  }
}

function keyOf({ label }: Principal): string {
  return label.toLowerCase();
}
