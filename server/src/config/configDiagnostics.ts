import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { DIAGNOSTIC_SOURCE, INVALID_CONFIG } from '../service/diagnostics/codes.ts';
import { readConfig } from './readConfig.ts';

/** The marks of a configuration file: what makes it unusable, as errors, and what has no effect, each at its place. */
export function configDiagnostics(document: TextDocument): Diagnostic[] {
  return readConfig(document.getText()).problems.map(({ start, end, message, isNotice }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: isNotice ? DiagnosticSeverity.Information : DiagnosticSeverity.Error,
    code: INVALID_CONFIG,
    source: DIAGNOSTIC_SOURCE,
    message,
  }));
}
