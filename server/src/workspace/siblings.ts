import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAccess, Runtime } from '../runtime.ts';
import type { PolicySyntax, SiblingFacts, SiblingSyntax } from '../service/policy/model.ts';
import type { Syntaxes } from '../service/policy/syntaxes.ts';
import { getOrSet } from './getOrSet.ts';
import { keyOf, pathOf } from './paths.ts';
import type { OpenDocuments } from './policyFiles.ts';

/** What a file says, and of which text: a version of an open document, or the file on disk. */
interface KnownFacts {
  readonly document: TextDocument | undefined;
  readonly version: number | undefined;
  readonly facts: Promise<SiblingFacts>;
}

/** What the files beside a policy file say of it: as they stand in the editor where they are open, else as they are on disk. */
export class Siblings {
  readonly #files: FileAccess;
  readonly #documents: OpenDocuments;
  readonly #syntaxes: Syntaxes;
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  readonly #known = new Map<string, KnownFacts>();

  constructor({ files, syntaxes }: Pick<Runtime, 'files' | 'syntaxes'>, documents: OpenDocuments) {
    this.#files = files;
    this.#documents = documents;
    this.#syntaxes = syntaxes;
  }

  /** The facts of the other files in the folder of a file: the same objects as long as those files are the same. */
  async of(uri: string, { siblings: syntax }: PolicySyntax): Promise<readonly SiblingFacts[]> {
    if (!syntax) return [];
    const own = keyOf(uri);
    const others = (await this.#list(own, syntax)).filter((other) => other !== own);
    return Promise.all(others.map((other) => this.#read(other, syntax)));
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, addedOrDeleted: boolean): void {
    const key = keyOf(uri);
    for (const known of this.#known.keys()) if (known === key || known.startsWith(`${key}/`)) this.#known.delete(known);
    if (addedOrDeleted) this.#lists.clear();
  }

  clear(): void {
    this.#lists.clear();
    this.#known.clear();
  }

  /** The files of a file's folder that have a say. None where the folder cannot be read, such as that of a file never saved. */
  #list(own: string, { extensions }: SiblingSyntax): Promise<readonly string[]> {
    const folder = own.slice(0, own.lastIndexOf('/'));
    return getOrSet(this.#lists, folder, async () => {
      const globs = extensions.map((extension) => `*.${extension}`);
      const found = await this.#files.find(folder, globs).catch(() => []);
      // Terraform leaves alone what begins with a dot, such as the locks of editors, which are links that lead nowhere.
      return found.map(keyOf).filter((key) => !key.slice(folder.length).startsWith('/.'));
    });
  }

  #read(key: string, syntax: SiblingSyntax): KnownFacts['facts'] {
    const document = this.#documents.all().find(({ uri }) => keyOf(uri) === key);
    const known = this.#known.get(key);
    if (known && known.document === document && known.version === document?.version) return known.facts;
    const facts = this.#factsOf(key, document, syntax);
    this.#known.set(key, { document, version: document?.version, facts });
    return facts;
  }

  /** In its own syntax, whatever that of the file beside it is. What a file says that cannot be read, nobody knows. */
  async #factsOf(
    key: string,
    document: TextDocument | undefined,
    { read, unread }: SiblingSyntax,
  ): Promise<SiblingFacts> {
    const text = await this.#textOf(key, document);
    if (text === undefined) return (await this.#isFolder(key)) ? read('') : unread;
    const syntax = await this.#syntaxes.ofFile(pathOf(key), text);
    return syntax?.siblings?.read(text) ?? unread;
  }

  async #isFolder(key: string): Promise<boolean> {
    return this.#files.stat(key).then(
      ({ isFolder }) => isFolder,
      () => false,
    );
  }

  async #textOf(key: string, document: TextDocument | undefined): Promise<string | undefined> {
    return document ? document.getText() : this.#files.readText(key).catch(() => undefined);
  }
}

/** Whether two lists are of the same objects. */
export function areSame(one: readonly SiblingFacts[], other: readonly SiblingFacts[]): boolean {
  return one.length === other.length && one.every((facts, index) => facts === other[index]);
}
