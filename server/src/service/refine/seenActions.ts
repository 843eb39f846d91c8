import type { Grant } from './grant.ts';
import { NameMarks } from './nameMarks.ts';

/** Counts granted and unused actions, each once however many entries grant it. */
export class SeenActions {
  granted = 0;
  unused = 0;
  readonly #known = new NameMarks();
  readonly #unknown = new Set<string>();

  addAll(grants: readonly Grant[]): void {
    for (const grant of grants) this.#add(grant);
  }

  #add({ prefix, service, indexes, unused, unknown }: Grant): void {
    if (service) {
      this.#known.add(service, indexes, (index) => {
        this.granted++;
        if (unused?.hasIndex(index)) this.unused++;
      });
    }
    for (const name of unknown) {
      const action = `${prefix}:${name.toLowerCase()}`;
      if (this.#unknown.has(action)) continue;
      this.#unknown.add(action);
      this.granted++;
      this.unused++;
    }
  }
}
