import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Hover, Position } from 'vscode-languageserver-types';
import type { ActionDetails } from '../actions/details.ts';
import { hasWildcard } from '../actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { evidenceOf } from '../findings/combine.ts';
import type { Entry } from '../policy/model.ts';
import { type EntryRefinement, refineEntry } from '../refine/entry.ts';
import { countGranted, keptActions, unusedActions } from '../refine/grant.ts';
import { count } from '../text.ts';
import { byWhom, describeUse } from '../wording.ts';
import { codeList, codeSpan, escapeMarkdown } from './markdown.ts';

/**
 * The hover of the entry at a position: what it grants, split into what is unused and what stays, what it would become,
 * and on whose behalf. `undefined` where no entry stands.
 *
 * @param details what AWS says of a single action
 */
export function hover(
  document: TextDocument,
  analysis: FileAnalysis,
  position: Position,
  details: ActionDetails,
): Hover | undefined {
  const offset = document.offsetAt(position);
  for (const policy of analysis.policies) {
    for (const statement of policy.document.statements) {
      const entry = statement.entries.find(({ start, end }) => start <= offset && offset <= end);
      if (!entry) continue;
      // What NotAction and Deny list is not granted by them, and their hover must not say so.
      const grants = statement.element === 'Action' && statement.effect === 'Allow';
      const value = (grants ? describeGrants(entry, policy, details) : describeAction(entry.value, details)).join(
        '\n\n',
      );
      if (value === '') return undefined;
      return {
        contents: { kind: 'markdown', value },
        range: { start: document.positionAt(entry.start), end: document.positionAt(entry.end) },
      };
    }
  }
  return undefined;
}

function describeGrants(entry: Entry, policy: PolicyAnalysis, details: ActionDetails): string[] {
  const { refined, match } = policy;
  if (!refined) {
    return [...describeAction(entry.value, details), `No findings apply: ${escapeMarkdown(match.why)}.`];
  }
  const refinement = refineEntry(entry.value, refined.context);
  const paragraphs = hasWildcard(entry.value)
    ? describeWildcard(refinement, policy)
    : describeAction(entry.value, details);
  return [
    ...paragraphs,
    ...describeUseOf(refinement, policy),
    ...describeSource(policy, refined.context.catalogue.date),
  ];
}

/** For a single action: its access level and description. */
function describeAction(entry: string, details: ActionDetails): string[] {
  const colon = entry.indexOf(':');
  const detail = details(entry.slice(0, colon), entry.slice(colon + 1));
  return detail ? [`${codeSpan(entry)} · ${detail.accessLevel}`, escapeMarkdown(detail.description)] : [];
}

function describeWildcard({ entry, grants, replacement }: EntryRefinement, { refined }: PolicyAnalysis): string[] {
  const unused = unusedActions(grants);
  const stay = keptActions(grants);
  const kept = refined
    ? stay.filter((action) => isKept(action, (service, name) => refined.context.unused.isKept(service, name)))
    : [];
  const amounts = `${count(countGranted(grants), 'action')}: ${unused.length} unused, ${stay.length} not reported unused`;
  const paragraphs = [`${codeSpan(entry)} grants ${amounts}`];
  if (unused.length > 0) paragraphs.push(`**Unused:** ${codeList(unused)}`);
  if (stay.length > 0) paragraphs.push(`**In use, or not tracked:** ${codeList(stay)}`);
  if (kept.length > 0) paragraphs.push(`**Kept by your settings:** ${codeList(kept)}`);
  if (replacement && replacement.length > 0) paragraphs.push(`**Becomes:** ${codeList(replacement)}`);
  if (unused.length > 0 && !replacement) {
    paragraphs.push('It is left alone, because the catalogue knows nothing of what it grants.');
  }
  return paragraphs;
}

function isKept(action: string, test: (service: string, name: string) => boolean): boolean {
  const colon = action.indexOf(':');
  return test(action.slice(0, colon).toLowerCase(), action.slice(colon + 1));
}

/** When and by whom a single action was last used, and what is never tracked. */
function describeUseOf({ entry, grants }: EntryRefinement, policy: PolicyAnalysis): string[] {
  const { match } = policy;
  if (match.kind !== 'matched') return [];
  const [first] = unusedActions(grants);
  const paragraphs: string[] = [];
  if (first !== undefined && !hasWildcard(entry)) {
    const colon = first.indexOf(':');
    const evidence = evidenceOf(match.findings, first.slice(0, colon), first.slice(colon + 1));
    if (evidence)
      paragraphs.push(`**Unused**${escapeMarkdown(byWhom(match))}: ${escapeMarkdown(describeUse(evidence))}.`);
  } else if (!hasWildcard(entry)) {
    paragraphs.push('Not reported unused.');
  }
  const passesRoles = keptActions(grants).some((action) => action.toLowerCase() === 'iam:passrole');
  if (passesRoles && (match.findings.services.get('iam')?.whole ?? match.findings.services.get('*')?.whole)) {
    paragraphs.push(
      'AWS never tracks `iam:PassRole`, so a report that all of `iam` is unused does not make it unused.',
    );
  }
  return paragraphs;
}

function describeSource({ match }: PolicyAnalysis, date: string): string[] {
  const principals = match.kind === 'matched' ? match.principals.map(({ label }) => codeSpan(label)).join(', ') : '';
  const because = `${principals ? `${principals}, because ` : 'Findings apply because '}${escapeMarkdown(match.why)}`;
  return [`---\n\n${because} · catalogue of ${date}`];
}
