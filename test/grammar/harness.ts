import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createRegistryFromGrammars } from 'vscode-tmgrammar-test/dist/common/index.js';

/** The grammars as package.json contributes them. */
export const contributions: readonly Contribution[] = [
  contribution('iam-policy.injection', 'source.json'),
  contribution('iam-policy.action.injection', 'source.json'),
  contribution('iam-policy.pattern.injection', 'source.json'),
  contribution('iam-policy.elements.json.injection', 'source.json'),
  contribution('iam-policy.elements.jsonc.injection', 'source.json.comments'),
  contribution('iam-policy.action.hcl.injection', 'source.hcl'),
  contribution('iam-policy.elements.hcl.injection', 'source.hcl'),
  contribution('iam-policy.elements.terraform.injection', 'source.hcl.terraform'),
];

export interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo: string[];
}

/** The root scopes of VS Code's languages `json` and `jsonc`. */
export const baseScopes = ['source.json', 'source.json.comments'] as const;

/** The root scopes that the extensions for HCL and Terraform give. */
export const hclScopes = ['source.hcl', 'source.hcl.terraform'] as const;

export type BaseScope = (typeof baseScopes | typeof hclScopes)[number];

/** The base grammars with ours injected the way VS Code injects them. */
export const registry = createRegistryFromGrammars([...baseGrammars(), ...contributions.map(readContribution)]);

/** The base grammars alone: VS Code's for JSON, and those for HCL and Terraform. */
export const plainRegistry = createRegistryFromGrammars(baseGrammars());

type Registry = typeof registry;

export interface Token {
  readonly line: number;
  readonly start: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The tokens of a whole document, line by line as an editor asks for them. */
export async function tokenize(text: string, base: BaseScope, from: Registry = registry): Promise<Token[]> {
  const grammar = await from.loadGrammar(base);
  if (!grammar) {
    throw new Error(`no grammar for ${base}`);
  }
  const result: Token[] = [];
  let stack = null;
  for (const [line, content] of text.split('\n').entries()) {
    const { tokens, ruleStack } = grammar.tokenizeLine(content, stack, 0);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      result.push({ line, start: startIndex, text: content.slice(startIndex, endIndex), scopes });
    }
  }
  return result;
}

/** Whether the scope is one of ours. */
export function isOurs(scope: string): boolean {
  return scope.endsWith('.iam-policy');
}

/**
 * What our grammars colour, one `[kind text]` per token: `[service s3][separator :][action Get][wildcard *]`.
 * The kind is the last part of the innermost scope; scopes which only mark a region count for nothing.
 */
export async function coloured(text: string, base: BaseScope): Promise<string> {
  const tokens = await tokenize(text, base);
  return tokens
    .map((token) => ({ text: token.text, scope: token.scopes.at(-1) ?? '' }))
    .filter(({ scope }) => isOurs(scope) && !scope.startsWith('meta.'))
    .map(({ text, scope }) => `[${kind(scope)} ${text}]`)
    .join('');
}

/** The text of a file, by its path from the root of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

function kind(scope: string): string {
  const parts = scope.split('.');
  if (parts[0] === 'punctuation') {
    return parts[1] === 'section' ? 'bracket' : 'separator';
  }
  return parts.at(-2) ?? '';
}

function contribution(name: string, injectTo: BaseScope): Contribution {
  return { scopeName: name, path: `./syntaxes/${name}.tmLanguage.json`, injectTo: [injectTo] };
}

function readContribution(grammar: Contribution) {
  return { grammar: { ...grammar }, content: readRepositoryFile(grammar.path) };
}

function baseGrammars() {
  const require = createRequire(import.meta.url);
  return ['json', 'jsonc', 'hcl', 'terraform'].map((name) => {
    const path = require.resolve(`tm-grammars/grammars/${name}.json`);
    const content = readFileSync(path, 'utf8');
    return { grammar: { path, scopeName: JSON.parse(content).scopeName }, content };
  });
}
