import type { TextDocument } from 'vscode-languageserver-textdocument';
import { FileCache, MAX_BYTES, type OpenDocuments } from '../repository/fileCache.ts';
import type { FileAccess, Runtime } from '../runtime.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import type { PolicyDocument } from '../service/policy/model.ts';
import { POLICY_GLOBS, type Syntaxes } from '../service/policy/syntaxes.ts';
import { type GrantingPolicy, grantingPolicies, grantingPolicy } from '../service/reverse/grantingPolicy.ts';
import { isGenerated } from '../service/whose/generated.ts';
import { getOrSet } from './getOrSet.ts';
import { keyOf, pathOf } from './paths.ts';
import type { FileContext, Workspace } from './workspace.ts';

/** The policy files of the workspace's folders: as they stand in the editor where they are open, else as they are on disk. */
export class PolicyFiles {
  readonly #files: FileAccess;
  readonly #syntaxes: Syntaxes;
  readonly #documents: OpenDocuments;
  readonly #workspace: Workspace;
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  /** The policies of files that are not open. */
  readonly #policies: FileCache<readonly PolicyDocument[]>;

  constructor({ files, syntaxes }: Runtime, documents: OpenDocuments, workspace: Workspace) {
    this.#files = files;
    this.#syntaxes = syntaxes;
    this.#documents = documents;
    this.#workspace = workspace;
    this.#policies = new FileCache(files, pathOf, async (path, text) => {
      const syntax = text === undefined ? undefined : await syntaxes.ofFile(path, text);
      return text === undefined ? [] : (syntax?.read(text).documents ?? []);
    });
  }

  /** The URIs of a folder's files that may hold policies, in the order of their names, but for those of a workspace folder inside it. */
  list(folder: string): Promise<readonly string[]> {
    return getOrSet(this.#lists, folder, async () => {
      const found = await this.#files.find(folder, POLICY_GLOBS);
      const root = pathOf(folder);
      return found.filter((uri) => this.#workspace.folderOf(uri) === folder && !isGenerated(pathOf(uri), root));
    });
  }

  /** Whether a text is, of a file that is open, the one in the editor. Of others nobody knows without reading them again. */
  isCurrent({ uri, text }: { readonly uri: string; readonly text: string }): boolean {
    return (this.#openDocument(uri)?.getText() ?? text) === text;
  }

  /** All that is known of a file; `undefined` for one that holds no policies by its size or language. Rejects, with a readable reason, when it cannot be read. */
  async analyze(uri: string, { analyzer, place, answers }: FileContext): Promise<FileAnalysis | undefined> {
    const document = this.#openDocument(uri);
    const analyzed = document && (await this.#workspace.analyze(document));
    if (document && this.#openDocument(uri) === document) return analyzed?.analysis;
    const text = await this.#readText(uri);
    const syntax = text === undefined ? undefined : await this.#syntaxes.ofFile(pathOf(uri), text);
    if (!syntax || text === undefined) return undefined;
    return analyzer.analyze(text, syntax, syntax.read(text), place, answers);
  }

  /** What the policies of a file grant to those whose they are. None when it cannot be read. */
  async granting(uri: string, { answers }: FileContext): Promise<readonly GrantingPolicy[]> {
    const document = this.#openDocument(uri);
    if (document) return grantingPolicies((await this.#workspace.analyze(document))?.analysis.policies ?? []);
    const documents = await this.#policies.onDisk(keyOf(uri));
    return documents.flatMap((policy) => {
      const answer = answers(policy.pointer);
      return (answer && grantingPolicy(policy, answer)) ?? [];
    });
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, addedOrDeleted: boolean): void {
    this.#policies.changed(keyOf(uri));
    if (addedOrDeleted) this.#lists.clear();
  }

  clear(): void {
    this.#lists.clear();
    this.#policies.clear();
  }

  #openDocument(uri: string): TextDocument | undefined {
    const key = keyOf(uri);
    return this.#documents.all().find((document) => keyOf(document.uri) === key);
  }

  /** `undefined` for what is no file that could hold policies, be it a folder called `x.json`. */
  async #readText(uri: string): Promise<string | undefined> {
    const { size, isFolder } = await this.#files.stat(uri);
    return isFolder || size > MAX_BYTES ? undefined : this.#files.readText(uri);
  }
}
