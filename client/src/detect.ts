import * as vscode from 'vscode';
import { DEFAULT_SETTINGS, SECTION } from '../../server/src/protocol.ts';

/** The languages whose files can hold policies. */
export const POLICY_LANGUAGES = ['json', 'jsonc', 'yaml', 'cloudformation'] as const;

/** Whether a document looks like it holds an IAM policy. A quick look at its words: the server decides. */
export function isPolicy(document: vscode.TextDocument): boolean {
  if (document.uri.scheme !== 'file' || !isEnabled(document)) return false;
  if (!POLICY_LANGUAGES.some((language) => language === document.languageId)) return false;
  const text = document.getText();
  // YAML quotes no keys, and Serverless has lists of statements under keys of its own.
  if (!document.languageId.startsWith('json')) return text.includes('Effect') && text.includes('Action');
  return text.includes('"Statement"') && text.includes('"Effect"');
}

/** Whether a document is one that the setting `findings` looks for. */
export function isFindings(document: vscode.TextDocument): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!folder || !isEnabled(document)) return false;
  const globs = vscode.workspace
    .getConfiguration(SECTION, document.uri)
    .get<readonly string[]>('findings', DEFAULT_SETTINGS.findings);
  return globs.some(
    (glob) => vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0,
  );
}

function isEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration(SECTION, document.uri).get('enable', DEFAULT_SETTINGS.enable);
}
