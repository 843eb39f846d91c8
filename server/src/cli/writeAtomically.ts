import {
  chmodSync,
  chownSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { newTemporaryFile } from './temporaryFiles.ts';

/** The bits that the system takes from the mode of every new file. */
const UMASK = process.umask();

/**
 * Writes a file so that it is never half written, whenever this process is stopped: into a temporary file beside it,
 * which then takes its place. A symbolic link is followed and stays; so do the mode bits, and owner and group as far as this
 * process may say whose a file is. Another hard link to the file keeps the old text.
 */
export function writeAtomically(file: string, bytes: Uint8Array): void {
  const isNew = !existsSync(file);
  const target = isNew ? path.resolve(file) : realpathSync.native(file);
  const old = isNew ? undefined : statSync(target);
  const mode = old?.mode ?? 0o666 & ~UMASK;
  const temporary = newTemporaryFile(path.dirname(target));
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode });
    if (old) giveTo(old, temporary);
    // The system takes bits from a new file, and from one that gets another owner.
    if (((statSync(temporary).mode ^ mode) & 0o7777) !== 0) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Gives a file to the owner and group of another, as far as that is allowed. Root may do it, others choose among their groups. */
function giveTo({ uid, gid }: Stats, file: string): void {
  const own = statSync(file);
  if (own.uid === uid && own.gid === gid) return;
  if (!tryToChown(file, uid, gid)) tryToChown(file, own.uid, gid);
}

function tryToChown(file: string, uid: number, gid: number): boolean {
  try {
    chownSync(file, uid, gid);
    return true;
  } catch {
    return false;
  }
}
