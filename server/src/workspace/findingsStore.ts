import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../runtime.ts';
import type { Evidence } from '../service/findings/combine.ts';
import type { FindingsFile } from '../service/findings/finding.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { readFindings } from '../service/findings/read.ts';
import { locate } from '../service/json/locate.ts';

/** The path by which the service knows a file: decoded, divided by `/`. */
export function pathOf(uri: string): string {
  return URI.parse(uri).path;
}

interface ReadFile {
  readonly uri: string;
  readonly findings: FindingsFile;
  readonly document: TextDocument;
}

/** The findings files of the workspace's folders, read once and again when they change. */
export class FindingsStore {
  readonly #files: FileAccess;
  readonly #log: (message: string) => void;
  readonly #indexes = new Map<string, Promise<FindingsIndex>>();
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  readonly #read = new Map<string, Promise<ReadFile | undefined>>();
  /** By path, for evidence, which knows no URIs. */
  readonly #byPath = new Map<string, ReadFile>();

  constructor(files: FileAccess, log: (message: string) => void) {
    this.#files = files;
    this.#log = log;
  }

  /** All findings of a workspace folder. The same object as long as nothing changes. */
  index(folder: string, globs: readonly string[]): Promise<FindingsIndex> {
    return getOrSet(this.#indexes, JSON.stringify([folder, globs]), async () => {
      const uris = await this.#list(folder, globs);
      const files = await Promise.all(uris.map((uri) => getOrSet(this.#read, uri, () => this.#readFile(uri))));
      return new FindingsIndex(files.flatMap((file) => file?.findings ?? []));
    });
  }

  /** Whether a file is one of those that a folder's globs find. */
  async includes(uri: string, folder: string, globs: readonly string[]): Promise<boolean> {
    return (await this.#list(folder, globs)).some((found) => URI.parse(found).toString() === URI.parse(uri).toString());
  }

  /** Forgets what a change on disk made untrue. */
  changed(uri: string, addedOrDeleted: boolean): void {
    const key = URI.parse(uri).toString();
    this.#read.delete(key);
    this.#byPath.delete(pathOf(uri));
    this.#indexes.clear();
    if (addedOrDeleted) this.#lists.clear();
  }

  clear(): void {
    for (const map of [this.#read, this.#byPath, this.#indexes, this.#lists]) map.clear();
  }

  /** Where a report stands. The file is searched only now: most reports are never looked at. */
  locate(evidence: Evidence): Location | undefined {
    const file = this.#byPath.get(evidence.file);
    if (!file) return undefined;
    const { start, end } = locate(file.document.getText(), evidence.path);
    return { uri: file.uri, range: { start: file.document.positionAt(start), end: file.document.positionAt(end) } };
  }

  #list(folder: string, globs: readonly string[]): Promise<readonly string[]> {
    return getOrSet(this.#lists, JSON.stringify([folder, globs]), () =>
      this.#files.find(folder, globs).catch((error: unknown) => {
        this.#log(`Findings files below ${folder} cannot be listed: ${messageOf(error)}`);
        return [];
      }),
    );
  }

  async #readFile(uri: string): Promise<ReadFile | undefined> {
    try {
      const text = await this.#files.readText(uri);
      const path = pathOf(uri);
      const file = { uri, findings: readFindings(text, path), document: TextDocument.create(uri, 'json', 0, text) };
      this.#byPath.set(path, file);
      for (const { message } of file.findings.problems) this.#log(`${path}: ${message}`);
      return file;
    } catch (error) {
      this.#log(`${uri} cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
