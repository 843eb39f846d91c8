import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';

/** Files by their path below a folder, divided by `/`. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of its own for one test. */
export class TemporaryFolder {
  /** The folder's path. */
  readonly root: string;
  readonly #outer: string;

  private constructor(outer: string, root: string) {
    this.#outer = outer;
    this.root = root;
  }

  /** @param name the folder's own name; the folder around it is made up, and empty but for it */
  static async create(files: Files, name = 'workspace'): Promise<TemporaryFolder> {
    const outer = await realpath(await mkdtemp(path.join(tmpdir(), 'refiner-protocol-')));
    const folder = new TemporaryFolder(outer, path.join(outer, name));
    await mkdir(folder.root);
    for (const [file, content] of Object.entries(files)) await folder.write(file, content);
    return folder;
  }

  /** The URI of the folder, or of a path in it, spelled as VS Code spells it. */
  uri(file = ''): string {
    return URI.file(this.path(file)).toString();
  }

  path(file: string): string {
    return path.join(this.root, ...file.split('/'));
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    const target = this.path(file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }

  async delete(file: string): Promise<void> {
    await rm(this.path(file), { recursive: true });
  }

  /** Deletes the folder and all around it. */
  async remove(): Promise<void> {
    await rm(this.#outer, { recursive: true, force: true });
  }
}
