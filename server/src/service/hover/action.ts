import type { Catalogue } from '../actions/catalogue.ts';
import type { ActionDetails } from '../actions/details.ts';
import { parseEntry } from '../actions/entry.ts';
import type { UnusedActions } from '../actions/unused.ts';
import { evidenceOf } from '../findings/combine.ts';
import type { MatchedFindings } from '../findings/rules/outcome.ts';
import { type Standing, Standings } from '../findings/standing.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { unusedActions } from '../refine/grant.ts';
import type { SettingOrigins } from '../settingOrigins.ts';
import { day } from '../text.ts';
import { byWhom, describeUse } from '../wording.ts';
import { codeSpan, escapeMarkdown, settingSpan } from './markdown.ts';

/** What a single action is: its access level and description; or that the catalogue does not know it. */
export function describeAction(entry: string, catalogue: Catalogue, details: ActionDetails): string[] {
  const pattern = parseEntry(entry);
  if (!pattern) return [];
  const detail = details.of(pattern.service, pattern.action);
  if (detail) return [`${codeSpan(entry)} · ${detail.accessLevel}`, escapeMarkdown(detail.description)];
  return catalogue.find(entry) ? [] : [describeUnknown(entry, catalogue)];
}

/** That the catalogue knows nothing that an entry matches. */
export function describeUnknown(entry: string, { date }: Catalogue): string {
  return `The catalogue of ${escapeMarkdown(date)} knows no action ${codeSpan(entry)}: it is newer, or gone, or misspelt.`;
}

/** Whether a single action is unused, by whom and by which finding; or why it stays. */
export function describeActionUse(
  { entry, grants }: EntryRefinement,
  match: MatchedFindings,
  unused: UnusedActions,
  origins: SettingOrigins,
): string[] {
  const [reported] = unusedActions(grants);
  if (reported !== undefined) return describeUnused(reported, match);
  const pattern = parseEntry(entry);
  if (!pattern) return ['Not reported unused.'];
  const { service, action } = pattern;
  if (unused.isKept(service.toLowerCase(), action))
    return [`Kept by ${settingSpan('keep', origins)}, whatever the findings report.`];
  const standings = new Standings(match.findings);
  const standing = standings.of(service, action);
  const lastUse = standings.lastUse(service, action);
  if (standing === 'used' && lastUse !== undefined) return [`In use: last used on ${escapeMarkdown(day(lastUse))}.`];
  return [REASONS[standing]];
}

function describeUnused(action: string, match: MatchedFindings): string[] {
  const colon = action.indexOf(':');
  const evidence = evidenceOf(match.findings, action.slice(0, colon), action.slice(colon + 1));
  if (!evidence) return [];
  const id = evidence.findingId === undefined ? '' : ` (finding ${codeSpan(evidence.findingId)})`;
  const by = escapeMarkdown(byWhom(match));
  if (evidence.analyzedAt === undefined && evidence.lastAccessed === undefined) return [`**Unused**${by}${id}.`];
  return [`**Unused**${by}: ${escapeMarkdown(describeUse(evidence))}${id}.`];
}

const REASONS: Readonly<Record<Standing, string>> = {
  used: 'In use.',
  untracked:
    'Not tracked at action level: the last-accessed report does not list it, so nobody can tell whether it is used, and it stays.',
  unlisted: 'Not reported unused: the last-accessed report does not list its service.',
  unreported:
    'Not reported unused: it was used, or AWS does not track it at action level, as no data event such as `s3:GetObject`.',
};
