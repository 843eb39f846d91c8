import { resolveUnused } from '../actions/unused.ts';
import { compareText } from '../actions/words.ts';
import type { Analyzer, PolicyAnalysis } from '../analysis.ts';
import { toReports } from '../findings/combine.ts';
import type { Principal } from '../findings/principal.ts';
import { pinByAccount } from '../findings/rules/account.ts';
import type { PolicyPlace } from '../findings/rules/outcome.ts';
import { Checklist } from '../reverse/checklist.ts';
import { hintsOf, resemblance } from './resemblance.ts';

/** A principal that a user may choose for a policy. */
export interface PrincipalChoice {
  /** ARN, or the bare name where the findings tell no more. */
  readonly id: string;
  readonly name: string;
  readonly kind?: 'role' | 'user';
  readonly account?: string;
  /** How many actions, and how many services as a whole, are reported unused and not kept by the user. */
  readonly unused: { readonly actions: number; readonly services: number };
  /** Whether it is reported to use nothing at all. */
  readonly usesNothing: boolean;
  /** Whether its findings apply to the policy now. */
  readonly isCurrent: boolean;
}

/**
 * All principals that findings are about, for a policy: those whose findings apply first, then those whose names resemble what
 * the policy, its file and its folders are called. Where the path names an account, those of others are left out: their findings
 * would not apply. In steps of one principal, because an organisation has thousands.
 */
export function* principalChoices(
  analyzer: Analyzer,
  policy: PolicyAnalysis,
  place: PolicyPlace,
): Generator<undefined, readonly PrincipalChoice[], void> {
  const current = new Set(policy.match.kind === 'matched' ? policy.match.principals.map(({ label }) => label) : []);
  const hints = hintsOf(policy.document, place);
  const ranked: { choice: PrincipalChoice; rank: number }[] = [];
  for (const principal of pinByAccount(analyzer.index.principals, place)) {
    const choice = toChoice(principal, analyzer, current.has(principal.label));
    ranked.push({ choice, rank: choice.isCurrent ? 2 : resemblance(principal.name, hints) });
    yield undefined;
  }
  ranked.sort((a, b) => b.rank - a.rank || compareChoices(a.choice, b.choice));
  return ranked.map(({ choice }) => choice);
}

function toChoice(principal: Principal, analyzer: Analyzer, isCurrent: boolean): PrincipalChoice {
  const { label, name, kind, account } = principal;
  return {
    id: label,
    name,
    ...(kind && { kind }),
    ...(account !== undefined && { account }),
    ...countReported(principal, analyzer),
    isCurrent,
  };
}

/** Counted without the analyzer's contexts, which are kept for as long as the findings are. */
function countReported(principal: Principal, { index, catalogue, settings }: Analyzer) {
  const findings = index.findingsOf(principal);
  const unused = resolveUnused(toReports(findings), catalogue, settings.keep);
  return {
    unused: new Checklist(findings, { catalogue, unused }).reported,
    usesNothing: findings.services.has('*'),
  };
}

function compareChoices(a: PrincipalChoice, b: PrincipalChoice): number {
  return compareText(a.name.toLowerCase(), b.name.toLowerCase()) || compareText(a.id, b.id);
}
