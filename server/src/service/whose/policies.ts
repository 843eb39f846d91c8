import { Ends } from './ends.ts';
import type { PolicyFact } from './facts.ts';
import type { Following } from './following.ts';
import type { Holder } from './holders.ts';
import type { Instances } from './instances.ts';
import type { Scope } from './scopes.ts';

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

interface Declared {
  readonly fact: PolicyFact;
  readonly scope: Scope;
  /** Once it was followed. */
  policy?: RepositoryPolicy;
}

/** The policies of a repository, each followed when it is first asked for. */
export class Policies {
  readonly #facts = new Map<string, Map<string, Declared>>();
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
    found.policy ??= this.#follow(found.fact, path, found.scope);
    return found.policy;
  }

  #follow(fact: PolicyFact, path: string, scope: Scope): RepositoryPolicy {
    const ends = new Ends();
    const perhaps = new Set<Holder>();
    for (const instance of this.#instances.of(scope)) {
      const own = this.#following.endsOf(fact, path, instance);
      const [several] = [...instance.root.several, ...instance.several];
      for (const holder of own.holders) {
        // There may be no such deployment, so that nobody there need have findings.
        if (holder.instance.isOpen) perhaps.add(holder);
        else ends.holders.add(holder);
        if (several !== undefined && holder.instance.root !== instance.root)
          ends.doubts.add(`the policy may be deployed more than once: ${several}`);
      }
      // What it says beside goes for all of them.
      own.holders.clear();
      ends.join(own);
    }
    return { fact, path, scope, ends, perhaps, isIncluded: this.#following.isIncluded(path) };
  }
}
