import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { FindingsFile, FindingsProblem } from '../findings/finding.ts';
import { locate } from '../json/locate.ts';
import { CODE_DESCRIPTIONS, DIAGNOSTIC_SOURCE, DiagnosticCode } from './codes.ts';

/** The marks of a findings file: what in it could not be read, at its place. */
export function findingsDiagnostics(document: TextDocument, file: FindingsFile): Diagnostic[] {
  return file.problems.map((problem) => toDiagnostic(document, problem));
}

function toDiagnostic(document: TextDocument, { message, at }: FindingsProblem): Diagnostic {
  const { start, end } = typeof at === 'number' ? { start: at, end: at + 1 } : locate(document.getText(), at);
  const from = document.positionAt(start);
  // A problem of the whole file is marked on its first line only: a page full of squiggles helps nobody.
  const to = document.positionAt(
    typeof at !== 'number' && at.length === 0
      ? Math.min(end, document.offsetAt({ line: from.line + 1, character: 0 }))
      : end,
  );
  return {
    range: { start: from, end: to },
    severity: DiagnosticSeverity.Warning,
    code: DiagnosticCode.invalidFindings,
    codeDescription: { href: CODE_DESCRIPTIONS[DiagnosticCode.invalidFindings] },
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}
