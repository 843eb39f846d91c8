import type { Catalogue } from '../actions/catalogue.ts';
import type { ActionDetails } from '../actions/details.ts';
import type { UnusedActions } from '../actions/unused.ts';
import type { MatchedFindings } from '../findings/rules/outcome.ts';
import { type Standing, Standings } from '../findings/standing.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { countGranted, keptActions, unusedActions } from '../refine/grant.ts';
import type { SettingOrigins } from '../settingOrigins.ts';
import { count, groupDigits } from '../text.ts';
import { describeUnknown } from './action.ts';
import { countLevels } from './levels.ts';
import { codeList, codeSpan, settingSpan } from './markdown.ts';

/** What is to be decided about a wildcard: how much of what it grants is unused, of which access levels, and what it would become. */
export function describeWildcard(
  { entry, grants, replacement }: EntryRefinement,
  catalogue: Catalogue,
  details: ActionDetails,
): string[] {
  const granted = countGranted(grants);
  if (granted === 0 && !replacement) return [describeUnknown(entry, catalogue)];
  const reported = unusedActions(grants);
  return [
    `${codeSpan(entry)} grants ${count(granted, 'action')}: ${groupDigits(reported.length)} unused, ${groupDigits(granted - reported.length)} not reported unused`,
    ...(reported.length > 0 ? [`**Unused by access level:** ${countLevels(reported, details)}`] : []),
    ...describeReplacement(reported, replacement),
  ];
}

/** The actions that a wildcard grants: those that are unused, and the others by why they stay. */
export function listGranted(
  { grants }: EntryRefinement,
  { findings }: MatchedFindings,
  unused: UnusedActions,
  origins: SettingOrigins,
): string[] {
  const labels = { ...LABELS, kept: `Kept by ${settingSpan('keep', origins)}` };
  const groups = groupByReason(keptActions(grants), findings, unused);
  return [
    ...describeGroup('Unused', unusedActions(grants)),
    ...Object.entries(labels).flatMap(([key, label]) => describeGroup(label, groups.get(key as Reason) ?? [])),
  ];
}

function describeReplacement(reported: readonly string[], replacement: readonly string[] | undefined): string[] {
  if (!replacement) return reported.length > 0 ? [LEFT_ALONE] : [];
  return replacement.length > 0 ? describeGroup('Becomes', replacement) : ['Nothing of it stays.'];
}

/** By why actions stay, in the order in which they are shown. */
const LABELS: Readonly<Record<Standing, string>> = {
  used: 'In use',
  unreported: 'In use, or not tracked',
  untracked: 'Not tracked at action level',
  unlisted: 'Not in the last-accessed report',
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
