/** So long nothing else is done, in milliseconds. An answer passes some ten turns of the event loop on its way. */
const SLICE_MS = 2;

/** Ends when all who paused before have had their turn: of several long works only one goes on in a turn of the event loop. */
let lastTurn = Promise.resolve();

/**
 * Runs work that comes in steps to its end, and lets everything else that waits go first every few milliseconds: an editor
 * must not wait for a hover because a large file is read.
 * @param isWanted asked every few milliseconds; work that nobody wants any more is given up, and gives `undefined`
 */
export function runInSlices<T>(work: Generator<unknown, T, void>): Promise<T>;
export function runInSlices<T>(work: Generator<unknown, T, void>, isWanted: () => boolean): Promise<T | undefined>;
export async function runInSlices<T>(work: Generator<unknown, T, void>, isWanted = () => true): Promise<T | undefined> {
  const slices = new Slices();
  while (isWanted()) {
    do {
      const { done, value } = work.next();
      if (done) return value as T;
    } while (!slices.isOver);
    await slices.pause();
  }
  return undefined;
}

/** The same for work that waits for something between its steps: `if (slices.isOver) await slices.pause()`. */
export class Slices {
  #until = performance.now() + SLICE_MS;

  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets everything else that waits go first. */
  async pause(): Promise<void> {
    lastTurn = lastTurn.then(() => new Promise((resume) => setImmediate(resume)));
    await lastTurn;
    this.#until = performance.now() + SLICE_MS;
  }
}
