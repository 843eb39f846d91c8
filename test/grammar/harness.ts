import assert from 'node:assert/strict';
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
  contribution('iam-policy.action.yaml.injection', 'source.yaml'),
  contribution('iam-policy.elements.yaml.injection', 'source.yaml'),
  contribution('iam-policy.elements.yaml-flow.injection', 'source.yaml'),
  contribution('iam-policy.elements.yaml-fence.injection'),
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

export type BaseScope = (typeof baseScopes | typeof hclScopes)[number] | 'source.yaml' | 'text.html.markdown';

/** The base grammars with ours injected the way VS Code injects them. */
export const registry = createRegistryFromGrammars([...baseGrammars(), ...contributions.map(readContribution)]);

/** The base grammars alone: VS Code's for JSON, YAML and Markdown, and those for HCL and Terraform. */
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

/** Fails where a character has other scopes than without our grammars, ours left out. */
export async function assertBaseScopesStay(text: string, base: BaseScope): Promise<void> {
  const plain = (await tokenize(text, base, plainRegistry)).flatMap(scopesOfCharacters);
  const injected = (await tokenize(text, base)).flatMap(scopesOfCharacters);
  const index = plain.findIndex((scopes, at) => scopes !== injected[at]);
  assert.equal(injected[index], plain[index], text);
  assert.equal(injected.length, plain.length);
}

/** Tokens are cut differently, so the scopes are told a character. */
function scopesOfCharacters({ line, text, scopes }: Token): string[] {
  const others = scopes.filter((scope) => !isOurs(scope)).join(' ');
  return Array.from(text, (character) => `${line} ${character} ${others}`);
}

/** Whether the scope is one of ours. */
function isOurs(scope: string): boolean {
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

/** Whatever is coloured in a language of its own is coloured in Markdown's fenced blocks as well. */
function contribution(name: string, ...injectTo: BaseScope[]): Contribution {
  return { scopeName: name, path: `./syntaxes/${name}.tmLanguage.json`, injectTo: [...injectTo, 'text.html.markdown'] };
}

function readContribution(grammar: Contribution) {
  return { grammar: { ...grammar }, content: readRepositoryFile(grammar.path) };
}

function baseGrammars() {
  const require = createRequire(import.meta.url);
  const files = [
    ...['json', 'jsonc', 'hcl', 'terraform', 'markdown'].map((name) =>
      readFileSync(require.resolve(`tm-grammars/grammars/${name}.json`), 'utf8'),
    ),
    ...['yaml', 'yaml-1.2', 'yaml-embedded'].map((name) =>
      readRepositoryFile(`test/grammar/base/${name}.tmLanguage.json`),
    ),
  ];
  const grammars = files.map((content) => ({ grammar: { scopeName: JSON.parse(content).scopeName }, content }));
  const known = new Set(grammars.map(({ grammar }) => grammar.scopeName));
  const others = new Set(
    files.flatMap((content) => content.match(/(?<="include": ?")(?:source|text)\.[\w.+-]+/g) ?? []),
  );
  return [
    ...grammars,
    fence('hcl', 'source.hcl'),
    fence('terraform', 'source.hcl.terraform'),
    // What Markdown may hold besides, and other versions of YAML, are here without rules.
    ...[...others]
      .filter((scopeName) => !known.has(scopeName))
      .map((scopeName) => ({ grammar: { scopeName }, content: JSON.stringify({ scopeName, patterns: [] }) })),
  ].map(({ grammar, content }) => ({ grammar: { path: 'grammar.json', ...grammar }, content }));
}

/** Markdown's fenced blocks of a language that VS Code does not bring, as extensions for such a language add them. */
function fence(language: string, scopeName: string) {
  const content = JSON.stringify({
    scopeName: `markdown.${language}.codeblock`,
    injectionSelector: 'L:text.html.markdown',
    patterns: [
      {
        name: 'markup.fenced_code.block.markdown',
        begin: `(^|\\G)(\\s*)(\`{3,})\\s*${language}$`,
        end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
        patterns: [
          {
            begin: '(^|\\G)(\\s*)(.*)',
            while: '(^|\\G)(?!\\s*`{3,}\\s*$)',
            contentName: `meta.embedded.block.${language}`,
            patterns: [{ include: scopeName }],
          },
        ],
      },
    ],
  });
  return { grammar: { scopeName: `markdown.${language}.codeblock`, injectTo: ['text.html.markdown'] }, content };
}
