import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Hover, Position } from 'vscode-languageserver-types';
import { hasWildcard } from '../actions/glob.ts';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import type { PolicyPlace } from '../findings/rules/outcome.ts';
import type { Entry, Statement } from '../policy/model.ts';
import { refineEntry } from '../refine/entry.ts';
import { describeAction, describeActionUse } from './action.ts';
import { describeCautions } from './cautions.ts';
import type { HoverContext } from './context.ts';
import { escapeMarkdown } from './markdown.ts';
import { describePassRole } from './passRole.ts';
import { describeSources } from './sources.ts';
import { describeWildcard } from './wildcard.ts';

/**
 * The hover of the entry at a position: what it grants, split into what is unused and what stays, what it would become,
 * and what speaks for it: whose findings, which, from when, and what they cannot know. `undefined` where no entry stands.
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
      const paragraphs = grants
        ? describeGrants(entry, statement, policy, analysis.place, context)
        : describeAction(entry.value, context);
      if (paragraphs.length === 0) return undefined;
      return {
        contents: { kind: 'markdown', value: paragraphs.join('\n\n') },
        range: { start: document.positionAt(entry.start), end: document.positionAt(entry.end) },
      };
    }
  }
  return undefined;
}

function describeGrants(
  entry: Entry,
  statement: Statement,
  policy: PolicyAnalysis,
  place: PolicyPlace,
  context: HoverContext,
): string[] {
  const { refined, match } = policy;
  if (!refined || match.kind !== 'matched')
    return [...describeAction(entry.value, context), `No findings apply: ${escapeMarkdown(match.why)}.`];
  const refinement = refineEntry(entry.value, refined.context);
  const isDecision = refinement.unused > 0 || refinement.replacement !== undefined;
  return [
    ...(hasWildcard(entry.value)
      ? describeWildcard(refinement, match, refined.context.unused)
      : [...describeAction(entry.value, context), ...describeActionUse(refinement, match, refined.context.unused)]),
    ...describePassRole(refinement, match),
    ...(isDecision ? describeCautions(match, place, context.now) : []),
    ...describeOpaque(statement),
    '---',
    ...describeSources(match, refined.context.catalogue.date),
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
