import { ConfigFinder, folderOf } from '../config/findConfig.ts';
import { type ReadConfig, readConfig } from '../config/readConfig.ts';
import { messageOf } from '../messageOf.ts';
import { CONFIG_NAME } from '../protocol.ts';
import type { FileAccess } from '../runtime.ts';
import { getOrSet } from './getOrSet.ts';
import { keyOf } from './paths.ts';

/** A configuration file, as it is on disk: so the command line reads it, and what is half typed decides nothing. */
export interface ConfigFile extends ReadConfig {
  readonly uri: string;
  /** The URI of the folder that it lies in. */
  readonly folder: string;
}

/** The configuration files that hold for the files of the workspace, read once and again when they change. */
export class Configs {
  readonly #files: FileAccess;
  readonly #finder: ConfigFinder;
  readonly #byFolder = new Map<string, Promise<ConfigFile | undefined>>();
  readonly #read = new Map<string, Promise<ConfigFile>>();
  #tellRead: (file: ConfigFile) => void = () => {};

  constructor(files: FileAccess) {
    this.#files = files;
    this.#finder = new ConfigFinder(files);
  }

  /** The file that holds for a file, or for a folder whose URI ends with `/`; also one that cannot be read. */
  of(uri: string): Promise<ConfigFile | undefined> {
    const folder = folderOf(keyOf(uri));
    return getOrSet(this.#byFolder, folder, () => this.#find(folder));
  }

  /** Looks whether something changed on disk of which nobody told. What is no longer true is forgotten; gives whether there was any. */
  async look(): Promise<boolean> {
    const fresh = new Configs(this.#files);
    const looks = [...this.#byFolder].map(
      async ([folder, known]) => JSON.stringify(await known) !== JSON.stringify(await fresh.of(`${folder}/`)),
    );
    const hasChanged = (await Promise.all(looks)).includes(true);
    if (hasChanged) this.clear();
    return hasChanged;
  }

  /** Tells of the files that are read from now on. */
  onRead(listener: (file: ConfigFile) => void): void {
    this.#tellRead = listener;
  }

  /** Forgets what a change on disk may have made untrue. What comes or goes may be a folder with such a file in it, or a repository. */
  changed(uri: string, addedOrDeleted: boolean): void {
    if (addedOrDeleted || isConfig(uri)) this.clear();
  }

  clear(): void {
    this.#finder.clear();
    this.#byFolder.clear();
    this.#read.clear();
  }

  async #find(folder: string): Promise<ConfigFile | undefined> {
    const found = await this.#finder.of(folder);
    if (found === undefined) return undefined;
    return getOrSet(this.#read, found, async () => {
      const file = await this.#readFile(found);
      this.#tellRead(file);
      return file;
    });
  }

  async #readFile(uri: string): Promise<ConfigFile> {
    const folder = folderOf(uri);
    try {
      return { uri, folder, ...readConfig(await this.#files.readText(uri)) };
    } catch (error) {
      const message = `it cannot be read: ${messageOf(error)}`;
      return { uri, folder, config: {}, problems: [{ start: 0, end: 0, message }] };
    }
  }
}

/** Whether a file is a configuration file by its name. */
export function isConfig(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_NAME}`);
}
