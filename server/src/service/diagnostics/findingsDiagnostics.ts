import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Catalogue } from '../actions/catalogue.ts';
import type { FindingsFile } from '../findings/finding.ts';
import type { FindingsProblem } from '../findings/problem.ts';
import { JsonLocator } from '../json/locate.ts';
import { CODE_DESCRIPTIONS, DIAGNOSTIC_SOURCE } from './codes.ts';
import { unknownNames } from './unknownNames.ts';

/** What the mark of an export without actions carries for the action that copies its commands. */
export interface FindingsDiagnosticData {
  /** The commands that fetch what is missing. */
  readonly commands: readonly string[];
  /** What they are for, as one says it behind `to`. */
  readonly purpose: string;
}

/**
 * The marks of a findings file: what in it could not be read, what it lacks, and the names that the catalogue does not know,
 * each at its place.
 *
 * @param unusedAccessAge the user's setting, in days: it decides what of a last-accessed report is looked at
 */
export function findingsDiagnostics(
  document: TextDocument,
  file: FindingsFile,
  catalogue: Catalogue,
  unusedAccessAge: number,
): Diagnostic[] {
  const locator = new JsonLocator(document.getText());
  const problems = [...file.problems, ...unknownNames(file, catalogue, unusedAccessAge, locator)];
  return problems.map((problem) => toDiagnostic(document, locator, problem));
}

function toDiagnostic(
  document: TextDocument,
  locator: JsonLocator,
  { code, message, at, isNotice, commands, purpose }: FindingsProblem,
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
    severity: isNotice ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning,
    code,
    codeDescription: { href: CODE_DESCRIPTIONS[code] },
    source: DIAGNOSTIC_SOURCE,
    message,
    ...(commands && purpose !== undefined && { data: { commands, purpose } satisfies FindingsDiagnosticData }),
  };
}
