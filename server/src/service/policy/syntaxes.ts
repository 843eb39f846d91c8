import { json } from './json/index.ts';
import type { PolicySyntax } from './model.ts';

/** The syntaxes of the languages whose files can hold policies, by LSP's language id. */
export const SYNTAX_BY_LANGUAGE: ReadonlyMap<string, PolicySyntax> = new Map([
  ['json', json],
  ['jsonc', json],
]);

const SYNTAX_BY_EXTENSION: ReadonlyMap<string, PolicySyntax> = new Map([
  ['json', json],
  ['jsonc', json],
  ['template', json],
]);

/** The globs of all files that can hold policies. */
export const POLICY_GLOBS: readonly string[] = [...SYNTAX_BY_EXTENSION.keys()].map((extension) => `**/*.${extension}`);

/** The syntax of a file that no editor has open, by its name; `undefined` when none of that name holds policies. */
export function syntaxOfFile(path: string): PolicySyntax | undefined {
  const [, extension = ''] = /\.([^./]+)$/.exec(path) ?? [];
  return SYNTAX_BY_EXTENSION.get(extension.toLowerCase());
}
