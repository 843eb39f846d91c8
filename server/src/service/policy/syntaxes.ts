import { json } from './json/index.ts';
import type { PolicySyntax } from './model.ts';
import { isTerraformJson } from './terraform/files.ts';
import { tfjson } from './tfjson/index.ts';

/** How policies can be written. */
export type SyntaxName = 'json' | 'tfjson' | 'yaml' | 'hcl';

/** A template may be written in either; its text tells. */
const EITHER = 'json or yaml';

/** The syntaxes of the languages whose files can hold policies, by LSP's language id. */
const BY_LANGUAGE: ReadonlyMap<string, SyntaxName | typeof EITHER> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['terraform', 'hcl'],
  ['opentofu', 'hcl'],
  ['hcl', 'hcl'],
  ['yaml', 'yaml'],
  ['cloudformation', EITHER],
]);

/** By the extension of a file's name, for files that no editor has open. */
const BY_EXTENSION: ReadonlyMap<string, SyntaxName | typeof EITHER> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['tf', 'hcl'],
  ['tofu', 'hcl'],
  ['template', EITHER],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
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
  readonly #loaded = new Map<SyntaxName, Promise<PolicySyntax>>([
    ['json', Promise.resolve(json)],
    ['tfjson', Promise.resolve(tfjson)],
  ]);

  constructor(loaders: SyntaxLoaders) {
    this.#loaders = loaders;
  }

  /**
   * The syntax of a text by its language, given by LSP's id, and its file's name; `undefined` for a language whose files hold no
   * policies. Rejects when it cannot be loaded.
   */
  ofLanguage(id: string, path: string, text: string): Promise<PolicySyntax> | undefined {
    const name = BY_LANGUAGE.get(id);
    // To editors, Terraform's JSON is JSON.
    return this.#load(name !== undefined && isTerraformJson(path) ? 'tfjson' : name, text);
  }

  /** The syntax of a file by its name and text; `undefined` when none of that name holds policies. Rejects when it cannot be loaded. */
  ofFile(path: string, text: string): Promise<PolicySyntax> | undefined {
    return this.#load(isTerraformJson(path) ? 'tfjson' : BY_EXTENSION.get(extensionOf(path)), text);
  }

  /** The syntax of a text that has no name, such as that of standard input. Rejects when it cannot be loaded. */
  async ofText(text: string): Promise<PolicySyntax> {
    return (await this.#load(EITHER, text)) ?? json;
  }

  #load(given: SyntaxName | typeof EITHER | undefined, text: string): Promise<PolicySyntax> | undefined {
    if (given === undefined) return undefined;
    const name = given === EITHER ? (looksLikeJson(text) ? 'json' : 'yaml') : given;
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

/** Whether a text begins as JSON does, be it with a comment. One without anything is as good as JSON. */
function looksLikeJson(text: string): boolean {
  return /^\s*(?:[{[]|\/[/*]|$)/.test(text);
}
