import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeLens, Command } from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import type { Span } from '../json/span.ts';
import { countActions } from '../refine/policy.ts';
import type { StatementPlan } from '../refine/statementPlan.ts';
import { type LensText, policyText, statementText, unmatchedText } from './texts.ts';

/** The client's commands that lenses run; each takes the target as its one argument. */
interface LensCommands {
  readonly refinePolicy: string;
  readonly previewRefinement: string;
  readonly choosePrincipal: string;
}

/** How to make lenses. */
export interface LensOptions {
  readonly commands: LensCommands;
  /** Whether there are findings about anybody who could be chosen for a policy without findings. */
  readonly canChoose: boolean;
}

/** Nobody reads more, and tens of thousands would only keep the editor waiting. */
const MAX_LENSES = 1000;

/**
 * The lenses of a file: over each identity policy whose findings apply and how much it grants is unused, over each Allow
 * statement that grants something unused the same of it, with the commands that refine them.
 */
export function codeLenses(document: TextDocument, analysis: FileAnalysis, options: LensOptions): CodeLens[] {
  const lenses: CodeLens[] = [];
  const add = (lens: Lens) => {
    const start = document.positionAt(lens.at.start);
    lenses.push(...toCodeLenses({ start, end: start }, document.uri, lens, options.commands));
  };
  for (const policy of analysis.policies) {
    if (lenses.length >= MAX_LENSES) break;
    const lens = policyLens(policy, options);
    if (!lens) continue;
    add(lens);
    // On a line there is room for one: the lenses of a minified policy are those of the policy.
    let line = document.positionAt(policy.document.start).line;
    for (const plan of statementPlans(policy)) {
      const own = document.positionAt(plan.statement.start).line;
      const statement = own === line || lenses.length >= MAX_LENSES ? undefined : statementLens(plan);
      if (!statement) continue;
      add(statement);
      line = own;
    }
  }
  return lenses;
}

/** What is shown over one thing, before it is LSP's: a lens for the text, and one for each command behind it. */
interface Lens {
  readonly at: Span;
  readonly pointer: string;
  readonly text: LensText;
  /** What a click on the text runs; nothing where it is a mere text. */
  readonly onText?: keyof LensCommands;
  readonly refine?: 'Refine' | 'Remove';
  readonly preview?: boolean;
}

function policyLens({ document, match, refined }: PolicyAnalysis, { canChoose }: LensOptions): Lens | undefined {
  if (document.kind !== 'identity') return undefined;
  const place = { at: document, pointer: document.pointer, onText: 'choosePrincipal' } as const;
  if (match.kind === 'unmatched')
    return canChoose && !match.blocked ? { ...place, text: unmatchedText(match.why) } : undefined;
  if (!refined) return undefined;
  const { refinement } = refined;
  const canRefine = refinement.changes.length > 0;
  const text = policyText(match, refinement);
  return { ...place, text, ...(canRefine && { refine: 'Refine', preview: true }) };
}

/** The statements that get lenses of their own: not the only one, of which the policy's lens says all. */
function statementPlans({ document, refined }: PolicyAnalysis): readonly StatementPlan[] {
  if (!refined || refined.refinement.emptied || document.statements.length < 2) return [];
  return refined.refinement.statements;
}

function statementLens(plan: StatementPlan): Lens | undefined {
  const { statement, change, removed } = plan;
  const totals = countActions([plan]);
  if (totals.unused === 0) return undefined;
  return {
    at: statement,
    pointer: statement.pointer,
    text: statementText(totals),
    ...(change && { refine: removed ? 'Remove' : 'Refine', preview: !removed }),
  };
}

function toCodeLenses(range: CodeLens['range'], uri: string, lens: Lens, commands: LensCommands): CodeLens[] {
  const { pointer, text, onText, refine, preview } = lens;
  const run = (title: string, command: keyof LensCommands): Command => ({
    title,
    command: commands[command],
    arguments: [{ uri, pointer }],
  });
  // Editors show a lens without a command as mere text.
  const first = { ...(onText ? run(text.title, onText) : { title: text.title, command: '' }), ...text };
  const all = [
    first,
    ...(refine ? [run(refine, 'refinePolicy')] : []),
    ...(preview ? [run('Preview', 'previewRefinement')] : []),
  ];
  return all.map((command) => ({ range, command }));
}
