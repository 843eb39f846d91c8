import { Worker } from 'node:worker_threads';

/** A task ended the thread that did it. */
export class TaskFailed extends Error {}

/** What a thread says first: that it takes tasks. From then on it answers each task in turn. */
export const READY = 'ready';

/** What a thread is told last. */
export const STOP = 'stop';

/** What a thread finds as its `workerData`. */
export interface ThreadData<D> {
  readonly data: D;
  /** 1 when the thread should do no further task. */
  readonly isStopped: Int32Array;
}

/** Another thread, which does one task after the other. */
export class WorkerThread<T, R> {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  /** The tasks that it has, in the order in which it does them. */
  readonly #tasks: { readonly resolve: (result: R) => void; readonly reject: (error: Error) => void }[] = [];
  /** Shared with the thread, which does not hear of messages while it is at a task: 1 when it should do no other. */
  readonly #isStopped = new Int32Array(new SharedArrayBuffer(4));
  #isReady = false;
  #failure: NodeJS.ErrnoException | undefined;
  #why: string | undefined;

  /**
   * @param script the file that the thread runs
   * @param data what the script finds in its `workerData`
   */
  constructor(script: string, data: unknown) {
    this.#worker = new Worker(script, {
      workerData: { data, isStopped: this.#isStopped } satisfies ThreadData<unknown>,
    });
    this.#worker.on('message', (message: R | typeof READY) => {
      if (message === READY) this.#isReady = true;
      else this.#tasks.shift()?.resolve(message as R);
    });
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
    // All that the thread answered before it ended has come by then.
    this.#ended = new Promise((resolve) =>
      this.#worker.once('exit', (code) => {
        this.#abandon(code);
        resolve();
      }),
    );
  }

  /** How many tasks it has. */
  get load(): number {
    return this.#tasks.length;
  }

  /** Why it ended; `undefined` while it has not. */
  get why(): string | undefined {
    return this.#why;
  }

  /** Whether it ever took tasks. */
  get wasReady(): boolean {
    return this.#isReady;
  }

  /** Rejects with `TaskFailed` when it ends the thread; with another error when the thread ended before: another can do it. */
  do(task: T): Promise<R> {
    if (this.#why !== undefined) return Promise.reject(new Error(this.#why));
    const answer = new Promise<R>((resolve, reject) => this.#tasks.push({ resolve, reject }));
    this.#worker.postMessage(task);
    return answer;
  }

  /** Lets the thread do the task that it is at, and no other, and ends it. */
  async stop(): Promise<void> {
    Atomics.store(this.#isStopped, 0, 1);
    this.#worker.postMessage(STOP);
    await this.#ended;
  }

  /** Ends the thread, be it in the middle of a task. */
  async end(): Promise<void> {
    await this.#worker.terminate();
    await this.#ended;
  }

  #abandon(code: number): void {
    const why = explain(this.#failure, code);
    this.#why = why;
    for (const [index, { reject }] of this.#tasks.splice(0).entries())
      reject(index === 0 && this.#isReady ? new TaskFailed(why) : new Error(why));
  }
}

function explain(failure: NodeJS.ErrnoException | undefined, code: number): string {
  if (failure?.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'there is not enough memory for it';
  return `its thread ended: ${failure?.message ?? `exit status ${code}`}`;
}
