import type { NameIndexes, Service } from '../actions/service.ts';
import type { Grant } from './grant.ts';

/** A set of the catalogue's actions. */
export class NameMarks {
  /** How many actions are in it. */
  size = 0;
  readonly #marks = new Map<Service, Uint8Array>();

  /** Adds what entries grant. */
  addAll(grants: readonly Grant[]): void {
    for (const { service, indexes } of grants) if (service) this.add(service, indexes);
  }

  /** @param onNew called with each name that was not in it */
  add(service: Service, indexes: NameIndexes, onNew?: (index: number) => void): void {
    let marks = this.#marks.get(service);
    if (!marks) {
      marks = new Uint8Array(service.names.length);
      this.#marks.set(service, marks);
    }
    for (const index of indexes) {
      if (marks[index] === 1) continue;
      marks[index] = 1;
      this.size++;
      onNew?.(index);
    }
  }

  has(service: Service, index: number): boolean {
    return this.#marks.get(service)?.[index] === 1;
  }
}
