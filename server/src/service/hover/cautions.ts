import { daysSince, isOld, toTime } from '../findings/dates.ts';
import type { Finding } from '../findings/finding.ts';
import { pinByAccount } from '../findings/rules/account.ts';
import type { MatchedFindings, PolicyPlace } from '../findings/rules/outcome.ts';
import { isLastAccessedReport } from '../findings/standing.ts';
import { count, day } from '../text.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';
import { asList } from './sources.ts';

/**
 * What the findings cannot know and the user may: what was used since, how long the role has existed, and whether the policy
 * is deployed in another account as well.
 *
 * @param place of the policy's file
 * @param now in milliseconds since 1970
 */
export function describeCautions(match: MatchedFindings, place: PolicyPlace, now: number): string[] {
  const sources = match.findings.sources ?? [];
  const cautions = [...describeAge(sources, now), ...describeReports(sources), ...describeAccount(match, place)];
  return cautions.length > 0 ? [`**Before you remove anything:**\n${asList(cautions)}`] : [];
}

/** Of one principal the newest finding counts, because all of them must agree; of several the one that is known of least. */
function describeAge(sources: readonly Finding[], now: number): string[] {
  const newest = new Map<string, Dated>();
  for (const { principal = '', analyzedAt } of sources) {
    const time = toTime(analyzedAt);
    const known = newest.get(principal.toLowerCase());
    if (analyzedAt === undefined || time === undefined || (known && known.time >= time)) continue;
    newest.set(principal.toLowerCase(), { analyzedAt, time });
  }
  const [oldest] = [...newest.values()].sort((a, b) => a.time - b.time);
  const days = oldest ? daysSince(oldest.time, now) : 0;
  if (!oldest || !isOld(days)) return [];
  const date = escapeMarkdown(day(oldest.analyzedAt));
  return [
    `The findings of ${date} are ${count(days, 'day')} old, and what was used since then is not in them: get them anew`,
  ];
}

interface Dated {
  readonly analyzedAt: string;
  readonly time: number;
}

function describeReports(sources: readonly Finding[]): string[] {
  return sources.some(isLastAccessedReport)
    ? ['A last-accessed report does not know since when its role exists: of one that is new, everything looks unused']
    : [];
}

/** The same file may be deployed in several accounts, unless its path says in which. */
function describeAccount({ principals, isPinned }: MatchedFindings, place: PolicyPlace): string[] {
  if (isPinned) return [];
  const accounts = new Set(principals.flatMap(({ account }) => account ?? []));
  const [account] = accounts;
  const bare = principals.map(({ label, name }) => ({ label, name }));
  const isNamedByPath = pinByAccount(bare, place).length === 0;
  if (account === undefined || accounts.size > 1 || isNamedByPath) return [];
  return [
    `The findings are about the account ${codeSpan(account)}: deployed in another one too, the policy may be in use there`,
  ];
}
