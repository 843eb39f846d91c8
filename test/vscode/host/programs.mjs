import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Gives the absolute path of the first of `names` that PATH holds as an executable, or undefined.
 * An absolute name is looked up as it is.
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of path.isAbsolute(name) ? [''] : folders) {
      const found = endings.map((ending) => path.join(folder, name + ending)).find(isExecutable);
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * Runs a program to its end, quietly, and gives its standard output.
 * Throws an error that carries the command and the end of its output when it cannot start or fails.
 */
export function run(program, args, options = {}) {
  // The input stays attached, so that sudo can ask for a password.
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['inherit', 'pipe', 'pipe'],
    ...options,
  });
  if (status === 0) return stdout;
  const cause = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`);
  throw new Error(`${[program, ...args].join(' ')}: ${cause}\n${`${stdout ?? ''}${stderr ?? ''}`.slice(-4000)}`);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
