import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { codeSpan, escapeMarkdown } from '../hover/markdown.ts';
import { count } from '../text.ts';
import type { MatchKind, MatchRule } from '../whose/match.ts';

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

const RULES: Readonly<Record<MatchRule, string | undefined>> = {
  inventory: 'rule 0, an inventory',
  user: 'rule 1, the setting `principals`',
  code: 'rule 2, what the code tells of its holders',
  fileName: 'rule 4, the names of the file and its folder',
  unnamedFindings: 'rule 5, findings that name nobody and lie near',
  nothing: undefined,
};

const MATCHES: Readonly<Record<MatchKind, string>> = {
  certain: 'Findings apply',
  likely: 'Findings likely apply',
  ambiguous: 'Several principals are possible',
  none: 'No findings apply',
};

function describePolicy({ document, standing, match, refined }: PolicyAnalysis): string[] {
  const name = document.address ?? (document.pointer || 'the whole file');
  const rule = RULES[match.rule] === undefined ? '' : ` (${RULES[match.rule]})`;
  const entries = document.statements.reduce((sum, statement) => sum + statement.entries.length, 0);
  const amounts = `${count(document.statements.length, 'statement')}, ${count(entries, 'entry', 'entries')}`;
  return [
    `- ${codeSpan(name)}: ${standing.kind === 'identity' ? amounts : `${amounts}; no identity policy, so it is left alone`}`,
    `  - ${MATCHES[match.kind]}${rule}: ${escapeMarkdown(match.basis)}`,
    ...match.principals.map(({ label }) => `  - About ${codeSpan(label)}`),
    ...match.holders.map(({ label }) => `  - Held by ${escapeMarkdown(label)}`),
    ...(match.settle ?? []).map(({ line }) => `  - To settle it: ${codeSpan(line)}`),
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
