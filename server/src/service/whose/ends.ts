import type { Holder } from './holders.ts';

/** Who takes a policy in the end, by all ways that lead to somebody. */
export class Ends {
  readonly holders = new Set<Holder>();
  /** Why findings do not speak to it, as a clause: it is a boundary, a trust or a resource policy. */
  other: string | undefined;
  /** Why nobody can say who has it, as a clause. */
  unknown: string | undefined;
  /** What makes it no more than likely, as clauses. */
  readonly doubts = new Set<string>();
  /** Whether a document takes it in beside others. */
  isMerged = false;
  /** The tightest quota; `Infinity` where nobody tells one. */
  quota = Number.POSITIVE_INFINITY;

  limit(quota: number): void {
    this.quota = Math.min(quota, this.quota);
  }

  /** Takes in the ends of what a way goes through. Tells whether that was anything new. */
  join(ends: Ends): boolean {
    const before = this.#size();
    for (const holder of ends.holders) this.holders.add(holder);
    for (const doubt of ends.doubts) this.doubts.add(doubt);
    this.other ??= ends.other;
    this.unknown ??= ends.unknown;
    this.isMerged ||= ends.isMerged;
    this.limit(ends.quota);
    return this.#size() !== before;
  }

  #size(): string {
    const { holders, doubts, other, unknown, isMerged, quota } = this;
    return [holders.size, doubts.size, other !== undefined, unknown !== undefined, isMerged, quota].join(' ');
  }
}
