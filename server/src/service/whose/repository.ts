import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { SIZE_QUOTAS } from '../policy/model.ts';
import { type AccountsOfFile, accountsInPath } from './accounts.ts';
import { explain } from './explain.ts';
import type { FileFacts, InventoryFact } from './facts.ts';
import { NO_FACTS } from './facts.ts';
import { fileNames } from './fileNames.ts';
import { Following } from './following.ts';
import { isGenerated } from './generated.ts';
import { HolderIndex } from './holderIndex.ts';
import { describeHolder, type Holder } from './holders.ts';
import { Instances } from './instances.ts';
import type { HolderView, Match } from './match.ts';
import { Matching } from './matching.ts';
import { displayName } from './names.ts';
import { Policies, type RepositoryPolicy } from './policies.ts';
import type { Question } from './question.ts';
import { matchPolicy } from './rules.ts';
import { addTo, type Scope, scopesOf } from './scopes.ts';
import type { PolicyStanding } from './standing.ts';
import { Universe } from './universe.ts';

/** How a repository is looked at. */
export interface RepositoryOptions {
  /** The folder of the repository. Paths are absolute, divided by `/`. */
  readonly root: string;
  /** What the setting `accounts` says of a file; `undefined` where it says nothing. */
  readonly accountOf?: (path: string) => string | undefined;
  /** What the user typed to name the root, which may lie above it: an account's id in it counts. */
  readonly typed?: string;
  /** Why not all files were read, as a clause: then nothing is certain. */
  readonly partial?: string;
}

/**
 * What all files of a repository say together of who holds which policy. Made of facts, it answers whose findings apply to a
 * policy; and it keeps what it has found out, so make a new one when facts change.
 */
export class Repository {
  readonly root: string;
  readonly partial: string | undefined;
  readonly policies: Policies;
  readonly accountsOfFile: AccountsOfFile;
  readonly instances: Instances;
  readonly index: HolderIndex;
  readonly #paths: ReadonlySet<string>;
  readonly #inventory: readonly InventoryFact[];
  readonly #scopes: ReadonlyMap<string, Scope>;
  readonly #awsManaged = new Map<Holder, Set<string>>();
  readonly #matchings = new WeakMap<FindingsIndex, Matching>();
  #filesByName: Map<string, string[]> | undefined;

  constructor(files: Iterable<readonly [path: string, facts: FileFacts]>, options: RepositoryOptions) {
    const { root, accountOf, typed } = options;
    const known = [...files].map(
      ([path, facts]) => [path, isGenerated(path, root) ? onlyTelling(facts) : facts] as const,
    );
    this.root = root;
    this.#paths = new Set(known.map(([path]) => path));
    this.accountsOfFile = (path) => {
      const said = accountOf?.(path);
      return said === undefined ? accountsInPath(path, root, typed) : [said];
    };
    this.#scopes = scopesOf(known);
    const scopes = [...this.#scopes.values()];
    this.instances = new Instances(known, this.#scopes, root);
    const following = new Following(scopes, this.instances, this.accountsOfFile, root);
    this.policies = new Policies(scopes, this.instances, following);
    this.index = new HolderIndex(scopes, this.instances, following.holders);
    this.#inventory = known.flatMap(([, { inventory }]) => inventory);
    this.partial =
      options.partial ??
      (this.instances.isPartial ? 'the repository is deployed in more ways than are followed' : undefined);
    for (const scope of scopes)
      for (const instance of scope.awsManaged.length > 0 ? this.instances.of(scope) : [])
        for (const { holder: reference, policy } of scope.awsManaged)
          for (const holder of following.holders.meantBy(reference, instance)) {
            const all = this.#awsManaged.get(holder) ?? new Set();
            this.#awsManaged.set(holder, all.add(policy));
          }
  }

  /** Whether a file is one of the repository's own: neither ignored, nor excluded, nor made of others by a tool. */
  has(path: string): boolean {
    return this.#paths.has(path) && !isGenerated(path, this.root);
  }

  /** What a policy is; `undefined` for one that no file has. */
  standingOf(path: string, pointer: string): PolicyStanding | undefined {
    const policy = this.policies.at(path, pointer);
    if (!policy) return undefined;
    const { fact, ends } = policy;
    const isOther = fact.kind === 'other' || ends.other !== undefined;
    const quota = Number.isFinite(ends.quota) ? Math.min(SIZE_QUOTAS.role, ends.quota) : SIZE_QUOTAS.managed;
    return { kind: isOther ? 'other' : 'identity', quota, isMerged: ends.isMerged, holders: this.viewsOf(policy) };
  }

  /** Whose findings apply to a policy. */
  matchOf(path: string, pointer: string, question: Question): Match {
    return matchPolicy(this, path, pointer, question);
  }

  /** Every candidate for a policy, and why it was kept or dropped, a line each. */
  explain(path: string, pointer: string, question: Question): readonly string[] {
    return explain(this, path, pointer, question);
  }

  /** Who is who, by these findings; made once for the same. */
  matchingOf(index: FindingsIndex): Matching {
    let matching = this.#matchings.get(index);
    if (!matching) {
      const { root, accountsOfFile, instances } = this;
      const around = {
        root,
        accountsOfFile,
        instances,
        index: this.index,
        filesNamed: (name: string) => this.filesNamed(name),
        universe: new Universe(index, this.#inventory),
      };
      matching = new Matching(around);
      this.#matchings.set(index, matching);
    }
    return matching;
  }

  /** The files with policies of which nothing but names tell whose they are, and that bear a name: none that code puts in. */
  filesNamed(name: string): readonly string[] {
    if (!this.#filesByName) {
      this.#filesByName = new Map();
      for (const path of this.policies.paths)
        if (
          this.policies.factsOf(path).some(({ isLoose, kind }) => isLoose && kind === 'identity') &&
          !this.policies.ofFile(path).some(({ isIncluded }) => isIncluded)
        )
          for (const { name: own, isFar } of fileNames(path, this.root))
            if (!isFar) addTo(this.#filesByName, own.toLowerCase(), path);
    }
    return this.#filesByName.get(name.toLowerCase()) ?? [];
  }

  /** The holders of a policy as answers show them. */
  viewsOf({ ends, perhaps }: RepositoryPolicy): HolderView[] {
    return [...ends.holders, ...perhaps].map((holder) => this.viewOf(holder));
  }

  viewOf(holder: Holder): HolderView {
    const { kind, address, known } = holder;
    const name = known.kind === 'literal' ? known.name : known.kind === 'pattern' ? displayName(known.name) : undefined;
    return {
      kind,
      ...(name !== undefined && { name }),
      ...(address !== undefined && { address }),
      label: describeHolder(holder),
      awsManaged: [...(this.#awsManaged.get(holder) ?? [])],
    };
  }

  /** Why something of the scope of a file could not be read; `undefined` where all was. */
  unreadBeside({ scope, path }: RepositoryPolicy): string | undefined {
    const { unread } = scope;
    if (!unread) return undefined;
    return unread.path === path
      ? unread.fact
      : `'${unread.path.slice(unread.path.lastIndexOf('/') + 1)}' beside this file cannot be read`;
  }
}

/** Of generated files counts what they tell of deployments and of what exists: what is in them stands elsewhere in truth. */
function onlyTelling({ deployments, inventory }: FileFacts): FileFacts {
  return { ...NO_FACTS, deployments, inventory };
}
