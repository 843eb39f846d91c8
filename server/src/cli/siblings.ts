import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { syntaxes } from '../node/syntaxes.ts';
import type { PolicySyntax, SiblingFacts, SiblingSyntax } from '../service/policy/model.ts';
import type { Input } from './inputs.ts';
import { decodePolicy } from './policyText.ts';

/** What the files beside a policy file say of it. Each file is read once, whether or not it is one of those to work on. */
export class Siblings {
  readonly #lists = new Map<string, readonly string[]>();
  readonly #facts = new Map<string, Promise<SiblingFacts>>();

  async of({ file, path: own }: Input, { siblings: syntax }: PolicySyntax): Promise<readonly SiblingFacts[]> {
    if (!syntax || file === '-') return [];
    const folder = path.dirname(own);
    const others = this.#list(folder).filter((name) =>
      syntax.extensions.some((extension) => name.endsWith(`.${extension}`)),
    );
    const paths = others.map((name) => path.posix.join(folder, name)).filter((other) => other !== own);
    return Promise.all(paths.map((other) => this.#read(other, syntax)));
  }

  #list(folder: string): readonly string[] {
    const known = this.#lists.get(folder);
    if (known) return known;
    const children = readdirSync(folder, { withFileTypes: true });
    // Terraform reads what links lead to, too, but nothing whose name begins with a dot, as the locks of editors have.
    const files = children.filter(
      (child) => child.isFile() || (child.isSymbolicLink() && !leadsToFolder(folder, child)),
    );
    const names = files
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.'))
      .sort();
    this.#lists.set(folder, names);
    return names;
  }

  #read(file: string, syntax: SiblingSyntax): Promise<SiblingFacts> {
    const known = this.#facts.get(file) ?? factsOf(file, syntax);
    this.#facts.set(file, known);
    return known;
  }
}

/** In the file's own syntax, whatever that of the one beside it is. What a file says that cannot be read, nobody knows. */
async function factsOf(file: string, { unread }: SiblingSyntax): Promise<SiblingFacts> {
  const text = textOf(file);
  if (text === undefined) return unread;
  const syntax = await syntaxes.ofFile(file, text);
  return syntax?.siblings?.read(text) ?? unread;
}

/** A link that leads nowhere is a file that cannot be read. */
function leadsToFolder(folder: string, { name }: Dirent): boolean {
  return statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function textOf(file: string): string | undefined {
  try {
    // What is no file, such as a pipe, could keep us waiting for ever.
    return statSync(file).isFile() ? decodePolicy(readFileSync(file)).text : undefined;
  } catch {
    return undefined;
  }
}
