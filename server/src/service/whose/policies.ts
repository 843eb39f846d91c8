import { Ends } from './ends.ts';
import type { PolicyFact } from './facts.ts';
import type { Following } from './following.ts';
import type { Holder } from './holders.ts';
import type { Instances } from './instances.ts';
import { addTo, type Scope } from './scopes.ts';

/** A policy of a repository, and who takes it. */
export interface RepositoryPolicy {
  readonly fact: PolicyFact;
  readonly path: string;
  readonly scope: Scope;
  /** By all ways, in all deployments that are known. */
  readonly ends: Ends;
  /** The holders in deployments that there may be beside those that are named. */
  readonly perhaps: ReadonlySet<Holder>;
  /** Whether code elsewhere puts its file in. */
  readonly isIncluded: boolean;
}

/** The policies of a repository, each followed when it is first asked for. */
export class Policies {
  readonly #facts = new Map<string, Map<string, { readonly fact: PolicyFact; readonly scope: Scope }>>();
  readonly #byHolderAddress = new Map<string, string[]>();
  readonly #known = new Map<PolicyFact, RepositoryPolicy>();
  readonly #instances: Instances;
  readonly #following: Following;

  constructor(scopes: Iterable<Scope>, instances: Instances, following: Following) {
    this.#instances = instances;
    this.#following = following;
    for (const scope of scopes)
      for (const { fact, path } of scope.policies) {
        const ofFile = this.#facts.get(path) ?? new Map();
        this.#facts.set(path, ofFile);
        if (!ofFile.has(fact.pointer)) ofFile.set(fact.pointer, { fact, scope });
        addTo(this.#byHolderAddress, path, fact.pointer);
      }
  }

  /** The policies of a file, in their order. */
  ofFile(path: string): RepositoryPolicy[] {
    return [...(this.#facts.get(path)?.keys() ?? [])].flatMap((pointer) => this.at(path, pointer) ?? []);
  }

  /** The paths of the files that have policies. */
  get paths(): Iterable<string> {
    return this.#facts.keys();
  }

  /** The facts of a file's policies, which none need be followed for. */
  factsOf(path: string): PolicyFact[] {
    return [...(this.#facts.get(path)?.values() ?? [])].map(({ fact }) => fact);
  }

  at(path: string, pointer: string): RepositoryPolicy | undefined {
    const found = this.#facts.get(path)?.get(pointer);
    if (!found) return undefined;
    const { fact, scope } = found;
    let policy = this.#known.get(fact);
    if (!policy) {
      policy = this.#follow(fact, path, scope);
      this.#known.set(fact, policy);
    }
    return policy;
  }

  #follow(fact: PolicyFact, path: string, scope: Scope): RepositoryPolicy {
    const ends = new Ends();
    const perhaps = new Set<Holder>();
    const instances = this.#instances.of(scope);
    for (const instance of instances) {
      const own = this.#following.endsOf(fact, path, instance);
      if (!instance.isOpen) {
        ends.join(own);
        continue;
      }
      // There may be no such deployment, so that nobody there need have findings; but what it says beside goes for all of them.
      for (const holder of own.holders)
        if (holder.instance.isOpen && isAlsoNamed(holder)) perhaps.add(holder);
        else ends.holders.add(holder);
      const rest = new Ends();
      rest.join(own);
      rest.holders.clear();
      ends.join(rest);
    }
    return { fact, path, scope, ends, perhaps, isIncluded: this.#following.isIncluded(path) };
  }
}

/** Whether a holder of an open deployment is one whose name differs from deployment to deployment. */
function isAlsoNamed({ known, instance }: Holder): boolean {
  return instance.isOpen && known.kind !== 'unknown';
}
