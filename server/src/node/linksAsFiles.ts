import { type Dirent, readdir } from 'node:fs';
import type { FileSystemAdapter } from 'tinyglobby';

/**
 * A file system in which every symbolic link looks like a file. A search finds links by their names and reads none of them: those to
 * folders are not walked, because they may lead round in a circle or into a build tool's copy of everything; and one that leads
 * nowhere is found, so that reading it says what is wrong.
 */
export const linksAsFiles: FileSystemAdapter = {
  readdir: ((path: string, options: { withFileTypes: true }, done: Listed) =>
    readdir(path, options, (error, entries) => {
      for (const entry of entries ?? []) if (entry.isSymbolicLink()) entry.isFile = () => true;
      done(error, entries);
    })) as typeof readdir,
};

type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;
