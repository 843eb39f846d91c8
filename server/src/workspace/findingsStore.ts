import type { Location } from 'vscode-languageserver-types';
import { messageOf } from '../messageOf.ts';
import type { Positions } from '../positions/positions.ts';
import { runInSlices } from '../runInSlices.ts';
import type { FileAccess, Runtime } from '../runtime.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import type { Evidence } from '../service/findings/combine.ts';
import type { FindingsFile } from '../service/findings/finding.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { readFindingsInSteps } from '../service/findings/read.ts';
import { JsonLocator } from '../service/json/locate.ts';
import { getOrSet } from './getOrSet.ts';
import { mapLimited } from './mapLimited.ts';
import { keyOf, pathOf } from './paths.ts';

/** So many files are read at a time; more would only wait for each other, and each has its text in memory. */
const MAX_OPEN = 8;

/** Reading files of so many bytes takes longer than somebody who cannot wait would. */
const LONG = 2_000_000;

/** A small file takes as long to read as so many bytes of a large one. */
const COST_OF_FILE = 20_000;

/** A file that was last written less long ago, in milliseconds, may still be being written. */
const SETTLED_MS = 250;

/** So often a broken file is read again that is written all the time. Its next change is told to us anyway. */
const MAX_TRIES = 3;

/**
 * The text of a findings file that was read, for the places of what it says. It is kept, and not read again when a mark needs
 * a place: on disk there may be another text by then, of which the places are not true.
 */
interface ReadFile {
  readonly uri: string;
  readonly positions: ReturnType<Positions['of']>;
  readonly locator: JsonLocator;
}

/** A folder, and globs of files below it. */
type ListKey = readonly [folder: string, globs: readonly string[]];

/** What becomes of all findings files of a folder. */
interface Loading {
  readonly index: Promise<FindingsIndex>;
  /** Ends, with nothing, when it is known that the index takes long; never, when it does not. */
  readonly isLong: Promise<undefined>;
}

/** The findings files of the workspace's folders, read once and again when they change. */
export class FindingsStore {
  readonly #files: FileAccess;
  readonly #catalogue: Catalogue;
  readonly #positions: Positions;
  readonly #log: (message: string) => void;
  readonly #indexes = new Map<string, Loading>();
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  readonly #read = new Map<string, Promise<FindingsFile>>();
  /** Those of them whose reading has come to its end. */
  readonly #finished = new Set<string>();
  /** What tells one state of a file on disk from another, as it was when the file was read. */
  readonly #stamps = new Map<string, string>();
  readonly #oddGlobs = new Set<string>();
  #tellOddGlobs: (globs: readonly string[]) => void = () => {};
  /** By what was read of it: of a file that changed, what stood in the text before has its places there and nowhere else. */
  readonly #texts = new WeakMap<FindingsFile, ReadFile>();

  constructor({ files, catalogue }: Runtime, positions: Positions, log: (message: string) => void) {
    this.#files = files;
    this.#catalogue = catalogue;
    this.#positions = positions;
    this.#log = log;
  }

  /** All findings of a workspace folder, under a setting of `unusedAccessAge`. The same object as long as nothing changes. */
  index(folder: string, globs: readonly string[], unusedAccessAge: number): Promise<FindingsIndex> {
    return this.#load(folder, globs, unusedAccessAge).index;
  }

  /** The same for who cannot wait; `undefined` when much is still to be read. */
  indexUnlessLong(
    folder: string,
    globs: readonly string[],
    unusedAccessAge: number,
  ): Promise<FindingsIndex | undefined> {
    const { index, isLong } = this.#load(folder, globs, unusedAccessAge);
    return Promise.race([index, isLong]);
  }

  /** Whether a file is one of those that a folder's globs find. */
  async includes(uri: string, folder: string, globs: readonly string[]): Promise<boolean> {
    return (await this.#list(folder, globs)).some((found) => keyOf(found) === keyOf(uri));
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, addedOrDeleted: boolean): void {
    const key = keyOf(uri);
    const touched = [...this.#read.keys()].filter((known) => known === key || known.startsWith(`${key}/`));
    const isNew = addedOrDeleted && touched.length === 0 && (this.#oddGlobs.size > 0 || isJson(key));
    if (touched.length === 0 && !isNew) return;
    for (const known of touched) {
      this.#read.delete(known);
      this.#stamps.delete(known);
      this.#finished.delete(known);
    }
    this.#indexes.clear();
    if (addedOrDeleted) this.#lists.clear();
  }

  /** Looks at the disk for changes that nobody told of, and forgets what they made untrue; gives whether there were any. */
  async look(): Promise<boolean> {
    const read = [...this.#stamps].map(async ([uri, stamp]) => {
      if ((await this.#stampOf(uri)) === stamp) return false;
      this.changed(uri, false);
      return true;
    });
    const lists = [...this.#lists].map(async ([key, list]) => {
      const known = await list;
      const found = await this.#files.find(...(JSON.parse(key) as ListKey)).catch(() => known);
      if (found.join('\n') === known.join('\n')) return false;
      if (this.#lists.get(key) === list) this.#lists.set(key, Promise.resolve(found));
      this.#indexes.clear();
      return true;
    });
    return (await Promise.all([...read, ...lists])).includes(true);
  }

  /** Tells of globs that find files that are no `.json`, those that are known and those to come: each once. */
  onOddGlobs(listener: (globs: readonly string[]) => void): void {
    this.#tellOddGlobs = listener;
    if (this.#oddGlobs.size > 0) listener([...this.#oddGlobs]);
  }

  clear(): void {
    for (const cache of [this.#read, this.#stamps, this.#finished, this.#indexes, this.#lists]) cache.clear();
  }

  /**
   * Where a report stands. The file is searched only now, because most reports are never looked at.
   * @param index the findings that the report is one of
   */
  locate({ file: path, place }: Pick<Evidence, 'file' | 'place'>, index: FindingsIndex): Location | undefined {
    const read = index.fileAt(path);
    const file = read && this.#texts.get(read);
    if (!file) return undefined;
    const { start, end } = file.locator.locate(place);
    return { uri: file.uri, range: { start: file.positions.positionAt(start), end: file.positions.positionAt(end) } };
  }

  #load(folder: string, globs: readonly string[], unusedAccessAge: number): Loading {
    return getOrSet(this.#indexes, JSON.stringify([folder, globs, unusedAccessAge]), () => {
      const uris = this.#list(folder, globs);
      const isLong = uris.then(async (all) => {
        if ((await this.#costOf(all)) < LONG) await new Promise<never>(() => {});
        return undefined;
      });
      const files = uris.then((all) => mapLimited(all, MAX_OPEN, (uri) => this.#readOnce(uri)));
      return { index: files.then((read) => new FindingsIndex(read, { unusedAccessAge })), isLong };
    });
  }

  /** How much there is to be read of files that are not read yet, in bytes. */
  async #costOf(uris: readonly string[]): Promise<number> {
    const unread = uris.filter((uri) => !this.#finished.has(uri));
    const sizes = await mapLimited(unread, MAX_OPEN, (uri) =>
      this.#files.stat(uri).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return sizes.reduce((sum, size) => sum + size + COST_OF_FILE, 0);
  }

  #list(folder: string, globs: readonly string[]): Promise<readonly string[]> {
    const odd = globs.filter((glob) => !isJson(glob) && !glob.startsWith('!') && !this.#oddGlobs.has(glob));
    for (const glob of odd) this.#oddGlobs.add(glob);
    if (odd.length > 0) this.#tellOddGlobs(odd);
    const key: ListKey = [folder, globs];
    return getOrSet(this.#lists, JSON.stringify(key), () =>
      this.#files.find(folder, globs).catch((error: unknown) => {
        this.#log(`Findings files below ${folder} cannot be listed: ${messageOf(error)}`);
        return [];
      }),
    );
  }

  #readOnce(uri: string): Promise<FindingsFile> {
    return getOrSet(this.#read, uri, () => {
      // What was read before the file changed again must not take the place of what is read after.
      const reading: Promise<FindingsFile> = this.#readFile(uri, () => this.#read.get(uri) === reading);
      return reading;
    });
  }

  async #readFile(uri: string, isCurrent: () => boolean): Promise<FindingsFile> {
    let findings = await this.#readText(uri, isCurrent);
    // What is found broken while it is being written must not take the place of what was read before.
    for (let tries = 1; tries < MAX_TRIES && isBroken(findings) && (await this.#isFresh(uri)) && isCurrent(); tries++) {
      await new Promise((resume) => setTimeout(resume, SETTLED_MS));
      findings = await this.#readText(uri, isCurrent);
    }
    if (isCurrent()) {
      this.#finished.add(uri);
      for (const { message } of findings.problems) this.#log(`${findings.file}: ${message}`);
    }
    return findings;
  }

  async #readText(uri: string, isCurrent: () => boolean): Promise<FindingsFile> {
    const file = pathOf(uri);
    const stamp = await this.#stampOf(uri);
    if (isCurrent()) this.#stamps.set(uri, stamp);
    try {
      const text = await this.#files.readText(uri);
      const findings = await runInSlices(readFindingsInSteps(text, file, this.#catalogue));
      this.#texts.set(findings, { uri, positions: this.#positions.of(text), locator: new JsonLocator(text) });
      return findings;
    } catch (error) {
      const message = `it cannot be read: ${messageOf(error)}`;
      return { file, recognised: false, findings: [], problems: [{ code: 'invalid-findings', message, at: 0 }] };
    }
  }

  /** A file that cannot be seen has a stamp as well, so that it is noticed when it can be. */
  #stampOf(uri: string): Promise<string> {
    return this.#files.stat(uri).then(
      ({ size, modified }) => `${size} ${modified}`,
      () => '',
    );
  }

  #isFresh(uri: string): Promise<boolean> {
    return this.#files.stat(uri).then(
      ({ age }) => age < SETTLED_MS,
      () => false,
    );
  }
}

/** Whether a file, or all that a glob finds, is called `.json`. */
function isJson(name: string): boolean {
  return name.toLowerCase().endsWith('.json');
}

/** Whether a file is no JSON, or cannot be read at all: half a file looks like that. */
function isBroken({ problems }: FindingsFile): boolean {
  return problems.some(({ at }) => typeof at === 'number');
}
