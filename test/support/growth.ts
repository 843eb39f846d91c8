import assert from 'node:assert/strict';

/** How much longer four times as much may take: something linear takes 4 times as long, n log n hardly more, a square 16 times. */
const MOST = 9;

/** The sizes that are tried one after another, until one is large enough to tell. */
const SIZES = [1000, 4000, 16_000];

/**
 * Asserts that work grows no faster than n log n. Compared are the processor times of this process, of which the least of several
 * counts: so it does not matter how busy the machine is.
 *
 * @param prepare makes the work of a size
 */
export function assertGrowth(prepare: (size: number) => () => unknown, what: string, sizes = SIZES): void {
  const ratios: string[] = [];
  for (const size of sizes) {
    const [one, four] = [prepare(size), prepare(4 * size)];
    // What runs for the first time is compiled meanwhile.
    one();
    const small = Math.min(...[1, 2, 3].map(() => timeOf(one)));
    const large = Math.min(...[1, 2].map(() => timeOf(four)));
    if (large <= MOST * small) return;
    ratios.push(`${(large / small).toFixed(1)} from ${size} to ${4 * size}`);
  }
  assert.fail(`${what} takes ${ratios.join(', ')} times as long`);
}

/** The processor time of some work, in microseconds. */
function timeOf(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return user + system + 1;
}
