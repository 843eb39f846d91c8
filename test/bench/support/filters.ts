import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { policyLines } from './policyLines.ts';

/** What running a filter took. */
export interface FilterRun {
  /** From the start of its process to its end, in milliseconds. */
  readonly time: number;
  /** The most memory that it had held, in bytes, when so many lines had been taken; by the number of lines. Linux only. */
  readonly peaks: ReadonlyMap<number, number>;
}

/**
 * Streams lines through a Node program whose output goes nowhere. The lines are made while it runs, and never more than a pipe holds
 * are ahead of it.
 *
 * @param peaksAt the numbers of lines at which to look at its memory; multiples of a hundred
 */
export async function runFilter(
  script: string,
  args: readonly string[],
  count: number,
  peaksAt: readonly number[] = [],
): Promise<FilterRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const peaks = new Map<number, number>();
  let written = 0;
  for (const lines of policyLines(count)) {
    if (!child.stdin.write(lines)) await Promise.race([once(child.stdin, 'drain'), ended]);
    written = Math.min(written + 100, count);
    if (peaksAt.includes(written)) peaks.set(written, peakMemory(child));
  }
  child.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return { time: performance.now() - started, peaks };
}

/** The most memory that a process has held so far, in bytes. */
function peakMemory({ pid }: ChildProcess): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
