/** What alternating measurements of two things amount to. */
export interface Pairs {
  /** The medians of both sides. */
  readonly ours: number;
  readonly peer: number;
  /** The median of the ratios of the pairs: what slows the machine for a while slows both sides of a pair. */
  readonly ratio: number;
}

/** Measures both sides in turn, A B A B, after both warmed up once. */
export async function alternate(
  count: number,
  ours: () => number | Promise<number>,
  peer: () => number | Promise<number>,
): Promise<Pairs> {
  await ours();
  await peer();
  const pairs: { ours: number; peer: number }[] = [];
  for (let index = 0; index < count; index++) pairs.push({ ours: await ours(), peer: await peer() });
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(pairs.map((pair) => pair.ours / pair.peer)),
  };
}

/** How long a piece of work takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
