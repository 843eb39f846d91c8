import { stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../runtime.ts';
import { explainFileError } from './fileErrors.ts';
import { linksAsFiles } from './linksAsFiles.ts';
import { readFindingsText } from './readFindingsText.ts';

/** Folders that hold nobody's own files. */
const NOBODYS = ['**/node_modules/**', '**/.git/**'];

/** Folders that hold what tools made. */
const BUILT = ['**/dist/**', '**/out/**', '**/build/**', '**/target/**', '**/.terraform/**', '**/cdk.out/**'];

/** The file system of Node. */
export const nodeFiles: FileAccess = {
  find: (folder, globs) => findFiles(folder, globs, [...NOBODYS, ...BUILT]),

  findAll: (folder, globs) => findFiles(folder, globs, NOBODYS),

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
    const found = await stat(URI.parse(uri).fsPath, { bigint: true });
    const { size, mtimeNs, ctimeNs, ino } = found;
    const modified = Number(found.mtimeMs);
    return {
      size: Number(size),
      // Clocks differ: what was written in the future was written a moment ago.
      age: Math.abs(Date.now() - modified),
      modified,
      stamp: `${size} ${mtimeNs} ${ctimeNs} ${ino}`,
      isFolder: found.isDirectory(),
    };
  },
};

async function findFiles(
  folder: string,
  globs: readonly string[],
  ignore: readonly string[],
): Promise<readonly string[]> {
  const root = URI.parse(folder);
  if (root.scheme !== 'file') return [];
  const paths = await glob([...globs], {
    cwd: root.fsPath,
    ignore: [...ignore],
    absolute: true,
    dot: true,
    followSymbolicLinks: false,
    fs: linksAsFiles,
    caseSensitiveMatch: false,
    // A folder of such a name is found as well, so that reading it says what is wrong.
    onlyFiles: false,
  });
  return paths.map((path) => URI.file(path.replace(/[\\/]+$/, '')).toString()).sort();
}
