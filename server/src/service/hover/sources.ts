import type { Finding } from '../findings/finding.ts';
import type { MatchedFindings } from '../findings/rules/outcome.ts';
import { isLastAccessedReport } from '../findings/standing.ts';
import type { SettingOrigins } from '../settingOrigins.ts';
import { count, day, quote } from '../text.ts';
import { codeSpan, escapeMarkdown, settingSpan } from './markdown.ts';

/** So many findings are shown; a policy may be shared by hundreds of roles. */
const MAX_SOURCES = 3;

/** Whose findings apply and why, and which: where each stands, from when it is and how far back it looks. */
export function describeSources(
  { principals, why, findings }: MatchedFindings,
  catalogueDate: string,
  origins: SettingOrigins,
): string[] {
  const labels = principals.map(({ label }) => codeSpan(label)).join(', ');
  const because = `${labels ? `${labels}, because ` : 'Findings apply because '}${escapeMarkdown(why)}`;
  const sources = distinct(findings.sources ?? []);
  const more = sources.length - MAX_SOURCES;
  const lines = [
    ...sources.slice(0, MAX_SOURCES).map((finding) => describeSource(finding, origins)),
    ...(more > 0 ? [`and ${count(more, 'more finding')}`] : []),
  ];
  return [`${because} · catalogue of ${catalogueDate}`, ...(lines.length > 0 ? [asList(lines)] : [])];
}

/** Lines as a list of Markdown. */
export function asList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** The pages of a finding are one. */
function distinct(sources: readonly Finding[]): Finding[] {
  return [...new Map(sources.map((finding) => [finding.id ?? finding, finding])).values()];
}

function describeSource(finding: Finding, origins: SettingOrigins): string {
  const { id, analyzedAt, principal, file } = finding;
  const name = escapeMarkdown(quote(file.split('/').at(-1) ?? file));
  const date = analyzedAt === undefined ? undefined : escapeMarkdown(day(analyzedAt));
  if (isLastAccessedReport(finding)) {
    const made = date === undefined ? 'without a date' : `of ${date}`;
    return `Last-accessed report ${name} ${made}: AWS looks back up to 400 days, and ${settingSpan('unusedAccessAge', origins)} decides what is unused`;
  }
  if (id === undefined && principal === undefined)
    return `List ${name}, which tells neither when it was made nor how far it looks back`;
  const analyzed = date === undefined ? 'without a date' : `analyzed on ${date}`;
  const called = id === undefined ? 'Finding' : `Finding ${codeSpan(id)}`;
  return `${called} in ${name}, ${analyzed}: it looks back as many days as its analyzer is set to, 1 to 365, and knows of no data events such as \`s3:GetObject\``;
}
