import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Hover, Position } from 'vscode-languageserver-types';
import { hasWildcard } from '../actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import type { Entry, Statement } from '../policy/model.ts';
import { refineEntry } from '../refine/entry.ts';
import { describeAction, describeActionUse } from './action.ts';
import { describeCautions } from './cautions.ts';
import type { HoverContext } from './context.ts';
import { escapeMarkdown } from './markdown.ts';
import { describeMatched } from './matched.ts';
import { describePassRole } from './passRole.ts';
import { describeReference } from './reference.ts';
import { describeSources } from './sources.ts';
import { describeWildcard, listGranted } from './wildcard.ts';

/**
 * The hover of the entry at a position: how much of what it grants is unused, what it would become, what the findings cannot know,
 * what it grants, one group after the other, whose findings say so, and where AWS describes it. `undefined` where no entry stands.
 */
export function hover(
  document: TextDocument,
  analysis: FileAnalysis,
  position: Position,
  context: HoverContext,
): Hover | undefined {
  const offset = document.offsetAt(position);
  for (const policy of analysis.policies) {
    for (const statement of policy.document.statements) {
      const entry = statement.entries.find(({ start, end }) => start <= offset && offset <= end);
      if (!entry) continue;
      // What NotAction and Deny list is not granted by them, and their hover must not say so.
      const grants = statement.element === 'Action' && statement.effect === 'Allow';
      const described = grants
        ? describeGrants(entry, statement, policy, analysis, context)
        : describeMatched(entry.value, analysis.catalogue, context);
      const paragraphs = [...described, ...describeReference(entry.value, context.details)];
      if (paragraphs.length === 0) return undefined;
      return {
        contents: { kind: 'markdown', value: paragraphs.join('\n\n') },
        range: { start: document.positionAt(entry.start), end: document.positionAt(entry.end) },
      };
    }
  }
  return undefined;
}

/** The decision first: whether, and what it would become, then what speaks against it; the long lists come last. */
function describeGrants(
  entry: Entry,
  statement: Statement,
  policy: PolicyAnalysis,
  analysis: FileAnalysis,
  context: HoverContext,
): string[] {
  const { refined, match } = policy;
  if (!refined || match.kind !== 'matched')
    return [
      ...describeMatched(entry.value, analysis.catalogue, context),
      `No findings apply: ${escapeMarkdown(match.why)}.`,
    ];
  const { catalogue, unused } = refined.context;
  const refinement = refineEntry(entry.value, refined.context);
  const isWildcard = hasWildcard(entry.value);
  const isDecision = refinement.unused > 0 || refinement.replacement !== undefined;
  return [
    ...(isWildcard
      ? describeWildcard(refinement, catalogue, context.details)
      : describeActionUse(refinement, match, unused, analysis.origins)),
    ...describePassRole(refinement, match),
    ...(isDecision ? describeCautions(match, analysis.place, context.now) : []),
    ...describeOpaque(statement),
    ...(isWildcard
      ? listGranted(refinement, match, unused, analysis.origins)
      : describeAction(entry.value, catalogue, context.details)),
    '---',
    ...describeSources(match, catalogue.date, analysis.origins),
  ];
}

/** What else stands in the statement's element may grant what is taken from an entry. */
function describeOpaque({ hasOpaqueEntries, element }: Statement): string[] {
  return hasOpaqueEntries
    ? [
        `What else \`${element}\` holds here is not written literally, or stands in another list: it may grant the same.`,
      ]
    : [];
}
