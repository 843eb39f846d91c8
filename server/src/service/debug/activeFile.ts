import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import type { MatchRuleName } from '../findings/rules/outcome.ts';
import { codeSpan, escapeMarkdown } from '../hover/markdown.ts';
import { count } from '../text.ts';

/** What is known of the active file: each policy, whose findings apply to it, by which rule and why. */
export function describeActiveFile(path: string, analysis: FileAnalysis | undefined, config?: string): string[] {
  const heading = ['', `## Active file ${codeSpan(path)}`, ''];
  if (!analysis)
    return [
      ...heading,
      'It is not looked at: its language holds no policies, or `iamPolicyRefiner.enable` is off for it.',
    ];
  const { file, policies } = analysis;
  return [
    ...heading,
    ...(config === undefined ? [] : [`- Configuration file ${codeSpan(config)}`]),
    ...file.problems.map(({ message }) => `- It cannot be edited: ${escapeMarkdown(message)}`),
    ...(policies.length === 0 ? ['It holds no policy.'] : []),
    ...policies.flatMap(describePolicy),
  ];
}

const RULES: Readonly<Record<MatchRuleName, string>> = {
  byUser: 'rule 1, the setting `principals`',
  byOwner: 'rule 2, the role, user or group that the template names',
  byPlace: 'rule 3, the names of the file and its folders',
  byCloseness: 'rule 4, findings that name nobody and lie near',
};

function describePolicy({ document, match, refined }: PolicyAnalysis): string[] {
  const name = document.address ?? (document.pointer || 'the whole file');
  const rule = match.rule === undefined ? '' : ` (${RULES[match.rule]})`;
  const entries = document.statements.reduce((sum, statement) => sum + statement.entries.length, 0);
  const amounts = `${count(document.statements.length, 'statement')}, ${count(entries, 'entry', 'entries')}`;
  return [
    `- ${codeSpan(name)}: ${document.kind === 'identity' ? amounts : `${amounts}; no identity policy, so it is left alone`}`,
    match.kind === 'unmatched'
      ? `  - No findings apply${rule}: ${escapeMarkdown(match.why)}`
      : `  - Findings apply${rule}: ${escapeMarkdown(match.why)}`,
    ...(match.kind === 'matched' ? match.principals.map(({ label }) => `  - About ${codeSpan(label)}`) : []),
    ...(refined ? describeRefinement(refined.refinement) : []),
  ];
}

function describeRefinement({
  totals,
  proof,
  changes,
}: NonNullable<PolicyAnalysis['refined']>['refinement']): string[] {
  return [
    `  - ${count(totals.granted, 'action')} granted, ${count(totals.unused, 'unused', 'unused')}; ${count(changes.length, 'statement')} to rewrite or remove`,
    ...(proof === 'ok' ? [] : [`  - Proof refused: ${escapeMarkdown(proof)}`]),
  ];
}
