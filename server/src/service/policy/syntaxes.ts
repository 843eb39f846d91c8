import { json } from './json/index.ts';
import type { PolicySyntax } from './model.ts';

/** How policies can be written. */
export type SyntaxName = 'json' | 'yaml' | 'hcl';

/** The syntaxes of the languages whose files can hold policies, by LSP's language id. */
const BY_LANGUAGE: ReadonlyMap<string, SyntaxName> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['terraform', 'hcl'],
  ['opentofu', 'hcl'],
  ['hcl', 'hcl'],
]);

/** By the extension of a file's name, for files that no editor has open. */
const BY_EXTENSION: ReadonlyMap<string, SyntaxName> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['template', 'json'],
  ['tf', 'hcl'],
  ['tofu', 'hcl'],
]);

/** Globs of all files that can hold policies. */
export const POLICY_GLOBS: readonly string[] = [...BY_EXTENSION.keys()].map((extension) => `**/*.${extension}`);

/** Whether a file of this name can hold policies. */
export function isPolicyFile(path: string): boolean {
  return BY_EXTENSION.has(extensionOf(path));
}

/** Gives the syntaxes that are no part of every start, each when a file first needs it. */
export type SyntaxLoaders = ReadonlyMap<SyntaxName, () => Promise<PolicySyntax>>;

/** The syntaxes of policy files. */
export class Syntaxes {
  readonly #loaders: SyntaxLoaders;
  readonly #loaded = new Map<SyntaxName, Promise<PolicySyntax>>([['json', Promise.resolve(json)]]);

  constructor(loaders: SyntaxLoaders) {
    this.#loaders = loaders;
  }

  /** The syntax of a language, given by LSP's id; `undefined` for one whose files hold no policies. Rejects when it cannot be loaded. */
  ofLanguage(id: string): Promise<PolicySyntax> | undefined {
    return this.#load(BY_LANGUAGE.get(id));
  }

  /** The syntax of a file by its name; `undefined` when none of that name holds policies. Rejects when it cannot be loaded. */
  ofFile(path: string): Promise<PolicySyntax> | undefined {
    return this.#load(BY_EXTENSION.get(extensionOf(path)));
  }

  #load(name: SyntaxName | undefined): Promise<PolicySyntax> | undefined {
    if (name === undefined) return undefined;
    const known = this.#loaded.get(name);
    if (known) return known;
    const loaded = this.#loaders.get(name)?.();
    if (loaded) this.#loaded.set(name, loaded);
    return loaded;
  }
}

function extensionOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
