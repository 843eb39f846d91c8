import type { UnusedActions } from '../actions/unused.ts';
import type { MatchedFindings } from '../findings/rules/outcome.ts';
import { type Standing, Standings } from '../findings/standing.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted, keptActions, unusedActions } from '../refine/grant.ts';
import { count } from '../text.ts';
import { codeList, codeSpan } from './markdown.ts';

/** What a wildcard grants, group by group, and what it would become. */
export function describeWildcard(
  { entry, grants, replacement }: EntryRefinement,
  { findings }: MatchedFindings,
  unused: UnusedActions,
): string[] {
  const reported = unusedActions(grants);
  const stay = keptActions(grants);
  const groups = groupByReason(stay, findings, unused);
  const amounts = `${count(countGranted(grants), 'action')}: ${reported.length} unused, ${stay.length} not reported unused`;
  return [
    `${codeSpan(entry)} grants ${amounts}`,
    ...describeGroup('Unused', reported),
    ...Object.entries(LABELS).flatMap(([key, label]) => describeGroup(label, groups.get(key as Reason) ?? [])),
    ...describeGroup('Becomes', replacement ?? []),
    ...(reported.length > 0 && !replacement ? [LEFT_ALONE] : []),
  ];
}

/** By why actions stay, in the order in which they are shown. */
const LABELS: Readonly<Record<Reason, string>> = {
  used: 'In use',
  unreported: 'In use, or not tracked',
  untracked: 'Not tracked at action level',
  unlisted: 'Not in the last-accessed report',
  kept: 'Kept by your setting `iamPolicyRefiner.keep`',
};

const LEFT_ALONE = 'It is left alone, because the catalogue knows nothing of what it grants.';

/** Why an action stays. */
type Reason = Standing | 'kept';

function groupByReason(
  actions: readonly string[],
  findings: MatchedFindings['findings'],
  unused: UnusedActions,
): ReadonlyMap<Reason, readonly string[]> {
  const standings = new Standings(findings);
  const groups = new Map<Reason, string[]>();
  for (const action of actions) {
    const colon = action.indexOf(':');
    const [service, name] = [action.slice(0, colon), action.slice(colon + 1)];
    const reason = unused.isKept(service, name) ? 'kept' : standings.of(service, name);
    const group = groups.get(reason);
    if (group) group.push(action);
    else groups.set(reason, [action]);
  }
  return groups;
}

function describeGroup(label: string, actions: readonly string[]): string[] {
  return actions.length > 0 ? [`**${label}:** ${codeList(actions)}`] : [];
}
