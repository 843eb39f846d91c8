import { type ComputedText, HOLE, literalOf } from './computedText.ts';
import { type Deployments, DeploymentsOfScopes, type NamedDeployment } from './deployments.ts';
import { isForTests } from './environments.ts';
import type { CallFact, FileFacts } from './facts.ts';
import { folderOf, joinPath } from './paths.ts';
import { addTo, type Scope } from './scopes.ts';

/** So many are followed; a repository with more is not known whole. */
const MAX_INSTANCES = 20_000;
const MAX_DEPTH = 16;

/** So many keys of a loop are followed one by one. */
const MAX_KEYS = 64;

/** A scope as it is deployed: by itself, or by another one that calls it. */
export class Instance {
  readonly scope: Scope;
  /** What calls it; absent for one that is deployed by itself. */
  readonly caller?: { readonly instance: Instance; readonly call: CallFact; readonly key?: string };
  /** The deployment by itself that it is part of. */
  readonly root: Instance;
  /** The named deployment that a root is. */
  readonly deployment?: NamedDeployment;
  /** Whether this stands for deployments of a template beside those that are named: there may be none. */
  readonly isOpen: boolean;
  /** The name of its stack. */
  readonly stack: ComputedText;
  /** Accounts that a call names. */
  readonly account?: string;
  /** Why there may be several of it, as a clause. */
  readonly several: readonly string[];
  /** The providers that calls give on the way to it. */
  readonly provider: string;
  /** The calls on the way to it, as Terraform's addresses begin: `module.app["a"].`; empty for a root. */
  readonly prefix: string;
  readonly children = new Map<string, Instance[]>();

  constructor(
    scope: Scope,
    how: {
      readonly caller?: Instance['caller'];
      readonly deployment?: NamedDeployment;
      readonly isOpen?: boolean;
      readonly several?: readonly string[];
      readonly account?: string;
    },
  ) {
    const { caller, deployment } = how;
    this.scope = scope;
    if (caller) this.caller = caller;
    if (deployment) this.deployment = deployment;
    this.root = caller?.instance.root ?? this;
    this.isOpen = how.isOpen ?? caller?.instance.isOpen ?? false;
    this.stack = deployment?.stack ?? (caller && stackOf(caller)) ?? [HOLE];
    const account = how.account ?? deployment?.account ?? caller?.instance.account;
    if (account !== undefined) this.account = account;
    this.several = [...(caller?.instance.several ?? []), ...(how.several ?? [])];
    this.provider = [caller?.instance.provider ?? '', caller?.call.provider ?? ''].filter(Boolean).join(' ');
    this.prefix = caller
      ? `${caller.instance.prefix}${caller.call.address}${caller.key === undefined ? '' : `[${JSON.stringify(caller.key)}]`}.`
      : '';
  }
}

/** A nested stack is named after the one that it is nested in, and its own logical id. */
function stackOf({ instance, call }: NonNullable<Instance['caller']>): ComputedText {
  if (call.kind !== 'file') return instance.stack;
  if (call.stackName) return call.stackName;
  return [...instance.stack, `-${call.address.split('.')[0]}-`, HOLE];
}

/** All scopes as they are deployed. */
export class Instances {
  readonly #scopes: ReadonlyMap<string, Scope>;
  readonly #deployments: DeploymentsOfScopes;
  readonly #byScope = new Map<Scope, Instance[]>();
  /** File scopes by the names of their files, for what is deployed from an address elsewhere. */
  readonly #byName = new Map<string, Scope[]>();
  /** Why a scope may be called by somebody of whom nobody can say what it calls, as clauses. */
  readonly #perhaps = new Map<Scope, string[]>();
  #count = 0;

  /** @param root the folder of the repository */
  constructor(files: readonly (readonly [string, FileFacts])[], scopes: ReadonlyMap<string, Scope>, root: string) {
    this.#scopes = scopes;
    this.#deployments = new DeploymentsOfScopes(files, scopes, root);
    for (const scope of scopes.values())
      if (!scope.isFolder) addTo(this.#byName, scope.path.slice(scope.path.lastIndexOf('/') + 1), scope);
    for (const scope of scopes.values())
      for (const call of scope.calls) {
        const targets = this.#targetsOf(scope, call);
        if (targets.length > 1)
          for (const target of targets) addTo(this.#perhaps, target, `${call.label} may be made of it`);
      }
    // A module that only its own examples call is deployed by others, elsewhere.
    const called = new Set(
      [...scopes.values()].flatMap((scope) =>
        isForTests(scope.path, root)
          ? []
          : scope.calls.flatMap((call) => this.#targetOf(scope, call) ?? []).filter((target) => target !== scope),
      ),
    );
    for (const scope of scopes.values())
      if (called.has(scope)) this.#addNamedRoots(scope);
      else this.#addRoots(scope);
    // What nothing but itself leads to is a root after all.
    for (const scope of scopes.values()) if (!this.#byScope.has(scope)) this.#addRoots(scope);
  }

  /** Whether there are more than are followed. */
  get isPartial(): boolean {
    return this.#count >= MAX_INSTANCES;
  }

  of(scope: Scope): readonly Instance[] {
    return this.#byScope.get(scope) ?? [];
  }

  get all(): Iterable<Instance> {
    return [...this.#byScope.values()].flat();
  }

  deploymentsOf(scope: Scope): Deployments {
    const { named, several } = this.#deployments.of(scope);
    return { named, several: [...several, ...(this.#perhaps.get(scope) ?? [])] };
  }

  /** Deployments by itself of what others call, too: a list of a stack's resources may be that of a stack that is nested. */
  #addNamedRoots(scope: Scope): void {
    const { named, several } = this.deploymentsOf(scope);
    for (const deployment of named)
      if (!deployment.physicalIds) this.#add(scope, new Instance(scope, { deployment, several }), [scope]);
  }

  #addRoots(scope: Scope): void {
    const { named, several } = this.deploymentsOf(scope);
    for (const deployment of named) this.#add(scope, new Instance(scope, { deployment, several }), [scope]);
    this.#add(scope, new Instance(scope, { isOpen: named.length > 0, several }), [scope]);
  }

  #add(scope: Scope, instance: Instance, chain: readonly Scope[]): void {
    if (this.isPartial) return;
    this.#count++;
    addTo(this.#byScope, scope, instance);
    if (chain.length > MAX_DEPTH) return;
    for (const call of scope.calls) {
      const target = this.#targetOf(scope, call);
      if (!target || chain.includes(target)) continue;
      for (const child of childrenOf(instance, call, target, this.#perhaps.get(target) ?? [])) {
        addTo(instance.children, call.address, child);
        this.#add(target, child, [...chain, target]);
      }
    }
  }

  /** The one scope that is called. */
  #targetOf(scope: Scope, call: CallFact): Scope | undefined {
    const [only, ...others] = this.#targetsOf(scope, call);
    return others.length === 0 ? only : undefined;
  }

  /** The scopes that may be called. */
  #targetsOf({ path, isFolder }: Scope, { target, kind }: CallFact): readonly Scope[] {
    if (!target) return [];
    const folder = isFolder ? path : folderOf(path);
    const written = literalOf(target);
    const near = written !== undefined && !/^\w+:/.test(written) ? joinPath(folder, written) : undefined;
    const found = near === undefined ? undefined : this.#scopes.get(near);
    if (found || kind === 'folder') return found?.isFolder === (kind === 'folder') ? [found] : [];
    // Of a template that is deployed from a bucket the file's name is known.
    const last = target.at(-1);
    const name = typeof last === 'string' ? /([^/]+)$/.exec(last)?.[1] : undefined;
    if (name === undefined || (last === name && target.length > 1)) return [];
    return this.#byName.get(name) ?? [];
  }
}

/** @param several why there may be others, as clauses */
function childrenOf(instance: Instance, call: CallFact, scope: Scope, several: readonly string[]): Instance[] {
  const { amount, accounts = [] } = call;
  const child = (how: { key?: string; account?: string; several?: string[] }) => {
    const { key, ...rest } = { several, ...how };
    return new Instance(scope, { caller: { instance, call, ...(key !== undefined && { key }) }, ...rest });
  };
  if (accounts.length > 0) return accounts.map((account) => child({ account }));
  if (amount === 'one' || amount === 'optional') return [child({})];
  if (amount === 'several' || amount.length > MAX_KEYS)
    return [child({ several: [...several, `${call.label} may be there several times`] })];
  return amount.map((key) => child({ key }));
}
