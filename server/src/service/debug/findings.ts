import type { FindingsFile } from '../findings/finding.ts';
import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { codeSpan, escapeMarkdown } from '../hover/markdown.ts';
import { count, groupDigits } from '../text.ts';

/** So many files and principals are named; a workspace may have thousands of each. */
const MAX_FILES = 100;
const MAX_PRINCIPALS = 20;

/**
 * Which findings files were read below a folder, and how much each gave.
 * @param hasConfig whether a configuration file holds there, which may say where findings are
 */
export function describeFindingsFiles(folder: string, index: FindingsIndex, hasConfig = false): string[] {
  const files = [...new Set([...index.files, ...index.rejected])].sort((a, b) => (a.file < b.file ? -1 : 1));
  const base = `${folder.replace(/\/$/, '')}/`;
  const lines = files.slice(0, MAX_FILES).map((file) => {
    const name = file.file.startsWith(base) ? file.file.slice(base.length) : file.file;
    return `- ${codeSpan(name)}: ${describeFile(file)}`;
  });
  const more = files.length - lines.length;
  return [
    `### ${count(files.length, 'findings file')}`,
    '',
    ...lines,
    ...(more > 0 ? [`- and ${groupDigits(more)} more`] : []),
    ...(files.length === 0 ? [`The setting \`${hasConfig ? '' : 'iamPolicyRefiner.'}findings\` finds none.`] : []),
  ];
}

/** Whom the findings are about. */
export function describePrincipals({ principals, unnamed }: FindingsIndex): string[] {
  const more = principals.length - MAX_PRINCIPALS;
  return [
    `### ${count(principals.length, 'principal')}`,
    '',
    ...principals.slice(0, MAX_PRINCIPALS).map(({ label }) => `- ${codeSpan(label)}`),
    ...(more > 0 ? [`- and ${groupDigits(more)} more`] : []),
    ...(unnamed.length > 0 ? [`- ${count(unnamed.length, 'finding')} without a principal`] : []),
  ];
}

function describeFile({ recognised, findings, problems }: FindingsFile): string {
  const broken = problems.find(({ at }) => typeof at === 'number');
  // Nothing of the text is in what is said of a file that is no JSON, or cannot be read. Other problems may quote it.
  if (broken) return escapeMarkdown(broken.message);
  if (!recognised) return 'not a known export';
  const inactive = findings.filter(({ active }) => !active).length;
  const codes = new Map<string, number>();
  for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1);
  return [
    `${count(findings.length, 'finding')}${inactive > 0 ? ` (${groupDigits(inactive)} not ACTIVE)` : ''}`,
    ...[...codes].map(([code, amount]) => `${groupDigits(amount)} ${codeSpan(code)}`),
  ].join(', ');
}
