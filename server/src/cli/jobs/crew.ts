import { Ordered } from './ordered.ts';
import { TaskFailed, WorkerThread } from './workerThread.ts';

/** So many tasks a thread may have at most: enough to never wait for the next one. */
const MAX_LOAD = 8;

/** Tasks, and what is done with their results. */
export interface Assignment<T, R> {
  /** How many tasks there are. They are known by their numbers, counted from 0. */
  readonly count: number;
  taskOf(index: number): T;
  /** Takes the results in the order of the tasks. */
  give(result: R): void;
  /** About how much memory a result holds, in bytes. */
  sizeOf(result: R): number;
  /** The result of a task that ended its thread. */
  failed(index: number, why: string): R;
  /** Resolves when there is room for further results; `undefined` while there is. */
  waitForRoom(): Promise<unknown> | undefined;
}

/** Threads that share tasks. Only a few tasks at a time are on their way, and few results wait for earlier ones. */
export class Crew<T, R> {
  readonly #startThread: () => WorkerThread<T, R>;
  readonly #threads: WorkerThread<T, R>[];
  #hasEnded = false;

  /**
   * Starts the threads at once, so that they prepare themselves while this one does.
   * @param script the file that they run
   * @param data what it finds in its `workerData`
   */
  constructor(count: number, script: string, data: unknown) {
    this.#startThread = () => new WorkerThread(script, data);
    this.#threads = Array.from({ length: count }, this.#startThread);
  }

  /** Does all tasks. Rejects when no thread can be started, and with what `give` throws. */
  async doAll(assignment: Assignment<T, R>): Promise<void> {
    const { count, give, sizeOf, failed, taskOf, waitForRoom } = assignment;
    if (count === 0) return;
    const ordered = new Ordered<R>(give, sizeOf);
    const queue = new Queue(count);
    await new Promise<void>((resolve, reject) => {
      let isWaiting = false;
      const share = (): void => {
        if (ordered.given === count) resolve();
        if (ordered.given === count || isWaiting || this.#hasEnded) return;
        const room = waitForRoom();
        if (room) {
          isWaiting = true;
          room.then(() => {
            isWaiting = false;
            share();
          }, reject);
          return;
        }
        for (const thread of this.#threads) {
          while (thread.load < Math.min(MAX_LOAD, queue.fairShare(this.#threads.length))) {
            const index = queue.take(ordered.isFull);
            if (index === undefined) return;
            hand(index, thread);
          }
        }
      };
      const hand = (index: number, thread: WorkerThread<T, R>): void => {
        thread
          .do(taskOf(index))
          .catch((error: Error) => {
            if (this.#hasEnded) return undefined;
            this.#replace(thread);
            if (error instanceof TaskFailed) return failed(index, error.message);
            queue.putBack(index);
            return undefined;
          })
          .then((result) => {
            if (result !== undefined) ordered.put(index, result);
            share();
          })
          .catch(reject);
      };
      share();
    });
  }

  /** Lets all threads do the task that they are at, and no other, and ends them. */
  async stop(): Promise<void> {
    this.#hasEnded = true;
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  /** Ends all threads, be it in the middle of a task. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #replace(ended: WorkerThread<T, R>): void {
    const place = this.#threads.indexOf(ended);
    if (place < 0) return;
    if (!ended.wasReady) throw new Error(`a thread could not be started: ${ended.why}; --jobs 1 needs none`);
    this.#threads[place] = this.#startThread();
  }
}

/** The tasks that nobody does yet. */
class Queue {
  readonly #count: number;
  #next = 0;
  /** Those whose thread ended before it came to them. */
  readonly #again: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** The last tasks are shared, so that no thread has several while others have none. */
  fairShare(threads: number): number {
    return Math.max(1, Math.ceil((this.#count - this.#next + this.#again.length) / (2 * threads)));
  }

  /** @param isFull whether no further task should be begun; those begun before are what others wait for */
  take(isFull: boolean): number | undefined {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    return isFull || this.#next === this.#count ? undefined : this.#next++;
  }

  putBack(index: number): void {
    this.#again.push(index);
  }
}
