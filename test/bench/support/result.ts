/** One line of the table. */
export interface Result {
  /** What was done. */
  readonly work: string;
  /** How long it took us, or how much memory, with its unit. */
  readonly measured: string;
  /** The same for what we are compared with; empty where the goal is an absolute one. */
  readonly peer: string;
  readonly ratio: string;
  readonly goal: string;
  readonly reached: boolean;
}

/** Measures one subject. */
export type Row = () => Promise<Result[]>;

/** A result whose goal is that we cost at most `limit` times what the peer costs. */
export function atMostTimes(
  limit: number,
  work: string,
  { ours, peer, ratio }: { readonly ours: number; readonly peer: number; readonly ratio: number },
  format: (value: number) => string = milliseconds,
): Result {
  return {
    work,
    measured: format(ours),
    peer: format(peer),
    ratio: times(ratio),
    goal: `≤ ${limit}×`,
    reached: ratio <= limit,
  };
}

/** A result whose goal is an absolute time, in milliseconds. */
export function atMost(limit: number, work: string, time: number): Result {
  return {
    work,
    measured: milliseconds(time),
    peer: '',
    ratio: '',
    goal: `≤ ${milliseconds(limit)}`,
    reached: time <= limit,
  };
}

/** A time in the unit that suits it. */
export function milliseconds(value: number): string {
  if (value < 1) return `${(value * 1000).toPrecision(3)} µs`;
  return `${value < 100 ? value.toPrecision(3) : value.toFixed(0)} ms`;
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

export function times(ratio: number): string {
  return `${ratio < 100 ? ratio.toPrecision(3) : ratio.toFixed(0)}×`;
}
