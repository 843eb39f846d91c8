import type { FileAccess } from '../runtime.ts';

/** What a look at one folder gives: what is looked for, in a box of its own; `stop` where nothing above counts; `undefined` to go on. */
export type Look<T> = (folder: string) => Promise<{ readonly found: T } | 'stop' | undefined>;

/** Looks for something in folders and those above them, the nearest first. Folders are URIs without `/` at the end. What was found is remembered. */
export class UpwardSearch<T> {
  readonly #look: Look<T>;
  readonly #known = new Map<string, Promise<T | undefined>>();

  constructor(look: Look<T>) {
    this.#look = look;
  }

  /** What is nearest to a folder. */
  of(folder: string): Promise<T | undefined> {
    let known = this.#known.get(folder);
    if (!known) {
      known = this.#find(folder);
      this.#known.set(folder, known);
    }
    return known;
  }

  /** Forgets what was found: files came or went. */
  clear(): void {
    this.#known.clear();
  }

  async #find(folder: string): Promise<T | undefined> {
    const seen = await this.#look(folder);
    if (typeof seen === 'object') return seen.found;
    const isTop = !/^[\w+.-]+:\/\/[^/]*\/./.test(folder);
    return isTop || seen === 'stop' ? undefined : this.of(folderOf(folder));
  }
}

/** The folder that holds a file or folder. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Whether there is a file or folder of this URI. */
export function exists(files: Pick<FileAccess, 'stat'>, uri: string): Promise<boolean> {
  return files.stat(uri).then(
    () => true,
    () => false,
  );
}
