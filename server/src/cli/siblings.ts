import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { syntaxes } from '../node/syntaxes.ts';
import type { PolicySyntax, SiblingFacts } from '../service/policy/model.ts';
import type { Input } from './inputs.ts';
import { decodePolicy } from './policyText.ts';

/** What the files beside a policy file say of it. Each file is read once, whether or not it is one of those to work on. */
export class Siblings {
  readonly #lists = new Map<string, readonly string[]>();
  readonly #facts = new Map<string, Promise<SiblingFacts | undefined>>();

  async of({ file, path: own }: Input, { siblings: syntax }: PolicySyntax): Promise<readonly SiblingFacts[]> {
    if (!syntax || file === '-') return [];
    const folder = path.dirname(own);
    const others = this.#list(folder).filter((name) =>
      syntax.extensions.some((extension) => name.endsWith(`.${extension}`)),
    );
    const paths = others.map((name) => path.posix.join(folder, name)).filter((other) => other !== own);
    const facts = await Promise.all(paths.map((other) => this.#read(other)));
    return facts.filter((known) => known !== undefined);
  }

  #list(folder: string): readonly string[] {
    const known = this.#lists.get(folder);
    if (known) return known;
    const files = readdirSync(folder, { withFileTypes: true }).filter(
      (child) => child.isFile() || child.isSymbolicLink(),
    );
    const names = files.map(({ name }) => name).sort();
    this.#lists.set(folder, names);
    return names;
  }

  #read(file: string): Promise<SiblingFacts | undefined> {
    const known = this.#facts.get(file) ?? factsOf(file);
    this.#facts.set(file, known);
    return known;
  }
}

/** `undefined` for a file that cannot be read: what it says, nobody knows. */
async function factsOf(file: string): Promise<SiblingFacts | undefined> {
  const text = textOf(file);
  const syntax = text === undefined ? undefined : await syntaxes.ofFile(file, text);
  return text === undefined ? undefined : syntax?.siblings?.read(text);
}

function textOf(file: string): string | undefined {
  try {
    return decodePolicy(readFileSync(file)).text;
  } catch {
    return undefined;
  }
}
