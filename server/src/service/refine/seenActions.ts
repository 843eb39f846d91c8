import type { Grant } from './grant.ts';

/** Counts granted and unused actions, each once however many entries grant it. */
export class SeenActions {
  granted = 0;
  unused = 0;
  /** By service, then by catalogue index: 1 once counted. */
  readonly #flags = new Map<string, Uint8Array>();
  readonly #unknown = new Set<string>();

  addAll(grants: readonly Grant[]): void {
    for (const grant of grants) this.#add(grant);
  }

  #add({ prefix, service, indexes, unused, unknown }: Grant): void {
    let flags = this.#flags.get(prefix);
    if (!flags) {
      flags = new Uint8Array(service?.names.length ?? 0);
      this.#flags.set(prefix, flags);
    }
    for (const index of indexes) {
      if (flags[index] === 1) continue;
      flags[index] = 1;
      this.granted++;
      if (unused?.hasIndex(index)) this.unused++;
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
