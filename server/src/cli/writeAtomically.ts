import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
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

/** What systems answer that have no way to flush a file, such as those of some networks. */
const CANNOT_FLUSH: readonly (string | undefined)[] = ['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/**
 * Writes a file so that it is never half written, whenever this process is stopped or the machine fails: into a temporary file
 * beside it, which is flushed to the disk and then takes its place. A symbolic link is followed and stays; so do the mode bits, and
 * owner and group as far as this process may say whose a file is. Another hard link to the file keeps the old text.
 *
 * @param before what was read of the file, by which it is told whether somebody else changed it since; `undefined` for a new file
 * @throws where it changed, with a reason; the file is then as somebody else left it
 */
export function writeAtomically(file: string, bytes: Uint8Array, before: Uint8Array | undefined): void {
  const old = statIfThere(file);
  const target = old ? realpathSync.native(file) : path.resolve(file);
  const temporary = newTemporaryFile(path.dirname(target));
  try {
    writeTemporary(temporary, bytes, old);
    // As late as can be: nothing but the renaming comes after it.
    if (isAsWanted(target, bytes, before)) rmSync(temporary);
    else renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeTemporary(temporary: string, bytes: Uint8Array, old: Stats | undefined): void {
  const mode = old?.mode ?? 0o666 & ~UMASK;
  const open = openSync(temporary, 'wx', mode);
  try {
    writeFileSync(open, bytes);
    if (old) giveTo(old, open);
    // The system takes bits from a new file, and from one that gets another owner.
    if (((fstatSync(open).mode ^ mode) & 0o7777) !== 0) fchmodSync(open, mode);
    flush(open);
  } finally {
    closeSync(open);
  }
}

function flush(open: number): void {
  try {
    fsyncSync(open);
  } catch (error) {
    if (!CANNOT_FLUSH.includes((error as NodeJS.ErrnoException).code)) throw error;
  }
}

/**
 * Whether a file holds already what is to be written, be it that it was named twice.
 * @throws where it holds neither that nor what was read of it
 */
function isAsWanted(target: string, bytes: Uint8Array, before: Uint8Array | undefined): boolean {
  const now = statIfThere(target);
  if (!now) {
    if (before === undefined) return false;
    throw new Error('it was deleted meanwhile, and is not made again');
  }
  // What has another size, or is no file any more, need not be read.
  const sizes = [bytes.length, before?.length];
  const text = now.isFile() && sizes.includes(now.size) ? readFileSync(target) : undefined;
  if (text?.equals(bytes)) return true;
  if (before !== undefined && text?.equals(before)) return false;
  throw new Error('it changed meanwhile, and was left as it is: run this again');
}

function statIfThere(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}

/** Gives a file to the owner and group of another, as far as that is allowed. Root may do it, others choose among their groups. */
function giveTo({ uid, gid }: Stats, open: number): void {
  const own = fstatSync(open);
  if (own.uid === uid && own.gid === gid) return;
  if (!tryToChown(open, uid, gid)) tryToChown(open, own.uid, gid);
}

function tryToChown(open: number, uid: number, gid: number): boolean {
  try {
    fchownSync(open, uid, gid);
    return true;
  } catch {
    return false;
  }
}
