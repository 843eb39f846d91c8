import type { Diagnostic } from 'vscode-languageserver-types';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/codes.ts';
import type { DiagnosticData } from '../diagnostics/policyDiagnostics.ts';

/** Whether a diagnostic is our mark of what stands at a pointer. */
export function isMarkOf({ source, data }: Diagnostic, pointer: string): boolean {
  return source === DIAGNOSTIC_SOURCE && (data as DiagnosticData | undefined)?.pointer === pointer;
}
