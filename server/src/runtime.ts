import type { Catalogue } from './service/actions/catalogue.ts';
import type { ActionDetails } from './service/actions/details.ts';
import type { Syntaxes } from './service/policy/syntaxes.ts';

/** What the server needs of the environment it runs in, so that the same server runs in Node and, later, in a worker. */
export interface Runtime {
  /** The built-in catalogue. */
  readonly catalogue: Catalogue;
  /** What the server runs on, for who looks for the cause of something: `Node 20.20.2`. */
  readonly platform: string;
  /** Loads what AWS says of each action; called when a hover first needs it. */
  loadDetails(): Promise<ActionDetails>;
  readonly files: FileAccess;
  readonly syntaxes: Syntaxes;
}

/** Read-only access to the workspace's files. Files and folders are named by URI. */
export interface FileAccess {
  /**
   * The files below a folder that match any of the globs, outside `node_modules`, version control and build output. Links to files
   * are among them, also those that lead nowhere; what lies behind a link to a folder is not.
   */
  find(folder: string, globs: readonly string[]): Promise<readonly string[]>;
  /** The text of a file, its encoding told from its byte order mark. Rejects with a readable reason. */
  readText(uri: string): Promise<string>;
  stat(uri: string): Promise<FileFacts>;
}

interface FileFacts {
  /** In bytes. */
  readonly size: number;
  /** How long ago it was last written, in milliseconds. */
  readonly age: number;
  /** When that was, by the file system's clock: a number to be compared with itself. */
  readonly modified: number;
  readonly isFolder: boolean;
}
