import type { ComputedText } from './computedText.ts';
import { literalOf } from './computedText.ts';
import type { DeploymentFact, FileFacts, InventoryFact } from './facts.ts';
import { folderOf, isInside, joinPath } from './paths.ts';
import type { Scope } from './scopes.ts';

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
  /** What its resources are called, by logical ids; and the ARNs of Terraform's, by addresses. */
  readonly physicalIds?: ReadonlyMap<string, string>;
}

/** Says of each scope how often it is deployed. */
export class DeploymentsOfScopes {
  readonly #scopes: ReadonlyMap<string, Scope>;
  readonly #facts: (readonly [path: string, fact: DeploymentFact])[] = [];
  readonly #own = new Map<string, DeploymentFact[]>();
  readonly #inventories = new Map<Scope, NamedDeployment[]>();

  /** @param root the folder of the repository */
  constructor(files: Iterable<readonly [string, FileFacts]>, scopes: ReadonlyMap<string, Scope>, root: string) {
    this.#scopes = scopes;
    const all = [...files];
    for (const [path, { deployments, scope }] of all)
      for (const fact of deployments) {
        if (typeof fact.of === 'string') this.#facts.push([targetOf(path, fact.of, root), fact]);
        else {
          const key = scope === 'folder' ? folderOf(path) : path;
          this.#own.set(key, [...(this.#own.get(key) ?? []), fact]);
        }
      }
    for (const [path, { inventory }] of all) for (const fact of inventory) this.#addInventory(path, fact);
  }

  /** How often a scope is deployed. */
  of(scope: Scope): Deployments {
    const facts = [
      ...(this.#own.get(scope.path) ?? []),
      ...this.#facts.filter(([target]) => isInside(scope.path, target)).map(([, fact]) => fact),
    ];
    const several = new Set(facts.filter(({ isSeveral }) => isSeveral).map(({ why }) => why));
    const single = facts.filter(({ isSeveral }) => !isSeveral);
    const named = new Map<string, NamedDeployment>();
    for (const deployment of this.#inventories.get(scope) ?? []) named.set(keyOf(deployment), deployment);
    for (const fact of single) {
      // Of a folder with many templates nobody can say which of them a stack is made of.
      const isOwn = fact.stack !== undefined && !scope.isFolder && this.#isOnly(scope, fact);
      if (isOwn && !named.has(keyOf(fact))) named.set(keyOf(fact), fact);
    }
    const unnamed = new Set(single.filter(({ stack }) => stack === undefined || scope.isFolder).map(({ why }) => why));
    if (unnamed.size > 1) several.add([...unnamed].slice(0, 2).join(' and '));
    return { named: [...named.values()], several: [...several] };
  }

  #isOnly(scope: Scope, fact: DeploymentFact): boolean {
    const [target = ''] = this.#facts.find(([, other]) => other === fact) ?? [];
    if (target === scope.path || typeof fact.of !== 'string') return true;
    const templates = [...this.#scopes.values()].filter((other) => isInside(other.path, target) && isTemplate(other));
    return templates.length === 1;
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

function targetOf(path: string, of: string, root: string): string {
  if (of === '/') return root;
  return of === '' ? folderOf(path) : (joinPath(folderOf(path), of) ?? path);
}

function keyOf({ stack, account }: Pick<NamedDeployment, 'stack' | 'account'>): string {
  const name = stack && (literalOf(stack) ?? JSON.stringify(stack));
  return `${account ?? ''} ${name?.toLowerCase() ?? ''}`;
}

function isTemplate(scope: Scope): boolean {
  return !scope.isFolder && [...scope.holders].length > 0;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
