import { within } from './deadline.ts';

/** Everything of one kind that the server sent, in order, and a way to wait for what is still to come. */
export class Inbox<T> {
  readonly all: T[] = [];
  readonly #what: string;
  readonly #listeners = new Set<() => void>();

  /** @param what the kind of thing, for the message when it never comes */
  constructor(what: string) {
    this.#what = what;
  }

  push(item: T): void {
    this.all.push(item);
    for (const listener of this.#listeners) listener();
  }

  /** The first matching item that arrived, or will. */
  first(matches: (item: T) => boolean = () => true): Promise<T> {
    return this.#find(0, matches);
  }

  /** The first matching item that arrives after `action` began. */
  async after(action: () => unknown, matches: (item: T) => boolean = () => true): Promise<T> {
    const from = this.all.length;
    await action();
    return this.#find(from, matches);
  }

  async #find(from: number, matches: (item: T) => boolean): Promise<T> {
    const find = () => this.all.slice(from).find(matches);
    let listener: () => void = () => {};
    const found = new Promise<T>((resolve) => {
      listener = () => {
        const item = find();
        if (item !== undefined) resolve(item);
      };
      this.#listeners.add(listener);
      listener();
    });
    try {
      return await within(found, this.#what);
    } finally {
      this.#listeners.delete(listener);
    }
  }
}
