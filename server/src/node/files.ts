import { stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../runtime.ts';
import { explainFileError } from './fileErrors.ts';
import { linksAsFiles } from './linksAsFiles.ts';
import { readFindingsText } from './readFindingsText.ts';

/** Folders that hold nobody's own findings. */
const IGNORED = [
  '**/node_modules/**',
  '**/.git/**',
  '**/dist/**',
  '**/out/**',
  '**/build/**',
  '**/target/**',
  '**/.terraform/**',
  '**/cdk.out/**',
];

/** The file system of Node. */
export const nodeFiles: FileAccess = {
  async find(folder, globs) {
    const root = URI.parse(folder);
    if (root.scheme !== 'file') return [];
    const paths = await glob([...globs], {
      cwd: root.fsPath,
      ignore: IGNORED,
      absolute: true,
      dot: true,
      followSymbolicLinks: false,
      fs: linksAsFiles,
      caseSensitiveMatch: false,
      // A folder of such a name is found as well, so that reading it says what is wrong.
      onlyFiles: false,
    });
    return paths.map((path) => URI.file(path.replace(/[\\/]+$/, '')).toString()).sort();
  },

  async readText(uri) {
    const path = URI.parse(uri).fsPath;
    try {
      // What is neither file nor folder, such as a pipe, could keep us waiting for ever.
      const found = await stat(path);
      if (!found.isFile() && !found.isDirectory()) throw new Error('it is no file');
      return await readFindingsText(path);
    } catch (error) {
      throw new Error(explainFileError(error));
    }
  },

  async stat(uri) {
    const found = await stat(URI.parse(uri).fsPath);
    // Clocks differ: what was written in the future was written a moment ago.
    const { size, mtimeMs: modified } = found;
    return { size, age: Math.abs(Date.now() - modified), modified, isFolder: found.isDirectory() };
  },
};
