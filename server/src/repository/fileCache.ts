import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAccess, FileState } from '../runtime.ts';

/** The documents that are open in an editor. */
export interface OpenDocuments {
  all(): readonly TextDocument[];
  get(uri: string): TextDocument | undefined;
}

/** How the values of files are made. */
export interface MakeOfFile<T> {
  /** Of a file on disk: `undefined` is the text of one that cannot be read, is too large, or is no file. */
  ofDisk(path: string, text: string | undefined): Promise<T>;
  /** Of a document that is open in the editor. */
  ofDocument(path: string, text: string, languageId: string): Promise<T>;
}

/** Larger files hold no policies that anyone could attach, but data. In bytes. */
export const MAX_BYTES = 20_000_000;

/** A file on disk: what told it from others of its name when it was looked at, and its value once that was asked for. */
interface KnownFile<T> {
  readonly state: Promise<FileState | undefined>;
  value?: Promise<T>;
}

/**
 * Remembers a value per file: of its text as it stands in the editor where it is open, else as it is on disk. Files are known by their
 * URIs, in one spelling.
 */
export class FileCache<T> {
  readonly #files: Pick<FileAccess, 'readText' | 'stat'>;
  readonly #pathOf: (uri: string) => string;
  readonly #make: MakeOfFile<T>;
  readonly #onDisk = new Map<string, KnownFile<T>>();
  readonly #open = new WeakMap<TextDocument, { readonly text: string; readonly value: Promise<T> }>();

  /** @param pathOf the path of a URI, as `make` is to get it */
  constructor(files: Pick<FileAccess, 'readText' | 'stat'>, pathOf: (uri: string) => string, make: MakeOfFile<T>) {
    this.#files = files;
    this.#pathOf = pathOf;
    this.#make = make;
  }

  /** The value of a file on disk: the same object as long as nobody says that it changed. */
  onDisk(uri: string): Promise<T> {
    const known = this.#known(uri);
    known.value ??= known.state.then(async (state) =>
      this.#make.ofDisk(this.#pathOf(uri), await this.#textOf(uri, state)),
    );
    return known.value;
  }

  /** What a file on disk is, seen before it was read; `undefined` where there is none. */
  stateOf(uri: string): Promise<FileState | undefined> {
    return this.#known(uri).state;
  }

  /** The value of an open document as it is now: the same object as long as its text does not change, whatever its version says. */
  ofDocument(document: TextDocument): Promise<T> {
    const text = document.getText();
    const known = this.#open.get(document);
    if (known?.text === text) return known.value;
    const value = this.#make.ofDocument(this.#pathOf(document.uri), text, document.languageId);
    this.#open.set(document, { text, value });
    return value;
  }

  /** Forgets what a change on disk made untrue; of a deleted folder, all that lay in it. */
  changed(uri: string): void {
    if (this.#onDisk.delete(uri)) return;
    for (const known of this.#onDisk.keys()) if (known.startsWith(`${uri}/`)) this.#onDisk.delete(known);
  }

  /** Looks at the disk for changes that nobody told of, and forgets what they made untrue. Gives the URIs of these files. */
  async look(): Promise<readonly string[]> {
    const looks = [...this.#onDisk].map(async ([uri, known]) => {
      const [before, now] = await Promise.all([known.state, this.#look(uri)]);
      // A file that cannot be seen is looked for as well, so that it is noticed when it can be.
      if (before?.stamp === now?.stamp || this.#onDisk.get(uri) !== known) return [];
      this.#onDisk.delete(uri);
      return [uri];
    });
    return (await Promise.all(looks)).flat();
  }

  clear(): void {
    this.#onDisk.clear();
  }

  #known(uri: string): KnownFile<T> {
    let known = this.#onDisk.get(uri);
    if (!known) {
      known = { state: this.#look(uri) };
      this.#onDisk.set(uri, known);
    }
    return known;
  }

  #look(uri: string): Promise<FileState | undefined> {
    return this.#files.stat(uri).catch(() => undefined);
  }

  async #textOf(uri: string, state: FileState | undefined): Promise<string | undefined> {
    if (!state || state.size > MAX_BYTES) return undefined;
    // A folder that is called like a file says nothing.
    if (state.isFolder) return '';
    return this.#files.readText(uri).catch(() => undefined);
  }
}
