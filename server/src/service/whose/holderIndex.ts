import type { End, Taker } from './facts.ts';
import type { Holder, Holders } from './holders.ts';
import type { Instance, Instances } from './instances.ts';
import { addTo, type Scope } from './scopes.ts';

/** All holders of a repository, by what is known of their names. */
export class HolderIndex {
  readonly #literal = new Map<string, Set<Holder>>();
  readonly #physical = new Map<string, Holder[]>();
  readonly #byStart = new Map<string, Set<Holder>>();
  readonly patterns = new Set<Holder>();
  /** Those of whom the code tells no name. */
  readonly unknown: Holder[] = [];
  readonly #ofInstance = new Map<Instance, Holder[]>();

  constructor(scopes: readonly Scope[], instances: Instances, holders: Holders) {
    for (const instance of instances.all) for (const holder of holders.declaredIn(instance)) this.#add(holder);
    for (const scope of scopes)
      for (const end of endsIn(scope))
        if (end.kind === 'holder' && 'name' in end.holder)
          for (const instance of instances.of(scope))
            for (const holder of holders.meantBy(end.holder, instance)) this.#add(holder);
  }

  /** Those that have this name for sure. */
  named(name: string): readonly Holder[] {
    return [...(this.#literal.get(name.toLowerCase()) ?? [])];
  }

  /** Those of which CloudFormation may have made a name with this part for the logical id: all that begin with it, where it may have been cut. */
  madeInto(id: string, mayBeCut: boolean): readonly Holder[] {
    const own = id.toLowerCase();
    if (!mayBeCut || own.length < START) return this.#physical.get(own) ?? [];
    const begun = [...(this.#byStart.get(own.slice(0, START)) ?? [])];
    return begun.filter(({ known }) => known.kind === 'physical' && known.logicalId.toLowerCase().startsWith(own));
  }

  /** Those of an instance of which CloudFormation makes up the names. */
  physicalIn(instance: Instance): readonly Holder[] {
    return this.#ofInstance.get(instance) ?? [];
  }

  #add(holder: Holder): void {
    const { known, instance } = holder;
    if (known.kind === 'literal') {
      const key = known.name.toLowerCase();
      const alike = this.#literal.get(key) ?? new Set();
      this.#literal.set(key, alike.add(holder));
    }
    if (known.kind === 'pattern') this.patterns.add(holder);
    if (known.kind === 'unknown' && holder.isDeclared) this.unknown.push(holder);
    if (known.kind !== 'physical') return;
    const id = known.logicalId.toLowerCase();
    addTo(this.#physical, id, holder);
    addTo(this.#ofInstance, instance, holder);
    const start = id.slice(0, START);
    const alike = this.#byStart.get(start) ?? new Set();
    this.#byStart.set(start, alike.add(holder));
  }
}

/** So many letters of a logical id are looked up at once; a name that was cut has at least as many. */
const START = 8;

function* endsIn({ policies, includes, namedUses, files }: Scope): Iterable<End> {
  const takers: Iterable<Taker>[] = [
    policies.flatMap(({ fact }) => fact.takers),
    includes.map(({ fact }) => fact.to),
    namedUses.map(({ fact }) => fact.to),
    files.flatMap(([, { edges }]) => edges.map(({ to }) => to)),
  ];
  for (const list of takers) for (const { by } of list) yield by;
}
