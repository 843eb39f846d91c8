import picomatch from 'picomatch';
import { mapLimited } from '../mapLimited.ts';
import type { FileAccess, Runtime } from '../runtime.ts';
import { POLICY_GLOBS } from '../service/policy/syntaxes.ts';
import { EVIDENCE_GLOBS } from '../service/whose/evidence/files.ts';
import type { FileFacts } from '../service/whose/facts.ts';
import { isGenerated } from '../service/whose/generated.ts';
import { IgnoredFiles } from '../service/whose/ignoredFiles.ts';
import { Repository } from '../service/whose/repository.ts';
import { factsOf } from './factsOf.ts';
import { FileCache, type OpenDocuments } from './fileCache.ts';
import { RootFinder } from './findRoot.ts';

/** So many files are read at a time. */
const MAX_OPEN = 8;

/** More files, or bytes, than these are not looked at: then nothing is certain. */
const MAX_FILES = 20_000;
const MAX_TOTAL_BYTES = 500_000_000;

/** What settings say of a repository. Globs lead on from `base`, an absolute path. */
export interface RepositorySettings {
  readonly base: string;
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

/** How paths and URIs lead to each other. */
export interface Spelling {
  pathOf(uri: string): string;
  /** A URI in one spelling, to compare it. */
  keyOf(uri: string): string;
}

/** What is known of a repository: its files and what they say. */
interface KnownRoot {
  readonly uri: string;
  readonly isShallow: boolean;
  files: Promise<Map<string, FileFacts>> | undefined;
  partial?: string;
  /** Repositories made of these facts, by the settings that they were made with. */
  readonly made: Map<string, Repository>;
  /** Files on disk that changed since the facts were read. */
  readonly dirty: Set<string>;
  /** The open documents that the facts are of. */
  readonly open: Map<string, unknown>;
}

/**
 * The repositories around folders: what all their files say together. A file is read once, and again when it changes; a repository is the same
 * object as long as what its files say is the same, so that a keystroke that changes no more than actions costs nothing here.
 */
export class RepositoryFiles {
  readonly #files: FileAccess;
  readonly #documents: OpenDocuments | undefined;
  readonly #spelling: Spelling;
  readonly #roots: RootFinder;
  readonly #facts: FileCache<FileFacts>;
  readonly #known = new Map<string, KnownRoot>();

  constructor(
    { files, ...readers }: Pick<Runtime, 'files' | 'syntaxes' | 'loadEvidence'>,
    spelling: Spelling,
    documents?: OpenDocuments,
  ) {
    this.#files = files;
    this.#documents = documents;
    this.#spelling = spelling;
    this.#roots = new RootFinder(files);
    this.#facts = new FileCache(files, spelling.pathOf, (path, text) => factsOf(path, text, readers));
  }

  /** The root of the repository around a folder, by their URIs; without any, the folder itself. */
  rootOf(folder: string): Promise<string> {
    return this.#roots.of(this.#spelling.keyOf(folder).replace(/\/$/, ''));
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
    const known = roots.map((root) => this.#rootOf(root, settings.isShallow === true));
    const facts = await Promise.all(known.map((root) => this.#read(root)));
    const [first] = known;
    if (!first) throw new Error('a repository has a root');
    const key = JSON.stringify([roots, settings, typed, extra.map(({ uri }) => uri)]);
    // Of several folders none knows of changes in the others.
    const kept = known.length === 1 ? first.made.get(key) : undefined;
    if (kept) return kept;
    const repository = this.#make(known, facts, settings, extra, typed);
    first.made.set(key, repository);
    return repository;
  }

  /** The facts of a file by its text, for one that is no file of a repository. */
  get facts(): FileCache<FileFacts> {
    return this.#facts;
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, isAddedOrDeleted: boolean): void {
    const key = this.#spelling.keyOf(uri);
    this.#facts.changed(key);
    if (isAddedOrDeleted && key.endsWith('/.git')) this.clear();
    for (const known of this.#known.values()) {
      if (key !== known.uri && !key.startsWith(`${known.uri}/`)) continue;
      if (isAddedOrDeleted || isRuleOfGit(key)) forget(known);
      else known.dirty.add(key);
    }
  }

  /** Looks at the disk for changes that nobody told of; gives whether there were any. */
  async look(): Promise<boolean> {
    const changed = await this.#facts.look();
    for (const uri of changed) for (const known of this.#known.values()) known.dirty.add(uri);
    const lists = [...this.#known.values()].map(async (known) => {
      if (!known.files) return false;
      const [before, now] = await Promise.all([known.files, this.#list(known)]);
      const own = [...before.keys()].filter((uri) => !known.open.has(uri));
      const isSame =
        now.length >= own.length && own.every((uri) => now.includes(uri)) && now.every((uri) => before.has(uri));
      if (!isSame) forget(known);
      return !isSame;
    });
    return (await Promise.all(lists)).includes(true) || changed.length > 0;
  }

  clear(): void {
    this.#facts.clear();
    this.#roots.clear();
    this.#known.clear();
  }

  #rootOf(root: string, isShallow: boolean): KnownRoot {
    const key = `${isShallow} ${root}`;
    let known = this.#known.get(key);
    if (!known) {
      known = { uri: root, isShallow, files: undefined, made: new Map(), dirty: new Set(), open: new Map() };
      this.#known.set(key, known);
    }
    return known;
  }

  /** What the files say as they are now. */
  async #read(known: KnownRoot): Promise<ReadonlyMap<string, FileFacts>> {
    known.files ??= this.#readAll(known);
    const facts = await known.files;
    const dirty = [...known.dirty];
    known.dirty.clear();
    const open = (this.#documents?.all() ?? []).map(
      (document) => [this.#spelling.keyOf(document.uri), document] as const,
    );
    const inside = open.filter(([uri]) => isBelow(uri, known) && mayTell(uri));
    const isOpen = new Set(inside.map(([uri]) => uri));
    const fresh = [
      ...inside.map(async ([uri, document]) => [uri, await this.#facts.ofDocument(document)] as const),
      // What was closed is as it is on disk.
      ...[...dirty, ...[...known.open.keys()].filter((uri) => !isOpen.has(uri))]
        .filter((uri) => !isOpen.has(uri) && mayTell(uri))
        .map(async (uri) => [uri, await this.#facts.onDisk(uri)] as const),
    ];
    known.open.clear();
    for (const [uri, document] of inside) known.open.set(uri, document);
    for (const [uri, now] of await Promise.all(fresh)) {
      const before = facts.get(uri);
      if (before === now) continue;
      const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(now);
      facts.set(uri, now);
      if (!isSame) known.made.clear();
    }
    return facts;
  }

  async #readAll(known: KnownRoot): Promise<Map<string, FileFacts>> {
    known.made.clear();
    known.dirty.clear();
    const all = await this.#list(known);
    const uris = all.slice(0, MAX_FILES);
    if (all.length > MAX_FILES)
      known.partial = `the repository has more than ${MAX_FILES} files that may tell whose policies are, and not all were read`;
    else delete known.partial;
    let bytes = 0;
    const facts = new Map<string, FileFacts>();
    for (const uri of uris) facts.set(uri, NOTHING);
    await mapLimited(uris, MAX_OPEN, async (uri) => {
      bytes += await this.#files.stat(uri).then(
        ({ size }) => size,
        () => 0,
      );
      if (bytes > MAX_TOTAL_BYTES)
        known.partial =
          'the repository has more than 500 MB of files that may tell whose policies are, and not all were read';
      else facts.set(uri, await this.#facts.onDisk(uri));
    });
    return facts;
  }

  /** The files that may tell something, but for those that git ignores: of these, what tools made is read for what it tells. */
  async #list({ uri: root, isShallow }: KnownRoot): Promise<readonly string[]> {
    const found = await this.#files
      .findAll(root, isShallow ? GLOBS.map((glob) => glob.replace('**/', '')) : GLOBS)
      .catch(() => []);
    const { pathOf, keyOf } = this.#spelling;
    const rules = await mapLimited(
      found.filter(isRuleOfGit),
      MAX_OPEN,
      async (uri) => [pathOf(uri), await this.#files.readText(uri).catch(() => '')] as const,
    );
    const path = pathOf(root);
    const ignored = new IgnoredFiles(rules, path);
    return found
      .map(keyOf)
      .filter((uri) => mayTell(uri) && (!ignored.has(pathOf(uri)) || isGenerated(pathOf(uri), path)));
  }

  #make(
    known: readonly KnownRoot[],
    facts: readonly ReadonlyMap<string, FileFacts>[],
    { base, exclude, accounts }: RepositorySettings,
    extra: readonly ExtraFile[],
    typed: string | undefined,
  ): Repository {
    const { pathOf } = this.#spelling;
    const isExcluded = excludes(base, exclude);
    const files = new Map(facts.flatMap((all) => [...all].map(([uri, own]) => [pathOf(uri), own] as const)));
    for (const { uri, facts: own } of extra) files.set(pathOf(uri), own);
    const byGlob = Object.entries(accounts).map(([glob, account]) => [matcherOf(glob), account] as const);
    const partial = known.find((root) => root.partial !== undefined)?.partial;
    return new Repository(
      [...files].filter(([path]) => !isExcluded(path)),
      {
        root: commonFolder(known.map(({ uri }) => pathOf(uri))),
        accountOf: (path) => byGlob.find(([matches]) => matches(inside(base, path)))?.[1],
        ...(typed !== undefined && { typed }),
        ...(partial !== undefined && { partial }),
      },
    );
  }
}

/** Whether globs that lead on from a folder take a path out of a repository. */
export function excludes(base: string, globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map(matcherOf);
  return (path) => matchers.some((matches) => matches(inside(base, path)));
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

/** The files that may tell whose policies are. */
const GLOBS = [...POLICY_GLOBS, ...EVIDENCE_GLOBS, '**/.gitignore'];

const NOTHING: FileFacts = {
  scope: 'file',
  policies: [],
  holders: [],
  edges: [],
  managedNames: [],
  namedUses: [],
  awsManaged: [],
  values: [],
  calls: [],
  includes: [],
  deployments: [],
  inventory: [],
  unread: 'it was not read',
};

/** Whether a file is one of those that are looked at. */
function isBelow(uri: string, { uri: root, isShallow }: KnownRoot): boolean {
  return uri.startsWith(`${root}/`) && !(isShallow && uri.slice(root.length + 1).includes('/'));
}

function forget(known: KnownRoot): void {
  known.files = undefined;
  known.made.clear();
}

function isRuleOfGit(uri: string): boolean {
  return uri.endsWith('/.gitignore');
}

function mayTell(uri: string): boolean {
  return !isRuleOfGit(uri);
}

/** A path as globs of settings see it. */
function inside(base: string, path: string): string {
  const folder = `${base.replace(/\/$/, '')}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

function matcherOf(glob: string): (path: string) => boolean {
  try {
    return picomatch(glob.replace(/^\.?\//, ''), { dot: true, nocase: true, basename: !glob.includes('/') });
  } catch {
    return () => false;
  }
}
