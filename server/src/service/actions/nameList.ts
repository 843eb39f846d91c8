import { foldCase } from './foldCase.ts';
import type { Service } from './service.ts';

/**
 * Names of actions of one service, as a finding lists them: in its order, what the catalogue knows as an index.
 *
 * An organisation's findings hold millions of names, and AWS has some 20,000. As numbers they take a tenth of the room, and
 * are looked up in the catalogue once, when they are read.
 */
export class NameList implements Iterable<string> {
  /** The service, as known to the catalogue that the names were looked up in. */
  readonly service: Service | undefined;
  /** An index into the service's names; below zero, what `~code` is the index of in `unknown`. */
  #codes: number[] = [];
  /** The names that the catalogue lacks, as they were added. */
  readonly unknown: string[] = [];

  constructor(service: Service | undefined) {
    this.service = service;
  }

  get length(): number {
    return this.#codes.length;
  }

  /** The indexes of the names that the service knows; below zero stands one that it does not. */
  get indexes(): readonly number[] {
    return this.#codes;
  }

  /** Adds a name, in any case, if the service knows it; false when it does not. */
  addKnown(name: string): boolean {
    const index = this.service?.indexOf(name) ?? -1;
    if (index >= 0) this.#codes.push(index);
    return index >= 0;
  }

  /** Adds a name that the service does not know. */
  addUnknown(name: string): void {
    this.#codes.push(~this.unknown.length);
    this.unknown.push(name);
  }

  /** Gives back the room that was kept for more names. */
  trim(): void {
    this.#codes = this.#codes.slice();
  }

  /** The position in the list of a name in any case; -1 when it is not listed. */
  find(name: string): number {
    const index = this.service?.indexOf(name) ?? -1;
    if (index >= 0) return this.#codes.indexOf(index);
    const key = foldCase(name);
    const unknown = this.unknown.findIndex((candidate) => foldCase(candidate) === key);
    return unknown < 0 ? -1 : this.#codes.indexOf(~unknown);
  }

  /** The names, spelled as the catalogue does, or as they were added where it does not know them. */
  *[Symbol.iterator](): Iterator<string> {
    for (const code of this.#codes) yield (code < 0 ? this.unknown[~code] : this.service?.names[code]) as string;
  }
}
