import { randomBytes } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file so that it is never half written, whenever this process is stopped: into a temporary file beside it,
 * which then takes its place. A symbolic link is followed and stays; the mode bits stay.
 */
export function writeAtomically(file: string, bytes: Uint8Array): void {
  const target = realpathSync(file);
  const { mode } = statSync(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode });
    // The umask may have taken bits from the mode.
    if (statSync(temporary).mode !== mode) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
