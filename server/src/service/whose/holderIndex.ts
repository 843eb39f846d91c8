import type { End, Taker } from './facts.ts';
import type { Holder, Holders } from './holders.ts';
import type { Instance, Instances } from './instances.ts';
import { MIN_CUT, startOf } from './physicalName.ts';
import { addTo, type Scope } from './scopes.ts';

/** All holders of a repository, by what is known of their names. */
export class HolderIndex {
  readonly #literal = new Map<string, Holder[]>();
  readonly #physical = new Map<string, Holder[]>();
  readonly #byStart = new Map<string, Holder[]>();
  readonly patterns: Holder[] = [];
  /** Those of whom the code tells no name. */
  readonly unknown: Holder[] = [];
  readonly #ofRoot = new Map<Instance, Holder[]>();
  readonly #known = new Set<Holder>();

  constructor(scopes: readonly Scope[], instances: Instances, holders: Holders) {
    for (const instance of instances.all) for (const holder of holders.declaredIn(instance)) this.#add(holder);
    for (const scope of scopes)
      for (const end of endsIn(scope))
        if (end.kind === 'holder')
          for (const instance of instances.of(scope))
            for (const holder of holders.meantBy(end.holder, instance)) this.#add(holder);
  }

  /** Those that have this name for sure. */
  named(name: string): readonly Holder[] {
    return this.#literal.get(name.toLowerCase()) ?? [];
  }

  /** Those of which CloudFormation may have made a name with this part for the logical id: all that begin with it, where it may have been cut. */
  madeInto(id: string, mayBeCut: boolean): readonly Holder[] {
    const own = id.toLowerCase();
    if (!mayBeCut || own.length < MIN_CUT) return this.#physical.get(own) ?? [];
    const begun = this.#byStart.get(startOf(own)) ?? [];
    return begun.filter(({ known }) => known.kind === 'physical' && known.logicalId.toLowerCase().startsWith(own));
  }

  /** Those that are declared by a deployment and by all that it calls. */
  declaredWith(root: Instance): readonly Holder[] {
    return this.#ofRoot.get(root) ?? [];
  }

  #add(holder: Holder): void {
    if (this.#known.has(holder)) return;
    this.#known.add(holder);
    const { known, instance } = holder;
    if (holder.isDeclared) addTo(this.#ofRoot, instance.root, holder);
    if (known.kind === 'literal') addTo(this.#literal, known.name.toLowerCase(), holder);
    if (known.kind === 'pattern') this.patterns.push(holder);
    if (known.kind === 'unknown') this.unknown.push(holder);
    if (known.kind !== 'physical') return;
    const id = known.logicalId.toLowerCase();
    addTo(this.#physical, id, holder);
    addTo(this.#byStart, startOf(id), holder);
  }
}

function* endsIn({ policies, includes, namedUses, files }: Scope): Iterable<End> {
  const takers: Iterable<Taker>[] = [
    policies.flatMap(({ fact }) => fact.takers),
    includes.map(({ fact }) => fact.to),
    namedUses.map(({ fact }) => fact.to),
    files.flatMap(([, { edges }]) => edges.map(({ to }) => to)),
  ];
  for (const list of takers) for (const { by } of list) yield by;
}
