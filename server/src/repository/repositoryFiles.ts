import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Runtime } from '../runtime.ts';
import type { FileFacts } from '../service/whose/facts.ts';
import { Repository } from '../service/whose/repository.ts';
import { factsOf, type ReadFile, readOpen } from './factsOf.ts';
import { FileCache, type OpenDocuments } from './fileCache.ts';
import { RootFinder } from './findRoot.ts';
import type { Spelling } from './ownFiles.ts';
import { RootFacts, type RootParts, type Snapshot } from './rootFacts.ts';
import { byGlob, excludes } from './settingGlobs.ts';

/** What settings say of a repository. */
export interface RepositorySettings {
  /** What their globs lead on from, as absolute paths. */
  readonly bases: Readonly<Record<'exclude' | 'accounts', string>>;
  /** Which files are none of the repository. */
  readonly exclude: readonly string[];
  /** Which account the code of which files is deployed to. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Whether nothing below the root's own files is looked at: it may be somebody's home. */
  readonly isShallow?: boolean;
}

/** Files that are looked at beside those that are found: named by the user, or handed in as a text. */
export interface ExtraFile {
  readonly uri: string;
  readonly facts: FileFacts;
}

/**
 * The repositories around folders: what all their files say together. A file is read once, and again when it changes; a repository is the same
 * object as long as what its files say is the same, so that a keystroke that changes no more than actions costs nothing here.
 */
export class RepositoryFiles {
  readonly #spelling: Spelling;
  readonly #roots: RootFinder;
  readonly #cache: FileCache<ReadFile>;
  readonly #rules: FileCache<string>;
  readonly #parts: RootParts;
  readonly #known = new Map<string, RootFacts>();
  #onRoot: (root: string, isShallow: boolean) => void = () => {};

  constructor(
    { files, ...readers }: Pick<Runtime, 'files' | 'syntaxes' | 'loadEvidence'>,
    spelling: Spelling,
    documents?: OpenDocuments,
  ) {
    this.#spelling = spelling;
    this.#roots = new RootFinder(files);
    this.#cache = new FileCache(files, spelling.pathOf, {
      ofDisk: async (path, text) => ({ facts: await factsOf(path, text, readers) }),
      ofDocument: (path, text, languageId) => readOpen(path, text, languageId, readers),
    });
    this.#rules = new FileCache(files, spelling.pathOf, {
      ofDisk: async (_path, text = '') => text,
      // Git does not see what is not saved.
      ofDocument: async () => '',
    });
    const open = () => documents?.all() ?? [];
    this.#parts = { files, spelling, cache: this.#cache, rules: this.#rules, open };
  }

  /** The root of the repository around a folder, by their URIs; without any, the folder itself. */
  rootOf(folder: string): Promise<string> {
    return this.#roots.of(this.#spelling.keyOf(folder).replace(/\/$/, ''));
  }

  /** Calls back with each root whose files are read, once it is known that they are to be, and whether no folder below it is. */
  onRoot(callback: (root: string, isShallow: boolean) => void): void {
    this.#onRoot = callback;
    for (const { uri, isShallow } of this.#known.values()) callback(uri, isShallow);
  }

  /**
   * The repository with this root. Several folders that lie in no repository make one together, whose root is the folder that
   * holds them all.
   * @param extra files beside those that are found
   * @param typed see `RepositoryOptions.typed`
   */
  async of(
    roots: readonly string[],
    settings: RepositorySettings,
    extra: readonly ExtraFile[] = [],
    typed?: string,
  ): Promise<Repository> {
    const known = roots.map((root) => this.#rootAt(root, settings.isShallow === true));
    const snapshots = await Promise.all(known.map((root) => root.now()));
    const [first, ...others] = snapshots;
    if (!first) throw new Error('a repository has a root');
    const make = () => this.#make(roots, snapshots, settings, extra, typed);
    // Of several folders none knows of changes in the others; and who names files asks once.
    if (others.length > 0 || extra.length > 0) return make();
    const key = JSON.stringify([settings, typed]);
    const repository = first.made.get(key) ?? make();
    first.made.set(key, repository);
    return repository;
  }

  /** What was read of an open document: the same object as long as its text is the same. */
  read(document: TextDocument): Promise<ReadFile> {
    return this.#cache.ofDocument(document);
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, isAddedOrDeleted: boolean): void {
    const key = this.#spelling.keyOf(uri);
    this.#cache.changed(key);
    this.#rules.changed(key);
    if (isAddedOrDeleted && key.endsWith('/.git')) this.clear();
    for (const root of this.#known.values()) root.changed(key, isAddedOrDeleted);
  }

  /** Looks at the disk for changes that nobody told of; gives whether there were any. */
  async look(): Promise<boolean> {
    const [changed] = await Promise.all([this.#cache.look(), this.#rules.look()]);
    const roots = [...this.#known.values()];
    for (const root of roots) for (const uri of changed) root.changed(uri, false);
    const news = await Promise.all(roots.map((root) => root.look()));
    return news.includes(true) || changed.length > 0;
  }

  clear(): void {
    this.#cache.clear();
    this.#rules.clear();
    this.#roots.clear();
    for (const root of this.#known.values()) root.forget();
    this.#known.clear();
  }

  #rootAt(uri: string, isShallow: boolean): RootFacts {
    const key = `${isShallow} ${uri}`;
    let known = this.#known.get(key);
    if (!known) {
      known = new RootFacts(uri, isShallow, this.#parts);
      this.#known.set(key, known);
      this.#onRoot(uri, isShallow);
    }
    return known;
  }

  #make(
    roots: readonly string[],
    snapshots: readonly Snapshot[],
    { bases, exclude, accounts }: RepositorySettings,
    extra: readonly ExtraFile[],
    typed: string | undefined,
  ): Repository {
    const { pathOf } = this.#spelling;
    const isExcluded = excludes(bases.exclude, exclude);
    const files = new Map<string, FileFacts>();
    for (const { facts } of snapshots) for (const [uri, own] of facts) files.set(pathOf(uri), own);
    for (const { uri, facts } of extra) files.set(pathOf(uri), facts);
    const partial = snapshots.find((snapshot) => snapshot.partial !== undefined)?.partial;
    return new Repository(
      [...files].filter(([path]) => !isExcluded(path)),
      {
        root: commonFolder(roots.map(pathOf)),
        accountOf: byGlob(bases.accounts, accounts),
        ...(typed !== undefined && { typed }),
        ...(partial !== undefined && { partial }),
      },
    );
  }
}

/** The folder that holds all of some folders. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map((path) => path.split('/'));
  const steps = [...first];
  for (const other of others) {
    const end = steps.findIndex((step, index) => step !== other[index]);
    if (end >= 0) steps.length = end;
  }
  return steps.join('/');
}
