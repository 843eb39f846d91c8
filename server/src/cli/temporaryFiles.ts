import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** A name says which process made the file. It begins with a dot and has an extension that nothing looks for. */
const NAME = /^\.iam-policy-refiner-(\d+)-[0-9a-f]{12}\.tmp$/;

/** The folders that this thread has looked through. */
const tidied = new Set<string>();

/**
 * The path of a new temporary file in a folder. What runs that were killed left there goes first, once a folder: whoever refines
 * again finishes what they began, in the same folders.
 */
export function newTemporaryFile(folder: string): string {
  if (!tidied.has(folder)) removeAbandoned(folder);
  tidied.add(folder);
  return path.join(folder, `.iam-policy-refiner-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

/** Removes the temporary files whose process is gone; those of a run that goes on stay. */
function removeAbandoned(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const [, pid] = NAME.exec(name) ?? [];
      const file = path.join(folder, name);
      if (pid !== undefined && isAbandoned(file, Number(pid))) rmSync(file, { force: true });
    }
  } catch {
    // A folder may let us write and not look; what lies about in it hinders nobody.
  }
}

function isAbandoned(file: string, pid: number): boolean {
  // In containers every run may have the same number: what was written before this process began is not its own.
  if (pid === process.pid) return statSync(file).mtimeMs < Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
