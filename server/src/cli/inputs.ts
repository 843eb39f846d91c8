import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { explainFileError } from '../node/fileErrors.ts';
import { isPolicyFile } from '../service/policy/syntaxes.ts';
import type { Messages } from './reporter.ts';

/** One policy file to work on. */
export interface Input {
  /** The file as the user would name it; `-` for standard input. */
  readonly file: string;
  /** The absolute path, divided by `/`; for standard input one that no folder name can match. */
  readonly path: string;
  /** The PATH, absolute, inside which folder names count. */
  readonly root: string;
  /** The PATH as it was typed, divided by `/`, behind the name of the working folder where it leads on from there. */
  readonly typed: string;
  /** Whether the user named the file itself, and not a folder above it. */
  readonly named: boolean;
  /** What was read already, because it can be read only once: standard input. */
  readonly bytes?: Uint8Array;
}

/**
 * The files that PATHs stand for, in the order given; folders are walked in the order of names, without `node_modules`
 * and dot folders. A symbolic link in a folder is not followed, because it may lead anywhere; one that is called like a policy file is
 * worth a line. A PATH that cannot be read is reported and the others go on.
 */
export function* findInputs(paths: readonly string[], reporter: Messages): Iterable<Input> {
  for (const given of paths) {
    if (given === '-') {
      yield { file: '-', path: '/', root: '/', typed: '', named: true };
      continue;
    }
    try {
      if (statSync(given).isDirectory())
        yield* walk(given, { root: toSlashes(path.resolve(given)), typed: typedPath(given) }, reporter);
      else
        yield {
          file: given,
          path: toSlashes(path.resolve(given)),
          root: toSlashes(path.dirname(path.resolve(given))),
          typed: typedPath(path.dirname(given)),
          named: true,
        };
    } catch (error) {
      reporter.error(`${given}: ${explainFileError(error)}`);
    }
  }
}

function* walk(folder: string, above: Pick<Input, 'root' | 'typed'>, reporter: Messages): Iterable<Input> {
  try {
    const children = readdirSync(folder, { withFileTypes: true });
    children.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const child of children) {
      const file = path.join(folder, child.name);
      if (child.isDirectory() && child.name !== 'node_modules' && !child.name.startsWith('.'))
        yield* walk(file, above, reporter);
      else if (child.isFile() && isPolicyFile(child.name))
        yield { ...above, file, path: toSlashes(path.resolve(file)), named: false };
      else if (child.isSymbolicLink() && isPolicyFile(child.name))
        reporter.note(`${file}: a symbolic link in a folder is not followed; name it to have it looked at`);
    }
  } catch (error) {
    reporter.error(`${folder}: ${explainFileError(error)}`);
  }
}

/** A folder as it was typed. The name of the working folder counts as `.` would make it count, unless the way leads out of it. */
function typedPath(folder: string): string {
  const typed = path.normalize(folder);
  const leadsOut = path.isAbsolute(typed) || typed.split(path.sep)[0] === '..';
  return toSlashes(leadsOut ? typed : path.join(path.basename(process.cwd()), typed));
}

/**
 * The bytes of an input. Read at once: a command line has nothing else to do meanwhile, and for many small files the way
 * through the thread pool takes longer than the reading.
 */
export function readInput({ file, bytes }: Input): Uint8Array {
  return bytes ?? readFileSync(file);
}

/** All of standard input. */
export async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A path as the service wants it: divided by `/`. */
export function toSlashes(file: string): string {
  return file.split(path.sep).join('/');
}
