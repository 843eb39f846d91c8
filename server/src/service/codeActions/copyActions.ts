import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { DIAGNOSTIC_SOURCE, DiagnosticCode } from '../diagnostics/codes.ts';
import type { FindingsDiagnosticData } from '../diagnostics/findingsDiagnostics.ts';
import type { CodeActionRequest } from './codeActions.ts';
import { isRequested, QUICK_FIX } from './kinds.ts';

/**
 * For the marks of exports that name no actions: an action each that copies the commands which fetch them. The marks carry
 * their commands, because a large findings file is not read again for every move of the cursor.
 *
 * @param command the client's command that copies the list of its one argument
 */
export function copyActions(
  { diagnostics, only }: Pick<CodeActionRequest, 'diagnostics' | 'only'>,
  command: string,
): CodeAction[] {
  if (!isRequested(QUICK_FIX, only)) return [];
  return diagnostics.flatMap((diagnostic) => {
    const data = dataOf(diagnostic);
    if (!data) return [];
    const title = `Copy the ${data.commands.length === 1 ? 'command' : 'commands'} to ${data.purpose}`;
    return [
      {
        title,
        kind: QUICK_FIX,
        diagnostics: [diagnostic],
        isPreferred: true,
        command: { title, command, arguments: [data.commands] },
      },
    ];
  });
}

/** What our mark carries; what a client sends back is looked at as anything that comes from outside. */
function dataOf({ source, code, data }: Diagnostic): FindingsDiagnosticData | undefined {
  if (source !== DIAGNOSTIC_SOURCE || code !== DiagnosticCode.findingsWithoutActions) return undefined;
  const { commands, purpose } = (data ?? {}) as Partial<Record<keyof FindingsDiagnosticData, unknown>>;
  const isList = Array.isArray(commands) && commands.every((line) => typeof line === 'string');
  return isList && typeof purpose === 'string' ? { commands, purpose } : undefined;
}
