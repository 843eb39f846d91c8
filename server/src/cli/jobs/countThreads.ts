import { realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Input } from '../inputs.ts';
import type { Work } from './worker.ts';

/**
 * Less is not worth it, in bytes of policies: some half a second. Before a thread is of use it reads the findings and compiles
 * its code, as the first one has to do meanwhile; but it costs memory, and other programs the cores.
 */
const ENOUGH = 10_000_000;

/**
 * The thread that hands out the work and prints what comes of it keeps a core busy by itself. With two cores nothing was won, see
 * `test/bench`.
 */
const ENOUGH_CORES = 3;

/** What a thread takes of the memory, in bytes: for itself, and for each byte of findings. Half of the memory is for others. */
const MEMORY_OF_THREAD = 64 * 2 ** 20;
const MEMORY_OF_FINDINGS = 4;

/**
 * How many threads look at files: as many as the user says; without that, all cores where these, the work and the
 * memory are enough. One where several would not come to the same.
 */
export function countThreads(inputs: readonly Input[], paths: readonly string[], { options, command }: Work): number {
  const wanted = Math.min(options.jobs ?? os.availableParallelism(), inputs.length);
  if (wanted <= 1) return 1;
  const { findings, catalogue } = options;
  const sizes = [...findings, ...(catalogue === undefined ? [] : [catalogue])].map(sizeOfFile);
  // What can be read only once, such as a pipe, other threads could not read again.
  if (sizes.includes(undefined)) return 1;
  // Who looks at a file after it was written must find what was written.
  if (command.name === 'refine' && command.options.output === 'write' && overlap(paths)) return 1;
  if (options.jobs !== undefined) return wanted;
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return wanted >= ENOUGH_CORES && hasBytes(inputs, ENOUGH) ? Math.max(1, Math.min(wanted, threadsInMemory(bytes))) : 1;
}

function threadsInMemory(findings: number): number {
  const memory = Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.floor(memory / 2 / (MEMORY_OF_THREAD + MEMORY_OF_FINDINGS * findings));
}

/** In bytes; `undefined` for what is no file. */
function sizeOfFile(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

function hasBytes(inputs: readonly Input[], enough: number): boolean {
  let bytes = 0;
  for (const { file } of inputs) {
    bytes += sizeOfFile(file) ?? 0;
    if (bytes >= enough) return true;
  }
  return false;
}

/** Whether two PATHs may lead to the same file. */
function overlap(paths: readonly string[]): boolean {
  const real = paths.filter((given) => given !== '-').map(realPath);
  const sorted = real.map((one) => `${one}${path.sep}`).sort();
  return sorted.some((one, index) => index > 0 && one.startsWith(sorted[index - 1] as string));
}

function realPath(given: string): string {
  try {
    return realpathSync.native(given);
  } catch {
    return path.resolve(given);
  }
}
