import { readFile, stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../runtime.ts';
import { MAX_FINDINGS_BYTES } from '../service/findings/read.ts';
import { decodeText } from './decodeText.ts';

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
      caseSensitiveMatch: false,
    });
    return paths.map((path) => URI.file(path).toString()).sort();
  },

  async readText(uri) {
    const path = URI.parse(uri).fsPath;
    const { size } = await stat(path);
    if (size > MAX_FINDINGS_BYTES) throw new Error(`it is larger than ${MAX_FINDINGS_BYTES / 1024 / 1024} MB`);
    return decodeText(await readFile(path));
  },
};
