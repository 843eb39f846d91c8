import type { FileAccess } from '../runtime.ts';
import { exists, folderOf, UpwardSearch } from './upwardSearch.ts';

/** Finds the roots of the repositories around folders. Folders and files are URIs. What was found is remembered. */
export class RootFinder {
  readonly #search: UpwardSearch<string>;

  constructor(files: Pick<FileAccess, 'stat'>) {
    this.#search = new UpwardSearch(async (folder) => ((await isRoot(files, folder)) ? { found: folder } : undefined));
  }

  /** The root of the repository around a folder, whose URI ends without `/`; without any, the folder itself. */
  async of(folder: string): Promise<string> {
    return (await this.#search.of(folder)) ?? folder;
  }

  /** The root of the repository around a file; without any, the folder that it lies in. */
  ofFile(uri: string): Promise<string> {
    return this.of(folderOf(uri));
  }

  /** Forgets what was found: files came or went. */
  clear(): void {
    this.#search.clear();
  }
}

/** Whether a folder is a repository's root: it has git's folder in it, or, as a worktree or a submodule, a file in its place. */
export function isRoot(files: Pick<FileAccess, 'stat'>, folder: string): Promise<boolean> {
  return exists(files, `${folder}/.git`);
}
