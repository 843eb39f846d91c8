/** So many results, and results of such a size together, may wait for an earlier one. */
const MAX_WAITING = 1024;
const MAX_WAITING_SIZE = 1 << 25;

/** Brings results that come in any order into the order of their tasks. */
export class Ordered<R> {
  readonly #give: (result: R) => void;
  readonly #sizeOf: (result: R) => number;
  readonly #waiting = new Map<number, R>();
  #waitingSize = 0;
  /** How many results were given on. */
  given = 0;

  /**
   * @param give takes the results in order
   * @param sizeOf about how much memory a result holds, in bytes
   */
  constructor(give: (result: R) => void, sizeOf: (result: R) => number) {
    this.#give = give;
    this.#sizeOf = sizeOf;
  }

  /** Whether so much waits for an earlier result that no later one should be made. */
  get isFull(): boolean {
    return this.#waiting.size >= MAX_WAITING || this.#waitingSize >= MAX_WAITING_SIZE;
  }

  /** @param index the number of the task, counted from 0; each comes once */
  put(index: number, result: R): void {
    this.#waiting.set(index, result);
    this.#waitingSize += this.#sizeOf(result);
    for (let next = this.#waiting.get(this.given); next !== undefined; next = this.#waiting.get(this.given)) {
      this.#waiting.delete(this.given++);
      this.#waitingSize -= this.#sizeOf(next);
      this.#give(next);
    }
  }
}
