import { CONFIG_NAME } from '../protocol.ts';
import type { FileAccess } from '../runtime.ts';

/**
 * Finds the configuration files that hold for folders: the nearest of a folder's own and those above, up to the root of its
 * repository, which is the folder with `.git` in it. Folders and files are URIs. What was found is remembered.
 */
export class ConfigFinder {
  readonly #files: Pick<FileAccess, 'stat'>;
  readonly #known = new Map<string, Promise<string | undefined>>();

  constructor(files: Pick<FileAccess, 'stat'>) {
    this.#files = files;
  }

  /** The file that holds for a folder, whose URI ends without `/`. It may be no file, or not readable: reading it says so. */
  of(folder: string): Promise<string | undefined> {
    let known = this.#known.get(folder);
    if (!known) {
      known = this.#find(folder);
      this.#known.set(folder, known);
    }
    return known;
  }

  /** The file that holds for a file. */
  ofFile(uri: string): Promise<string | undefined> {
    return this.of(folderOf(uri));
  }

  /** Forgets what was found: files came or went. */
  clear(): void {
    this.#known.clear();
  }

  async #find(folder: string): Promise<string | undefined> {
    const file = `${folder}/${CONFIG_NAME}`;
    if (await this.#exists(file)) return file;
    const isTop = !/^[\w+.-]+:\/\/[^/]*\/./.test(folder);
    return isTop || (await this.#exists(`${folder}/.git`)) ? undefined : this.of(folderOf(folder));
  }

  #exists(uri: string): Promise<boolean> {
    return this.#files.stat(uri).then(
      () => true,
      () => false,
    );
  }
}

/** The folder that holds a file or folder. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
