import type { ComputedText } from './computedText.ts';
import { literalOf } from './computedText.ts';
import type { CallFact, DeploymentFact, FileFacts, InventoryFact } from './facts.ts';
import { folderOf, foldersAround, isInside, joinPath } from './paths.ts';
import { addTo, type Scope } from './scopes.ts';

/** What is known of how often a scope is deployed by itself, and not by another one that calls it. */
export interface Deployments {
  /** The deployments that are named, each once. */
  readonly named: readonly NamedDeployment[];
  /** What says that there may be several others, as clauses. */
  readonly several: readonly string[];
}

/** A stack, or a state, of which more is known than that it may exist. */
export interface NamedDeployment {
  readonly stack?: ComputedText;
  readonly account?: string;
  /** As a clause. */
  readonly why: string;
  /** What variables or parameters are given in it. */
  readonly arguments?: CallFact['arguments'];
  /** What its resources are called, by logical ids; and the ARNs of Terraform's, by addresses. */
  readonly physicalIds?: ReadonlyMap<string, string>;
}

/** Says of each scope how often it is deployed. */
export class DeploymentsOfScopes {
  readonly #scopes: ReadonlyMap<string, Scope>;
  /** By what is deployed. */
  readonly #facts = new Map<string, DeploymentFact[]>();
  readonly #templatesIn = new Map<string, number>();
  readonly #root: string;
  readonly #own = new Map<string, DeploymentFact[]>();
  readonly #inventories = new Map<Scope, NamedDeployment[]>();

  /** @param root the folder of the repository */
  constructor(files: Iterable<readonly [string, FileFacts]>, scopes: ReadonlyMap<string, Scope>, root: string) {
    this.#scopes = scopes;
    this.#root = root;
    const all = [...files];
    for (const [path, { deployments, scope }] of all)
      for (const fact of deployments) {
        if (typeof fact.of === 'string') {
          for (const target of targetsOf(path, fact.of, fact.isFromAbove, root)) addTo(this.#facts, target, fact);
        } else {
          const key = scope === 'folder' ? folderOf(path) : path;
          this.#own.set(key, [...(this.#own.get(key) ?? []), fact]);
        }
      }
    for (const [path, { inventory }] of all) for (const fact of inventory) this.#addInventory(path, fact);
  }

  /** How often a scope is deployed. */
  of(scope: Scope): Deployments {
    const told = this.#toldOf(scope);
    const facts = [...(this.#own.get(scope.path) ?? []), ...told.map(({ fact }) => fact)];
    const several = new Set(facts.filter(({ isSeveral }) => isSeveral).map(({ why }) => why));
    const single = facts.filter(({ isSeveral }) => !isSeveral);
    const named = new Map<string, NamedDeployment>();
    for (const deployment of this.#inventories.get(scope) ?? []) {
      // Pages of one answer list one stack; two states are two deployments.
      const key = deployment.stack === undefined ? `${named.size}` : keyOf(deployment);
      const known = named.get(key)?.physicalIds;
      named.set(
        key,
        known ? { ...deployment, physicalIds: new Map([...known, ...(deployment.physicalIds ?? [])]) } : deployment,
      );
    }
    for (const fact of single) {
      // Of a folder with many templates nobody can say which of them a stack is made of.
      const isOwn = fact.stack !== undefined && !scope.isFolder && this.#isOnly(scope, fact, told);
      if (isOwn && !named.has(keyOf(fact))) named.set(keyOf(fact), fact);
    }
    const unnamed = new Map<string, string>();
    for (const { stack, environment, account, why } of single)
      if (stack === undefined || scope.isFolder) unnamed.set(`${environment ?? why} ${account ?? ''}`, why);
    if (unnamed.size > 1) several.add([...unnamed.values()].slice(0, 2).join(' and '));
    return { named: [...named.values()], several: [...several] };
  }

  /** What is said of a scope, and what it is said of: the scope, or a folder that it lies in. */
  #toldOf(scope: Scope): { readonly target: string; readonly fact: DeploymentFact }[] {
    const folder = scope.isFolder ? scope.path : folderOf(scope.path);
    const targets = scope.isFolder ? [] : [scope.path];
    return [...targets, ...foldersAround(`${folder}/`, this.#root)].flatMap((target) =>
      (this.#facts.get(target) ?? [])
        .filter((fact) => isOfKind(scope, fact) && (target === folder || !isOfNothingBelow(fact)))
        .map((fact) => ({ target, fact })),
    );
  }

  #isOnly(
    scope: Scope,
    fact: DeploymentFact,
    told: readonly { readonly target: string; readonly fact: DeploymentFact }[],
  ): boolean {
    if (typeof fact.of !== 'string') return true;
    const targets = told.filter((other) => other.fact === fact).map(({ target }) => target);
    return targets.includes(scope.path) || this.#countTemplates(targets[0] ?? '') === 1;
  }

  #countTemplates(folder: string): number {
    let count = this.#templatesIn.get(folder);
    if (count === undefined) {
      count = [...this.#scopes.values()].filter((other) => isInside(other.path, folder) && isTemplate(other)).length;
      this.#templatesIn.set(folder, count);
    }
    return count;
  }

  #addInventory(path: string, fact: InventoryFact): void {
    if (fact.kind === 'stack') {
      const physicalIds = new Map(fact.resources.map(({ logicalId, physicalId }) => [logicalId, physicalId] as const));
      const ids = fact.resources.filter(({ type }) => /^AWS::IAM::(?:Role|User|Group)$/.test(type));
      const scope = this.#bestScope(path, false, (own) => ids.map(({ logicalId }) => own.hasHolder(logicalId)));
      if (!scope) return;
      const name = fact.stack ?? 'a stack';
      this.#inventories.set(scope, [
        ...(this.#inventories.get(scope) ?? []),
        {
          ...(fact.stack !== undefined && { stack: [fact.stack] }),
          ...(fact.account !== undefined && { account: fact.account }),
          why: `'${baseName(path)}' lists the resources of '${name}'`,
          physicalIds,
        },
      ]);
    }
    if (fact.kind !== 'state') return;
    const scope = this.#bestScope(path, true, (own) =>
      fact.resources.map(
        ({ address }) => own.hasHolder(address.replace(/\[[^\]]*\]$/, '')) || address.startsWith('module.'),
      ),
    );
    if (!scope) return;
    this.#inventories.set(scope, [
      ...(this.#inventories.get(scope) ?? []),
      {
        why: `'${baseName(path)}' lists its state`,
        physicalIds: new Map(fact.resources.map(({ address, arn }) => [address, arn] as const)),
      },
    ]);
  }

  /** The one scope that has all that an inventory lists: that of the nearest folder, where several have. */
  #bestScope(path: string, isFolder: boolean, has: (scope: Scope) => readonly boolean[]): Scope | undefined {
    const fitting = [...this.#scopes.values()].filter((scope) => {
      const found = scope.isFolder === isFolder ? has(scope) : [];
      return found.length > 0 && found.every(Boolean);
    });
    if (fitting.length <= 1) return fitting[0];
    const near = fitting.filter((scope) => isInside(path, scope.isFolder ? scope.path : folderOf(scope.path)));
    const deepest = Math.max(...near.map((scope) => scope.path.length));
    const [only, ...others] = near.filter((scope) => scope.path.length === deepest);
    return others.length === 0 ? only : undefined;
  }
}

/** What a deployment may be of: paths of files and folders. */
function targetsOf(path: string, of: string, isFromAbove: boolean | undefined, root: string): string[] {
  if (of === '/') return [root];
  const folders = isFromAbove ? foldersAround(path, root) : [folderOf(path)];
  return folders.flatMap((folder) => joinPath(folder, of) ?? []);
}

/** Whether it may be a scope of this kind that is deployed. Policies that nothing holds are part of no template. */
function isOfKind(scope: Scope, { kind, of }: DeploymentFact): boolean {
  if (kind === 'folder') return scope.isFolder;
  if (kind !== 'file') return true;
  return !scope.isFolder && (of !== '/' || !scope.policies.every(({ fact }) => fact.isLoose));
}

function isOfNothingBelow({ isFromAbove, of }: DeploymentFact): boolean {
  return isFromAbove === true && of === '';
}

function keyOf({ stack, account }: Pick<NamedDeployment, 'stack' | 'account'>): string {
  const name = stack && (literalOf(stack) ?? JSON.stringify(stack));
  return `${account ?? ''} ${name?.toLowerCase() ?? ''}`;
}

function isTemplate(scope: Scope): boolean {
  return !scope.isFolder && (scope.calls.length > 0 || [...scope.holders].length > 0);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
