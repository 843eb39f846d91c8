import type { AccountsOfFile } from './accounts.ts';
import { literalOf } from './computedText.ts';
import { Ends } from './ends.ts';
import { type Carried, type Edge, type PolicyFact, type Taker, WHOLE_FILE } from './facts.ts';
import { Holders } from './holders.ts';
import type { Instance, Instances } from './instances.ts';
import { ManagedPolicyNames } from './managedPolicies.ts';
import { fitsName, type KnownName } from './names.ts';
import { folderOf, foldersAround, joinPath } from './paths.ts';
import { resolve } from './resolve.ts';
import { addTo, type Scope } from './scopes.ts';

/** Something on its way: what is carried, and the address that it comes to. */
interface Way {
  readonly carried: Carried;
  readonly address: string;
  readonly instance: Instance;
}

/** Follows policies to those who take them, through the files of the whole repository. */
export class Following {
  readonly holders = new Holders();
  readonly #names: ManagedPolicyNames;
  readonly #includes: Includes;
  /** The ends of what was followed. */
  readonly #ends = new Map<Instance, Map<string, Ends>>();

  constructor(scopes: readonly Scope[], instances: Instances, accountsOfFile: AccountsOfFile, root: string) {
    this.#names = new ManagedPolicyNames(scopes, instances, accountsOfFile, root);
    this.#includes = new Includes(scopes, instances, root);
  }

  /** Who takes a policy of an instance. */
  endsOf(policy: PolicyFact, path: string, instance: Instance): Ends {
    const ends = new Ends();
    ends.limit(policy.quota);
    const ways: Way[] = [];
    for (const taker of policy.takers) this.#take('document', taker, instance, ends, ways, false);
    if (policy.address !== undefined) ways.push({ carried: 'document', address: policy.address, instance });
    if (policy.address === WHOLE_FILE || policy.pointer === '')
      for (const { taker, by, isGuess } of this.#includes.of(path)) {
        if (isGuess) ends.doubts.add(`a path that is computed may mean this file`);
        this.#take('document', taker, by, ends, ways, false);
      }
    for (const way of ways) ends.join(this.#follow(way));
    return ends;
  }

  /** Whether code puts a file in somewhere. */
  isIncluded(path: string): boolean {
    return this.#includes.of(path).length > 0;
  }

  /** Follows a way to all its ends. What was followed before is known. */
  #follow(start: Way): Ends {
    const known = this.#known(start);
    if (known) return known;
    const found: { readonly ends: Ends; readonly next: readonly Way[] }[] = [];
    const rest = [start];
    for (let way = rest.pop(); way; way = rest.pop()) {
      if (this.#known(way)) continue;
      const ends = new Ends();
      this.#remember(way, ends);
      const next: Way[] = [];
      for (const { gives, to, instance, doubt } of this.#edgesOf(way))
        for (const carried of outOf(gives, way.carried)) {
          if (doubt !== undefined && (to.takes === 'any' || to.takes === carried)) ends.doubts.add(doubt);
          this.#take(carried, to, instance, ends, next, true);
        }
      found.push({ ends, next });
      rest.push(...next);
    }
    // Mostly once: what was found last is followed to its ends first. Values that refer to each other take a few turns.
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const { ends, next } of found.toReversed())
        for (const way of next) isNew = ends.join(this.#known(way) as Ends) || isNew;
    }
    return this.#known(start) as Ends;
  }

  *#edgesOf({
    address,
    instance,
  }: Way): Iterable<Pick<Edge, 'gives' | 'to'> & { readonly instance: Instance; readonly doubt?: string }> {
    for (const { gives, to } of instance.scope.edgesOf(address)) yield { gives, to, instance };
    for (const { use, instance: by, doubt } of this.#names.usesOf(address, instance))
      yield { gives: 'arn', to: use.to, instance: by, ...(doubt !== undefined && { doubt }) };
  }

  /** What comes of something that is given to somebody: an end, or ways on. */
  #take(
    carried: Carried,
    { takes, by, merges }: Taker,
    instance: Instance,
    ends: Ends,
    ways: Way[],
    isFollowed: boolean,
  ): void {
    if (takes !== 'any' && takes !== carried) return;
    if (merges) ends.isMerged = true;
    switch (by.kind) {
      case 'holder':
        ends.limit(by.quota);
        if (by.said !== undefined && instance.scope.isRepeated(by.said))
          ends.unknown ??= `'${by.said}' is declared several times`;
        for (const holder of this.holders.meantBy(by.holder, instance)) ends.holders.add(holder);
        return;
      case 'other':
        ends.other ??= by.why;
        return;
      case 'unknown':
        ends.unknown ??= by.why;
        if (by.quota !== undefined) ends.limit(by.quota);
        return;
      case 'address':
        ways.push({ carried, address: by.address, instance });
        return;
      case 'output':
        this.#output(carried, by.name, instance, ends, ways);
        return;
      case 'export': {
        const imports = this.#names.importsOf(by.name, instance);
        if (imports.length === 0)
          ends.unknown ??= `the export '${literalOf(by.name) ?? 'of a computed name'}' hands it on`;
        else ends.doubts.add('other stacks than those here may import it');
        for (const { use, instance: importer } of imports)
          this.#take(carried, use.to, importer, ends, ways, isFollowed);
        return;
      }
      case 'argument': {
        const children = instance.children.get(by.call) ?? [];
        const call = instance.scope.calls.find(({ address }) => address === by.call);
        if (children.length === 0)
          ends.unknown ??= `${call?.label ?? `'${by.call}'`} takes it, and is not in this repository`;
        for (const child of children)
          ways.push({ carried, address: child.scope.isFolder ? `var.${by.name}` : by.name, instance: child });
      }
    }
  }

  #output(carried: Carried, name: string, { caller }: Instance, ends: Ends, ways: Way[]): void {
    if (caller) ways.push({ carried, address: `${caller.call.address}.${name}`, instance: caller.instance });
    else ends.doubts.add(`the output '${name}' may hand it on`);
  }

  #known({ instance, carried, address }: Way): Ends | undefined {
    return this.#ends.get(instance)?.get(`${carried} ${address}`);
  }

  #remember({ instance, carried, address }: Way, ends: Ends): void {
    const known = this.#ends.get(instance) ?? new Map<string, Ends>();
    this.#ends.set(instance, known);
    known.set(`${carried} ${address}`, ends);
  }
}

/** What comes out of an address of what came in. */
function outOf(gives: Edge['gives'], carried: Carried): readonly Carried[] {
  if (gives === 'same') return [carried];
  return gives === 'any' ? ['document', 'arn'] : [gives];
}

interface Inclusion {
  readonly taker: Taker;
  readonly by: Instance;
  readonly isGuess: boolean;
}

/** Who puts in which files. */
class Includes {
  readonly #literal = new Map<string, Inclusion[]>();
  readonly #computed: { readonly fits: (path: string) => boolean; readonly inclusion: Inclusion }[] = [];

  constructor(scopes: readonly Scope[], instances: Instances, root: string) {
    const files = new Set(scopes.flatMap(({ policies }) => policies.map(({ path }) => path)));
    for (const scope of scopes)
      for (const { fact, path } of scope.includes)
        for (const by of instances.of(scope)) {
          const name = resolve(fact.path, by);
          const inclusion = { taker: fact.to, by };
          const folders = fact.isFromRoot ? [root] : fact.isFromAbove ? foldersAround(path, root) : [folderOf(path)];
          const starts = folders.flatMap((folder) => joinPath(folder, name.stretches[0] ?? '') ?? []);
          if (name.stretches.length === 1) {
            const there = fact.isFromAbove ? starts.filter((start) => files.has(start)) : starts;
            // Where one of several files is meant, it may be any of them.
            const isGuess = name.isAssumed || there.length > 1;
            for (const start of there) addTo(this.#literal, start, { ...inclusion, isGuess });
          } else for (const start of starts) this.#addComputed(start, name, inclusion);
        }
  }

  #addComputed(
    start: string,
    { stretches: [first = '', ...others] }: KnownName,
    inclusion: Omit<Inclusion, 'isGuess'>,
  ): void {
    // A path of which nothing but the ending is known may be that of any file below.
    const begins = first === '' || first.endsWith('/') ? `${start}/` : start;
    const pattern = { stretches: [begins, ...others], isAssumed: false };
    this.#computed.push({ fits: (file) => fitsName(file, pattern), inclusion: { ...inclusion, isGuess: true } });
  }

  of(path: string): readonly Inclusion[] {
    const computed = this.#computed.filter(({ fits }) => fits(path)).map(({ inclusion }) => inclusion);
    return [...(this.#literal.get(path) ?? []), ...computed];
  }
}
