import * as vscode from 'vscode';
import { CONFIG_NAME, DEFAULT_SETTINGS, SECTION } from '../../server/src/protocol.ts';

/**
 * The languages whose files can hold policies, and words that a file with one cannot do without. Terraform has words of its own,
 * also in JSON; YAML quotes no keys, and Serverless has lists of statements under keys of its own; HCL has blocks, and may have JSON.
 */
const POLICY_WORDS = {
  json: [/"[sS]tatement\\?"/, /"(?:Effect|actions|not_actions)\\?"/],
  jsonc: [/"[sS]tatement\\?"/, /"(?:Effect|actions|not_actions)\\?"/],
  yaml: [/Effect/, /Action/],
  cloudformation: [/Effect/, /Action/],
  terraform: [/[sS]tatement/, /[aA]ction/],
  opentofu: [/[sS]tatement/, /[aA]ction/],
  hcl: [/[sS]tatement/, /[aA]ction/],
} as const satisfies Readonly<Record<string, readonly RegExp[]>>;

/** The languages of `POLICY_WORDS`. */
export const POLICY_LANGUAGES = Object.keys(POLICY_WORDS);

/** Whether a document looks like it holds an IAM policy. A quick look at its words: the server decides. */
export function isPolicy(document: vscode.TextDocument): boolean {
  if (document.uri.scheme !== 'file' || !isEnabled(document)) return false;
  const words: readonly RegExp[] | undefined = Object.entries(POLICY_WORDS).find(
    ([id]) => id === document.languageId,
  )?.[1];
  if (!words) return false;
  const text = document.getText();
  return words.every((word) => word.test(text));
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

/** Whether a document is a configuration file. */
export function isConfig(document: vscode.TextDocument): boolean {
  return document.uri.path.endsWith(`/${CONFIG_NAME}`) && isEnabled(document);
}

function isEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration(SECTION, document.uri).get('enable', DEFAULT_SETTINGS.enable);
}
