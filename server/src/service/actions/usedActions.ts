import { type Catalogue, type CatalogueAction, createCatalogue } from './catalogue.ts';
import type { Service } from './service.ts';

/**
 * The catalogue together with actions that are known to exist, by service prefix (see `findings/existing.ts`), whether or not
 * it knows them: a wildcard that is refined must go on granting them. The catalogue itself, where it knows them all.
 */
export function withUsedActions(
  catalogue: Catalogue,
  used: ReadonlyMap<string, readonly string[]> | undefined,
): Catalogue {
  const services: Record<string, readonly string[]> = Object.create(null) as Record<string, readonly string[]>;
  for (const [prefix, names] of used ?? []) {
    const service = catalogue.service(prefix);
    const unknown = names.filter((name) => !service || service.indexOf(name) < 0);
    if (unknown.length > 0) services[prefix] = [...(service?.names ?? []), ...unknown];
  }
  const larger = createCatalogue({ date: catalogue.date, services });
  return larger.prefixes.length > 0 ? new LargerCatalogue(catalogue, larger) : catalogue;
}

/** A catalogue some services of which are replaced by larger ones. */
class LargerCatalogue implements Catalogue {
  readonly date: string;
  readonly prefixes: readonly string[];
  readonly #base: Catalogue;
  readonly #larger: Catalogue;

  constructor(base: Catalogue, larger: Catalogue) {
    this.date = base.date;
    this.prefixes = [...new Set([...base.prefixes, ...larger.prefixes])].sort();
    this.#base = base;
    this.#larger = larger;
  }

  get size(): number {
    const replaced = this.#larger.prefixes.map((prefix) => this.#base.service(prefix)?.names.length ?? 0);
    return this.#base.size + this.#larger.size - replaced.reduce((sum, count) => sum + count, 0);
  }

  service(prefix: string): Service | undefined {
    return this.#larger.service(prefix) ?? this.#base.service(prefix);
  }

  find(entry: string): CatalogueAction | undefined {
    const found = this.#larger.find(entry) ?? this.#base.find(entry);
    // An action of a replaced service is to be known by the service that takes its place.
    return found && this.service(found.service.prefix) === found.service ? found : undefined;
  }
}
