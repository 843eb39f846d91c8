import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAccess } from '../runtime.ts';
import type { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { namesakesAmong } from '../service/findings/namesakes.ts';
import { hasPhysicalNames, physicalIdsIn } from '../service/findings/physicalNames.ts';
import type { Namesakes } from '../service/findings/rules/outcome.ts';
import { POLICY_GLOBS } from '../service/policy/syntaxes.ts';
import { mapLimited } from './mapLimited.ts';
import { keyOf, pathOf } from './paths.ts';
import { MAX_BYTES, type OpenDocuments } from './policyFiles.ts';

/** So many files are read at a time. */
const MAX_OPEN = 8;

/** The files of a workspace folder that have logical ids of which CloudFormation may have made principals in the findings. */
interface KnownFolder {
  readonly index: FindingsIndex;
  readonly files: Promise<ReadonlySet<string>>;
  /** As they are on disk. Files that have none are not among them. */
  ids: Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

/** The ids of an open document, and of which version. */
interface KnownDocument {
  readonly index: FindingsIndex;
  readonly document: TextDocument;
  readonly version: number;
  readonly ids: ReadonlySet<string>;
}

/** Which templates of the workspace could each be the one of which a principal was made. */
export class NamesakeFinder {
  readonly #files: FileAccess;
  readonly #documents: OpenDocuments;
  readonly #folders = new Map<string, KnownFolder>();
  readonly #open = new Map<string, KnownDocument>();

  constructor(files: FileAccess, documents: OpenDocuments) {
    this.#files = files;
    this.#documents = documents;
  }

  /** What tells the namesakes of each file of a folder, by the URIs of both; as they stand in the editor where they are open. */
  async of(folder: string, index: FindingsIndex): Promise<(uri: string) => Namesakes> {
    if (!hasPhysicalNames(index)) return () => NONE;
    const onDisk = await this.#folderOf(folder, index).ids;
    const ids = new Map([...onDisk, ...this.#openDocuments(index)]);
    const namesakesOf = namesakesAmong(new Map([...ids].map(([key, found]) => [pathOf(key), found])));
    return (uri) => namesakesOf(pathOf(uri));
  }

  /** Looks at a file anew that changed on disk; at all of them when files came or went. */
  changed(uri: string, addedOrDeleted: boolean): void {
    if (addedOrDeleted) this.#folders.clear();
    const key = keyOf(uri);
    for (const folder of this.#folders.values()) {
      folder.ids = folder.ids.then(async (known) => {
        if (!(await folder.files).has(key)) return known;
        return withIds(new Map(known), key, await this.#read(key, folder.index));
      });
    }
  }

  clear(): void {
    this.#folders.clear();
  }

  #folderOf(folder: string, index: FindingsIndex): KnownFolder {
    const known = this.#folders.get(folder);
    if (known?.index === index) return known;
    const files = this.#list(folder);
    const fresh = { index, files, ids: files.then((keys) => this.#readAll([...keys], index)) };
    this.#folders.set(folder, fresh);
    return fresh;
  }

  /** None where the folder cannot be read, such as one that was just deleted. */
  async #list(folder: string): Promise<ReadonlySet<string>> {
    const found = await this.#files.find(folder, POLICY_GLOBS).catch(() => []);
    return new Set(found.map(keyOf));
  }

  async #readAll(keys: readonly string[], index: FindingsIndex): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const all = new Map<string, ReadonlySet<string>>();
    await mapLimited(keys, MAX_OPEN, async (key) => withIds(all, key, await this.#read(key, index)));
    return all;
  }

  #openDocuments(index: FindingsIndex): Map<string, ReadonlySet<string>> {
    const open = new Map<string, ReadonlySet<string>>();
    for (const document of this.#documents.all()) {
      const key = keyOf(document.uri);
      const { version } = document;
      let known = this.#open.get(key);
      if (known?.document !== document || known.version !== version || known.index !== index) {
        known = { index, document, version, ids: physicalIdsIn(document.getText(), index) };
        this.#open.set(key, known);
      }
      open.set(key, known.ids);
    }
    for (const key of this.#open.keys()) if (!open.has(key)) this.#open.delete(key);
    return open;
  }

  /** None for what cannot be read, or is no file. */
  async #read(key: string, index: FindingsIndex): Promise<ReadonlySet<string>> {
    try {
      const { size, isFolder } = await this.#files.stat(key);
      return isFolder || size > MAX_BYTES ? NO_IDS : physicalIdsIn(await this.#files.readText(key), index);
    } catch {
      return NO_IDS;
    }
  }
}

type IdsOfFiles = Map<string, ReadonlySet<string>>;

function withIds(all: IdsOfFiles, key: string, ids: ReadonlySet<string>): IdsOfFiles {
  if (ids.size > 0) all.set(key, ids);
  else all.delete(key);
  return all;
}

/** Whether two files' namesakes are the same. */
export function areSameNamesakes(one: Namesakes, other: Namesakes): boolean {
  return one.size === other.size && [...one].every(([id, paths]) => paths.join('\n') === other.get(id)?.join('\n'));
}

const NO_IDS: ReadonlySet<string> = new Set();
const NONE: Namesakes = new Map();
