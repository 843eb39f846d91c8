import type { FileAnalysis, PolicyAnalysis } from './analysis.ts';
import { toTime } from './findings/dates.ts';
import type { Finding } from './findings/finding.ts';
import { applyChanges } from './policy/model.ts';
import type { FileRefinement } from './refineFile.ts';
import { measureChanges } from './size.ts';
import { findTarget, type TargetQuery } from './target.ts';
import { count, day, groupDigits } from './text.ts';
import { namePrincipals } from './wording.ts';

/** What to show of a refinement before it is made. */
export interface Preview {
  /** JSON pointer of the policy or statement that was asked for; absent for all policies of the file. */
  readonly pointer?: string;
  /** Whose findings apply, in few words. */
  readonly whose?: string;
  /** The file's text after the refinement; absent where the text is broken. */
  readonly text?: string;
  /** What speaks for it, a short line each. */
  readonly facts: readonly string[];
}

/** So many policies of a file are spoken of one by one. */
const MAX_POLICIES = 4;

/** Shows a refinement, and what speaks for it: short lines, because they stand beside the text. */
export function preview(analysis: FileAnalysis, refinement: FileRefinement, query: TargetQuery): Preview {
  const { changes, edits, message } = refinement;
  const target = findTarget(analysis, query);
  const pointer = target && (target.statement ?? target.policy.document).pointer;
  const whose =
    changes.length === 1
      ? changes
          .map(({ policy }) => (policy.match.kind === 'matched' ? namePrincipals(policy.match.principals) : ''))
          .join('')
      : '';
  return {
    ...(pointer !== undefined && { pointer }),
    ...(whose !== '' && { whose }),
    ...(analysis.file.problems.length === 0 && { text: applyChanges(analysis.text, edits) }),
    facts: changes.length === 0 ? [message] : describeChanges(changes),
  };
}

type Changes = FileRefinement['changes'];

function describeChanges(changes: Changes): string[] {
  const [first] = changes;
  if (!first?.policy.refined) return [];
  const { size, date } = first.policy.refined.context.catalogue;
  const proof = ['proven: nothing lost, left or gained', `of ${count(size, 'action')} known on ${date}`];
  if (changes.length === 1) return [...describePolicy(first), ...proof];
  const shown = changes.slice(0, MAX_POLICIES);
  const more = changes.length - shown.length;
  return [
    ...shown.map((change) => `${nameOf(change.policy)}: ${describePolicy(change).join(' · ')}`),
    ...(more > 0 ? [`and ${count(more, 'more policy', 'more policies')}`] : []),
    ...proof,
  ];
}

function describePolicy({ policy, changes }: Changes[number]): string[] {
  const { match, document, refined } = policy;
  if (match.kind !== 'matched' || !refined) return [];
  const { granted, unused } = refined.refinement.totals;
  return [
    [namePrincipals(match.principals), `${groupDigits(unused)} of ${count(granted, 'granted action')} unused`]
      .filter((part) => part !== '')
      .join(': '),
    `because ${match.why}`,
    describeDates(match.findings.sources ?? []),
    describeSize(measureChanges(document, changes)),
  ];
}

function nameOf({ document }: PolicyAnalysis): string {
  return document.address ?? document.pointer;
}

function describeDates(sources: readonly Finding[]): string {
  const dates = sources.flatMap(({ analyzedAt }) => (toTime(analyzedAt) === undefined ? [] : (analyzedAt ?? [])));
  const days = [...new Set(dates.sort((a, b) => (toTime(a) ?? 0) - (toTime(b) ?? 0)).map(day))];
  const [oldest, newest] = [days[0], days.at(-1)];
  if (oldest === undefined) return 'findings without a date';
  return oldest === newest ? `analyzed on ${oldest}` : `analyzed from ${oldest} to ${newest}`;
}

function describeSize({ before, after, quota }: ReturnType<typeof measureChanges>): string {
  const refused = after > quota ? ': IAM refuses that' : '';
  return `${groupDigits(after)} of ${count(quota, 'character')}, ${groupDigits(before)} before${refused}`;
}
