import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAccess } from '../runtime.ts';

/** The documents that are open in an editor. */
export interface OpenDocuments {
  all(): readonly TextDocument[];
  get(uri: string): TextDocument | undefined;
}

/** Makes a value of a file's text; of `undefined` where it cannot be read, or is no file. */
export type MakeOfText<T> = (path: string, text: string | undefined, languageId?: string) => Promise<T>;

/** Larger files hold no policies that anyone could attach, but data. In bytes. */
export const MAX_BYTES = 20_000_000;

/** A value of a file on disk, and what told the file from others of its name when it was read. */
interface KnownFile<T> {
  readonly value: Promise<T>;
  readonly stamp: Promise<string>;
}

/**
 * Remembers a value per file: of its text as it stands in the editor where it is open, else as it is on disk. Files are known by their
 * URIs, in one spelling.
 */
export class FileCache<T> {
  readonly #files: Pick<FileAccess, 'readText' | 'stat'>;
  readonly #make: MakeOfText<T>;
  readonly #pathOf: (uri: string) => string;
  readonly #onDisk = new Map<string, KnownFile<T>>();
  readonly #open = new WeakMap<TextDocument, { readonly version: number; readonly value: Promise<T> }>();

  /** @param pathOf the path of a URI, as `make` is to get it */
  constructor(files: Pick<FileAccess, 'readText' | 'stat'>, pathOf: (uri: string) => string, make: MakeOfText<T>) {
    this.#files = files;
    this.#pathOf = pathOf;
    this.#make = make;
  }

  /** The value of a file on disk: the same object as long as nobody says that it changed. */
  onDisk(uri: string): Promise<T> {
    const known = this.#onDisk.get(uri);
    if (known) return known.value;
    const stamp = this.#stampOf(uri);
    const value = stamp.then(async () => this.#make(this.#pathOf(uri), await this.#textOf(uri)));
    this.#onDisk.set(uri, { value, stamp });
    return value;
  }

  /** The value of an open document as it is now: the same object as long as it does not change. */
  ofDocument(document: TextDocument): Promise<T> {
    const known = this.#open.get(document);
    if (known?.version === document.version) return known.value;
    const value = this.#make(this.#pathOf(document.uri), document.getText(), document.languageId);
    this.#open.set(document, { version: document.version, value });
    return value;
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. Gives the URIs that were known. */
  changed(uri: string): readonly string[] {
    const touched = [...this.#onDisk.keys()].filter((known) => known === uri || known.startsWith(`${uri}/`));
    for (const known of touched) this.#onDisk.delete(known);
    return touched;
  }

  /** Looks at the disk for changes that nobody told of, and forgets what they made untrue. Gives the URIs of these files. */
  async look(): Promise<readonly string[]> {
    const looks = [...this.#onDisk].map(async ([uri, known]) => {
      if ((await known.stamp) === (await this.#stampOf(uri)) || this.#onDisk.get(uri) !== known) return [];
      this.#onDisk.delete(uri);
      return [uri];
    });
    return (await Promise.all(looks)).flat();
  }

  clear(): void {
    this.#onDisk.clear();
  }

  /** A file that cannot be seen has a stamp as well, so that it is noticed when it can be. */
  #stampOf(uri: string): Promise<string> {
    return this.#files.stat(uri).then(
      ({ stamp }) => stamp,
      () => '',
    );
  }

  async #textOf(uri: string): Promise<string | undefined> {
    try {
      const { size, isFolder } = await this.#files.stat(uri);
      // A folder that is called like a file says nothing.
      if (isFolder) return '';
      return size > MAX_BYTES ? undefined : await this.#files.readText(uri);
    } catch {
      return undefined;
    }
  }
}
