import { CONFIG_NAME } from '../protocol.ts';
import { isRoot } from '../repository/findRoot.ts';
import { exists, folderOf, UpwardSearch } from '../repository/upwardSearch.ts';
import type { FileAccess } from '../runtime.ts';

/**
 * Finds the configuration files that hold for folders: the nearest of a folder's own and those above, up to the root of its
 * repository, which is the folder with `.git` in it. Folders and files are URIs. What was found is remembered.
 */
export class ConfigFinder {
  readonly #search: UpwardSearch<string>;

  constructor(files: Pick<FileAccess, 'stat'>) {
    this.#search = new UpwardSearch(async (folder) => {
      const file = `${folder}/${CONFIG_NAME}`;
      if (await exists(files, file)) return { found: file };
      return (await isRoot(files, folder)) ? 'stop' : undefined;
    });
  }

  /** The file that holds for a folder, whose URI ends without `/`. It may be no file, or not readable: reading it says so. */
  of(folder: string): Promise<string | undefined> {
    return this.#search.of(folder);
  }

  /** The file that holds for a file. */
  ofFile(uri: string): Promise<string | undefined> {
    return this.of(folderOf(uri));
  }

  /** Forgets what was found: files came or went. */
  clear(): void {
    this.#search.clear();
  }
}
