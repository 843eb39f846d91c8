import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newTemporaryFile } from './temporaryFiles.ts';

/** The bits that the system takes from the mode of every new file. */
const UMASK = process.umask();

/**
 * Writes a file so that it is never half written, whenever this process is stopped: into a temporary file beside it,
 * which then takes its place. A symbolic link is followed and stays; the mode bits stay.
 */
export function writeAtomically(file: string, bytes: Uint8Array): void {
  const isNew = !existsSync(file);
  const target = isNew ? path.resolve(file) : realpathSync.native(file);
  const mode = isNew ? 0o666 & ~UMASK : statSync(target).mode;
  const temporary = newTemporaryFile(path.dirname(target));
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode });
    if ((mode & UMASK) !== 0) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
