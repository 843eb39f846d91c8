import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAccess, Runtime } from '../runtime.ts';
import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import type { PolicyDocument, PolicySyntax, SiblingFacts } from '../service/policy/model.ts';
import { POLICY_GLOBS, type Syntaxes } from '../service/policy/syntaxes.ts';
import { getOrSet } from './getOrSet.ts';
import type { NamesakeFinder } from './namesakes.ts';
import { keyOf, pathOf } from './paths.ts';
import { areSame, type Siblings } from './siblings.ts';
import type { FileContext, Workspace } from './workspace.ts';

/** Larger files hold no policies that anyone could attach, but data. In bytes. */
export const MAX_BYTES = 20_000_000;

/** The documents that are open in the editor. */
export interface OpenDocuments {
  all(): readonly TextDocument[];
  get(uri: string): TextDocument | undefined;
}

/** A policy, and whose findings apply to it. */
export type MatchedPolicy = Pick<PolicyAnalysis, 'document' | 'match'>;

/** The policies of a file, and what its siblings said of them. */
interface KnownPolicies {
  /** `undefined` for a file that was not read. */
  readonly syntax: PolicySyntax | undefined;
  readonly siblings: readonly SiblingFacts[];
  readonly policies: readonly PolicyDocument[];
}

/** The policy files of the workspace's folders: as they stand in the editor where they are open, else as they are on disk. */
export class PolicyFiles {
  readonly #files: FileAccess;
  readonly #syntaxes: Syntaxes;
  readonly #documents: OpenDocuments;
  readonly #workspace: Workspace;
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  /** The policies of files that are not open. */
  readonly #policies = new Map<string, Promise<KnownPolicies>>();
  readonly #siblings: Siblings;
  readonly #namesakes: NamesakeFinder;

  constructor(
    { files, syntaxes }: Runtime,
    documents: OpenDocuments,
    workspace: Workspace,
    siblings: Siblings,
    namesakes: NamesakeFinder,
  ) {
    this.#files = files;
    this.#syntaxes = syntaxes;
    this.#documents = documents;
    this.#workspace = workspace;
    this.#siblings = siblings;
    this.#namesakes = namesakes;
  }

  /** The URIs of a folder's files that may hold policies, in the order of their names, but for those of a workspace folder inside it. */
  list(folder: string): Promise<readonly string[]> {
    return getOrSet(this.#lists, folder, async () => {
      const found = await this.#files.find(folder, POLICY_GLOBS);
      return found.filter((uri) => this.#workspace.folderOf(uri) === folder);
    });
  }

  /** Whether a text is, of a file that is open, the one in the editor. Of others nobody knows without reading them again. */
  isCurrent({ uri, text }: { readonly uri: string; readonly text: string }): boolean {
    return (this.#openDocument(uri)?.getText() ?? text) === text;
  }

  /** All that is known of a file; `undefined` for one that holds no policies by its size or language. Rejects, with a readable reason, when it cannot be read. */
  async analyze(uri: string, { analyzer, place, options }: FileContext): Promise<FileAnalysis | undefined> {
    const document = this.#openDocument(uri);
    if (document) return (await this.#workspace.analyze(document))?.analysis;
    const text = await this.#readText(uri);
    const syntax = text === undefined ? undefined : await this.#syntaxes.ofFile(pathOf(uri), text);
    if (!syntax || text === undefined) return undefined;
    return analyzer.analyze(text, syntax, place, options, await this.#siblings.of(uri, syntax));
  }

  /** The policies of a file, and whose they are. None when it cannot be read. */
  async match(uri: string, { analyzer, place, options }: FileContext): Promise<readonly MatchedPolicy[]> {
    const document = this.#openDocument(uri);
    if (document) return (await this.#workspace.analyze(document))?.analysis.policies ?? [];
    const policies = await this.#policiesOf(uri);
    if (policies.length === 0) return [];
    return policies.map((policy) => ({ document: policy, match: analyzer.match(policy, place, options) }));
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, addedOrDeleted: boolean): void {
    const key = keyOf(uri);
    for (const known of this.#policies.keys())
      if (known === key || known.startsWith(`${key}/`)) this.#policies.delete(known);
    if (addedOrDeleted) this.#lists.clear();
    this.#siblings.changed(uri, addedOrDeleted);
    this.#namesakes.changed(uri, addedOrDeleted);
  }

  clear(): void {
    this.#lists.clear();
    this.#policies.clear();
    this.#siblings.clear();
    this.#namesakes.clear();
  }

  #openDocument(uri: string): TextDocument | undefined {
    const key = keyOf(uri);
    return this.#documents.all().find((document) => keyOf(document.uri) === key);
  }

  async #policiesOf(uri: string): Promise<readonly PolicyDocument[]> {
    const key = keyOf(uri);
    const known = await this.#policies.get(key);
    if (known && (!known.syntax || areSame(known.siblings, await this.#siblings.of(uri, known.syntax))))
      return known.policies;
    const read = this.#readPolicies(uri);
    this.#policies.set(key, read);
    return (await read).policies;
  }

  async #readPolicies(uri: string): Promise<KnownPolicies> {
    const text = await this.#readText(uri).catch(() => undefined);
    const syntax = text === undefined ? undefined : await this.#syntaxes.ofFile(pathOf(uri), text);
    if (!syntax || text === undefined) return { syntax: undefined, siblings: [], policies: [] };
    const siblings = await this.#siblings.of(uri, syntax);
    return { syntax, siblings, policies: syntax.read(text, siblings).documents };
  }

  /** `undefined` for what is no file that could hold policies, be it a folder called `x.json`. */
  async #readText(uri: string): Promise<string | undefined> {
    const { size, isFolder } = await this.#files.stat(uri);
    return isFolder || size > MAX_BYTES ? undefined : this.#files.readText(uri);
  }
}
