import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
} from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import type { Evidence } from '../findings/combine.ts';
import type { PolicyProblem } from '../policy/model.ts';
import { groupDigits, quote } from '../text.ts';
import { describeUse } from '../wording.ts';
import { CODE_DESCRIPTIONS, DIAGNOSTIC_SOURCE, DiagnosticCode } from './codes.ts';
import { findEvidence, type Mark, marksOf } from './marks.ts';

/** What a diagnostic carries for whoever fixes it: the JSON pointer of the entry, statement or policy it marks. */
export interface DiagnosticData {
  readonly pointer: string;
}

/** How to make diagnostics. */
export interface DiagnosticOptions {
  readonly severity: DiagnosticSeverity;
  /** The place of a report in its findings file; `undefined` where it cannot be shown. */
  readonly locate: (evidence: Evidence) => Location | undefined;
}

/** VS Code shows no more in one file; making tens of thousands would only keep the editor waiting. */
const MAX_DIAGNOSTICS = 1000;

/** The marks of a file's policies as LSP's diagnostics, the first ones of a file that has more than anyone reads. */
export function policyDiagnostics(
  document: TextDocument,
  analysis: FileAnalysis,
  options: DiagnosticOptions,
): Diagnostic[] {
  // Of broken JSON every editor tells by itself.
  const limits = analysis.file.problems.filter(({ isLimit }) => isLimit);
  const diagnostics = limits.map((problem) => limitDiagnostic(document, problem));
  for (const policy of analysis.policies) {
    for (const mark of marksOf(policy)) {
      if (diagnostics.length >= MAX_DIAGNOSTICS) return diagnostics;
      diagnostics.push(toDiagnostic(document, mark, policy, options));
    }
  }
  return diagnostics;
}

function limitDiagnostic(document: TextDocument, { start, end, message }: PolicyProblem): Diagnostic {
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  return { range, severity: DiagnosticSeverity.Information, source: DIAGNOSTIC_SOURCE, message };
}

function toDiagnostic(
  document: TextDocument,
  mark: Mark,
  policy: PolicyAnalysis,
  { severity, locate }: DiagnosticOptions,
): Diagnostic {
  // Fading says "this may go". A wildcard of which a part is in use may not.
  const fades = mark.code === DiagnosticCode.unusedAction || mark.code === DiagnosticCode.unusedStatement;
  return {
    range: { start: document.positionAt(mark.span.start), end: document.positionAt(mark.span.end) },
    severity,
    code: mark.code,
    codeDescription: { href: CODE_DESCRIPTIONS[mark.code] },
    source: DIAGNOSTIC_SOURCE,
    message: mark.message,
    ...(fades && { tags: [DiagnosticTag.Unnecessary] }),
    relatedInformation: relatedInformation(mark.unused, policy, locate),
    data: { pointer: mark.pointer } satisfies DiagnosticData,
  };
}

/** The rows for a mark's actions, which are the same list for as long as the mark's entry and the findings are the same. */
const found = new WeakMap<readonly string[], DiagnosticRelatedInformation[]>();

function relatedInformation(
  unused: readonly string[],
  policy: PolicyAnalysis,
  locate: DiagnosticOptions['locate'],
): DiagnosticRelatedInformation[] {
  let rows = found.get(unused);
  if (!rows) {
    rows = findRelated(unused, policy, locate);
    found.set(unused, rows);
  }
  return rows;
}

/** One row, for the first of a wildcard's actions: an editor shows the rows above our hover, which names them all. */
function findRelated(
  unused: readonly string[],
  policy: PolicyAnalysis,
  locate: DiagnosticOptions['locate'],
): DiagnosticRelatedInformation[] {
  const [first, ...others] = unused;
  const evidence = first === undefined ? undefined : findEvidence(policy, first);
  const location = evidence && locate(evidence);
  if (first === undefined || !location) return [];
  const more = others.length > 0 ? `, and ${groupDigits(others.length)} more` : '';
  return [{ location, message: `${quote(first)}: ${describeUse(evidence)}${more}` }];
}
