import type { TextDocument } from 'vscode-languageserver-textdocument';
import { mapLimited } from '../mapLimited.ts';
import type { FileAccess } from '../runtime.ts';
import type { FileFacts } from '../service/whose/facts.ts';
import type { Repository } from '../service/whose/repository.ts';
import { type ReadFile, unreadFacts } from './factsOf.ts';
import type { FileCache } from './fileCache.ts';
import { findOwnFiles, isRuleOfGit, isTellingName, MAX_OPEN, type OwnFiles, type Spelling } from './ownFiles.ts';

/** More files, or bytes, than these are not looked at: then nothing is certain. */
const MAX_FILES = 20_000;
const MAX_TOTAL_BYTES = 500_000_000;

/** What the facts of a root are made with. */
export interface RootParts {
  readonly files: FileAccess;
  readonly spelling: Spelling;
  readonly cache: FileCache<ReadFile>;
  /** The texts of the files that git reads. */
  readonly rules: FileCache<string>;
  /** The documents that are open in the editor. */
  readonly open: () => readonly TextDocument[];
}

/** What all files below a root say at one time: the same object until any of them says something else. */
export interface Snapshot {
  /** By URI. */
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** Why not all files were read, as a clause. */
  readonly partial?: string;
  /** Repositories made of these facts, by the settings that they were made with. */
  readonly made: Map<string, Repository>;
}

/** What is known of a root until files come or go. */
interface Known {
  readonly own: OwnFiles;
  snapshot: Snapshot;
  /** What was last read of files that say no more than the snapshot has of them, so that no two texts of facts are compared twice. */
  readonly same: Map<string, FileFacts>;
  /** The files whose facts are those of open documents. */
  open: ReadonlySet<string>;
}

/**
 * What the files below one folder say. All are read once; from then on those that are open, and those that changed, are looked at, however
 * many there are.
 */
export class RootFacts {
  readonly uri: string;
  readonly isShallow: boolean;
  readonly #parts: RootParts;
  #known: Known | undefined;
  /** Files on disk that changed since their facts were read. */
  readonly #dirty = new Set<string>();
  /** One request reads at a time, so that none is answered by what an earlier one is about to change. */
  #last: Promise<unknown> = Promise.resolve();
  /** How often all was forgotten. */
  #times = 0;

  /** @param uri of the folder, without `/` at its end */
  constructor(uri: string, isShallow: boolean, parts: RootParts) {
    this.uri = uri;
    this.isShallow = isShallow;
    this.#parts = parts;
  }

  /** What the files say as they are now. */
  now(): Promise<Snapshot> {
    const now = this.#last.then(() => this.#read());
    this.#last = now.catch(() => {});
    return now;
  }

  /** Says that a file on disk, by its URI in one spelling, changed, came or went; or that a folder went. */
  changed(uri: string, isAddedOrDeleted: boolean): void {
    if (uri !== this.uri && !uri.startsWith(`${this.uri}/`)) return;
    const isKnown = this.#known?.snapshot.facts.has(uri) === true;
    if (isRuleOfGit(uri) || (isAddedOrDeleted && !isKnown && this.#isFolder(uri))) this.forget();
    else this.#dirty.add(uri);
  }

  /** Looks whether files came or went of which nobody told, and gives whether any did. */
  async look(): Promise<boolean> {
    const known = this.#known;
    if (!known) return false;
    const { uris } = await this.#find();
    const now = new Set(uris);
    // Rules of git that changed are seen by what they say of files.
    const isSame = known.own.uris.length === uris.length && known.own.uris.every((uri) => now.has(uri));
    if (!isSame && this.#known === known) this.forget();
    return !isSame;
  }

  /** Files came or went: all are looked for again. */
  forget(): void {
    this.#known = undefined;
    this.#times++;
  }

  /** Whether anything of what is known lies below; of what is only being read nobody knows. */
  #isFolder(uri: string): boolean {
    if (!this.#known) return true;
    return uri === this.uri || [...this.#known.snapshot.facts.keys()].some((known) => known.startsWith(`${uri}/`));
  }

  #find(): Promise<OwnFiles> {
    const { files, spelling, rules } = this.#parts;
    return findOwnFiles(this.uri, this.isShallow, files, spelling, rules);
  }

  async #read(): Promise<Snapshot> {
    const times = this.#times;
    const known = this.#known ?? (await this.#readAll());
    const isFirst = known !== this.#known;
    const { cache, open: openDocuments, spelling } = this.#parts;
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    const open = new Map(
      openDocuments()
        .map((document) => [spelling.keyOf(document.uri), document] as const)
        .filter(([uri]) => known.own.has(uri)),
    );
    const fresh = await Promise.all([
      ...[...open].map(async ([uri, document]) => [uri, (await cache.ofDocument(document)).facts] as const),
      // What was closed is as it is on disk.
      ...[...new Set([...dirty, ...known.open])]
        .filter((uri) => !open.has(uri) && known.own.has(uri) && isTellingName(spelling.pathOf(uri)))
        .map(async (uri) => [uri, await this.#ofDisk(uri)] as const),
    ]);
    known.open = new Set(open.keys());
    bring(known, fresh);
    // What came or went while all were read is not among them.
    if (isFirst && times === this.#times) this.#known = known;
    return known.snapshot;
  }

  async #readAll(): Promise<Known> {
    this.#dirty.clear();
    const { cache, spelling, open } = this.#parts;
    const own = await this.#find();
    const all = own.uris;
    const isOpen = new Set(open().map(({ uri }) => spelling.keyOf(uri)));
    const uris = all.slice(0, MAX_FILES);
    let partial =
      all.length > MAX_FILES
        ? `the repository has more than ${MAX_FILES} files that may tell whose policies are, and not all were read`
        : undefined;
    let bytes = 0;
    const facts = new Map<string, FileFacts>(
      uris.map((uri) => [uri, unreadFacts(spelling.pathOf(uri), 'it was not read')]),
    );
    await mapLimited(uris, MAX_OPEN, async (uri) => {
      if (isOpen.has(uri)) return;
      bytes += (await cache.stateOf(uri))?.size ?? 0;
      if (bytes > MAX_TOTAL_BYTES)
        partial =
          'the repository has more than 500 MB of files that may tell whose policies are, and not all were read';
      else facts.set(uri, (await this.#ofDisk(uri)) ?? unreadFacts(spelling.pathOf(uri), 'it cannot be read'));
    });
    const snapshot = { facts, made: new Map(), ...(partial !== undefined && { partial }) };
    return { own, snapshot, same: new Map(), open: new Set() };
  }

  /** What a file on disk says; `undefined` where there is none. */
  async #ofDisk(uri: string): Promise<FileFacts | undefined> {
    const { cache, spelling } = this.#parts;
    const state = await cache.stateOf(uri);
    if (!state) return undefined;
    // What somebody else's disk holds is not read because a repository asks for it.
    if (state.target !== undefined && !(await this.#isInside(state.target)))
      return unreadFacts(spelling.pathOf(uri), 'it is a link to a file outside the repository');
    return (await cache.onDisk(uri)).facts;
  }

  /** Whether what a link leads to lies in the repository, which may itself be reached by a link. */
  async #isInside(target: string): Promise<boolean> {
    const { files, spelling } = this.#parts;
    const root = await files.realUri(this.uri).catch(() => this.uri);
    return spelling.keyOf(target).startsWith(`${spelling.keyOf(root).replace(/\/$/, '')}/`);
  }
}

/** Makes a new snapshot where files say something else than before. */
function bring(known: Known, fresh: readonly (readonly [uri: string, facts: FileFacts | undefined])[]): void {
  const { snapshot, same } = known;
  const changed = fresh.filter(([uri, now]) => {
    const before = snapshot.facts.get(uri);
    if (now === before || (now !== undefined && now === same.get(uri))) return false;
    if (!now || !before || JSON.stringify(before) !== JSON.stringify(now)) return true;
    same.set(uri, now);
    return false;
  });
  if (changed.length === 0) return;
  const facts = new Map(snapshot.facts);
  for (const [uri, now] of changed) {
    same.delete(uri);
    if (now) facts.set(uri, now);
    else facts.delete(uri);
  }
  known.snapshot = { ...snapshot, facts, made: new Map() };
}
