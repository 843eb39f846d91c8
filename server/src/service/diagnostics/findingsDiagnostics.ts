import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { FindingsFile } from '../findings/finding.ts';
import type { FindingsProblem } from '../findings/problem.ts';
import { JsonLocator } from '../json/locate.ts';
import { CODE_DESCRIPTIONS, DIAGNOSTIC_SOURCE } from './codes.ts';

/** The marks of a findings file: what in it could not be read, at its place. */
export function findingsDiagnostics(document: TextDocument, file: FindingsFile): Diagnostic[] {
  const locator = new JsonLocator(document.getText());
  return file.problems.map((problem) => toDiagnostic(document, locator, problem));
}

function toDiagnostic(
  document: TextDocument,
  locator: JsonLocator,
  { code, message, at }: FindingsProblem,
): Diagnostic {
  const { start, end } = typeof at === 'number' ? { start: at, end: at + 1 } : locator.locate(at);
  const from = document.positionAt(start);
  // A problem of a whole answer is marked on its first line only: a page full of squiggles helps nobody.
  const isWhole = typeof at !== 'number' && at.path.every((step) => typeof step === 'number');
  const to = document.positionAt(
    isWhole ? Math.min(end, document.offsetAt({ line: from.line + 1, character: 0 })) : end,
  );
  return {
    range: { start: from, end: to },
    severity: DiagnosticSeverity.Warning,
    code,
    codeDescription: { href: CODE_DESCRIPTIONS[code] },
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}
