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
  #isLooking = false;
  #isAskedAgain = false;

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
    if (!this.#isLooking && this.#now() >= this.#next) this.#start();
  }

  /** Looks at what is on the disk from now on, however long the last look is ago. */
  now(): void {
    if (this.#isLooking) this.#isAskedAgain = true;
    else this.#start();
  }

  #start(): void {
    const started = this.#now();
    this.#isLooking = true;
    const end = (pause: number) => {
      this.#isLooking = false;
      this.#next = this.#now() + pause;
      if (!this.#isAskedAgain) return;
      this.#isAskedAgain = false;
      this.#start();
    };
    this.#look().then(
      (hasChanged) => {
        end(Math.max(PAUSE_MS, SHARE * (this.#now() - started)));
        if (hasChanged) this.#onChanged();
      },
      () => end(PAUSE_MS),
    );
  }
}
