/** So long is waited between two looks at least, in milliseconds. */
const PAUSE_MS = 1000;

/** And so many times as long as the last one took: large folders are not walked through all the time. */
const SHARE = 20;

/** Looks at the disk while somebody works, for clients that do not tell of all that changes there. */
export class DiskLooks {
  readonly #look: () => Promise<boolean>;
  readonly #onChanged: () => void;
  readonly #now: () => number;
  #next: number;

  /**
   * @param look looks, and gives whether anything changed
   * @param onChanged called when something did
   * @param now the time in milliseconds
   */
  constructor(look: () => Promise<boolean>, onChanged: () => void, now = () => performance.now()) {
    this.#look = look;
    this.#onChanged = onChanged;
    this.#now = now;
    this.#next = now() + PAUSE_MS;
  }

  /** Looks now unless that was done a moment ago. Nobody waits for it: who asks again is told what was found. */
  soon(): void {
    const started = this.#now();
    if (started < this.#next) return;
    this.#next = Number.POSITIVE_INFINITY;
    this.#look().then(
      (hasChanged) => {
        const ended = this.#now();
        this.#next = ended + Math.max(PAUSE_MS, SHARE * (ended - started));
        if (hasChanged) this.#onChanged();
      },
      () => {
        this.#next = this.#now() + PAUSE_MS;
      },
    );
  }
}
