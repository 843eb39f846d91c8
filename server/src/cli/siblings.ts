import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PolicySyntax, SiblingFacts } from '../service/policy/model.ts';
import type { Input } from './inputs.ts';
import { decodePolicy } from './policyText.ts';

/** What the files beside a policy file say of it. Each file is read once, whether or not it is one of those to work on. */
export class Siblings {
  readonly #lists = new Map<string, readonly string[]>();
  readonly #facts = new Map<string, SiblingFacts | undefined>();

  of({ file, path: own }: Input, { siblings: syntax }: PolicySyntax): readonly SiblingFacts[] {
    if (!syntax || file === '-') return [];
    const folder = path.dirname(own);
    const others = this.#list(folder).filter((name) =>
      syntax.extensions.some((extension) => name.endsWith(`.${extension}`)),
    );
    return others.flatMap((name) => {
      const other = path.posix.join(folder, name);
      return other === own ? [] : (this.#read(other, syntax.read) ?? []);
    });
  }

  #list(folder: string): readonly string[] {
    const known = this.#lists.get(folder);
    if (known) return known;
    const files = readdirSync(folder, { withFileTypes: true }).filter((child) => child.isFile());
    const names = files.map(({ name }) => name).sort();
    this.#lists.set(folder, names);
    return names;
  }

  /** `undefined` for a file that cannot be read: what it says, nobody knows. */
  #read(file: string, read: (text: string) => SiblingFacts): SiblingFacts | undefined {
    if (!this.#facts.has(file)) this.#facts.set(file, factsOf(file, read));
    return this.#facts.get(file);
  }
}

function factsOf(file: string, read: (text: string) => SiblingFacts): SiblingFacts | undefined {
  try {
    return read(decodePolicy(readFileSync(file)).text);
  } catch {
    return undefined;
  }
}
