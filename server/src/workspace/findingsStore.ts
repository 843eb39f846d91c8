import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import type { FileAccess, Runtime } from '../runtime.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import type { Evidence } from '../service/findings/combine.ts';
import type { FindingsFile } from '../service/findings/finding.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { readFindings } from '../service/findings/read.ts';
import { JsonLocator } from '../service/json/locate.ts';

/** The path by which the service knows a file: decoded, divided by `/`. */
export function pathOf(uri: string): string {
  return URI.parse(uri).path;
}

interface ReadFile {
  readonly uri: string;
  readonly document: TextDocument;
  readonly locator: JsonLocator;
}

/** The findings files of the workspace's folders, read once and again when they change. */
export class FindingsStore {
  readonly #files: FileAccess;
  readonly #catalogue: Catalogue;
  readonly #log: (message: string) => void;
  readonly #indexes = new Map<string, Promise<FindingsIndex>>();
  readonly #lists = new Map<string, Promise<readonly string[]>>();
  readonly #read = new Map<string, Promise<FindingsFile>>();
  /** By path, for evidence, which knows no URIs. */
  readonly #byPath = new Map<string, ReadFile>();

  constructor({ files, catalogue }: Runtime, log: (message: string) => void) {
    this.#files = files;
    this.#catalogue = catalogue;
    this.#log = log;
  }

  /** All findings of a workspace folder, under a setting of `unusedAccessAge`. The same object as long as nothing changes. */
  index(folder: string, globs: readonly string[], unusedAccessAge: number): Promise<FindingsIndex> {
    return getOrSet(this.#indexes, JSON.stringify([folder, globs, unusedAccessAge]), async () => {
      const uris = await this.#list(folder, globs);
      const files = await Promise.all(uris.map((uri) => this.#readOnce(uri)));
      return new FindingsIndex(files, { unusedAccessAge });
    });
  }

  /** Whether a file is one of those that a folder's globs find. */
  async includes(uri: string, folder: string, globs: readonly string[]): Promise<boolean> {
    return (await this.#list(folder, globs)).some((found) => URI.parse(found).toString() === URI.parse(uri).toString());
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string, addedOrDeleted: boolean): void {
    const key = URI.parse(uri).toString();
    const touched = [...this.#read.keys()].filter((known) => known === key || known.startsWith(`${key}/`));
    const isNew = addedOrDeleted && touched.length === 0 && key.toLowerCase().endsWith('.json');
    if (touched.length === 0 && !isNew) return;
    for (const known of touched) {
      this.#read.delete(known);
      this.#byPath.delete(pathOf(known));
    }
    this.#indexes.clear();
    if (addedOrDeleted) this.#lists.clear();
  }

  clear(): void {
    for (const map of [this.#read, this.#byPath, this.#indexes, this.#lists]) map.clear();
  }

  /** Where a report stands. The file is searched only now, because most reports are never looked at. */
  locate({ file: path, place }: Evidence): Location | undefined {
    const file = this.#byPath.get(path);
    if (!file) return undefined;
    const { start, end } = file.locator.locate(place);
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

  #readOnce(uri: string): Promise<FindingsFile> {
    return getOrSet(this.#read, uri, () => {
      // What was read before the file changed again must not take the place of what is read after.
      const reading: Promise<FindingsFile> = this.#readFile(uri, () => this.#read.get(uri) === reading);
      return reading;
    });
  }

  async #readFile(uri: string, isCurrent: () => boolean): Promise<FindingsFile> {
    const path = pathOf(uri);
    const findings = await this.#files.readText(uri).then(
      (text) => {
        const document = TextDocument.create(uri, 'json', 0, text);
        if (isCurrent()) this.#byPath.set(path, { uri, document, locator: new JsonLocator(text) });
        return readFindings(text, path, this.#catalogue);
      },
      (error: unknown): FindingsFile => {
        const message = `it cannot be read: ${messageOf(error)}`;
        return {
          file: path,
          recognised: false,
          findings: [],
          problems: [{ code: 'invalid-findings', message, at: 0 }],
        };
      },
    );
    for (const { message } of findings.problems) this.#log(`${path}: ${message}`);
    return findings;
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
