import { realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Input } from '../inputs.ts';
import type { Work } from './worker.ts';

/**
 * A thread reads the findings for itself before it is of use. That takes about as long as looking at so many bytes of policies,
 * and for each byte of findings so much of one.
 */
const START = 1_000_000;
const BYTES_PER_BYTE_OF_FINDINGS = 0.25;

/** How many threads look at files: as many as the user says; without that, all cores where there is enough work for them. */
export function countThreads(inputs: readonly Input[], paths: readonly string[], { options, command }: Work): number {
  const wanted = Math.min(options.jobs ?? os.availableParallelism(), inputs.length);
  if (wanted <= 1) return 1;
  const sources = [...options.findings, ...(options.catalogue === undefined ? [] : [options.catalogue])].map(
    sizeOfFile,
  );
  const findings = sources.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  // What can be read only once, such as a pipe, other threads could not read again.
  if (sources.includes(undefined)) return 1;
  // Who looks at a file after it was written must find what was written.
  if (command.name === 'refine' && command.options.output === 'write' && overlap(paths)) return 1;
  return options.jobs !== undefined || hasBytes(inputs, START + findings * BYTES_PER_BYTE_OF_FINDINGS) ? wanted : 1;
}

/** In bytes; `undefined` for what is no file. */
function sizeOfFile(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

function hasBytes(inputs: readonly Input[], enough: number): boolean {
  let bytes = 0;
  for (const { file, bytes: read } of inputs) {
    bytes += read?.length ?? sizeOfFile(file) ?? 0;
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
