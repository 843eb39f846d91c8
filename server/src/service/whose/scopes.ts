import { HOLE } from './computedText.ts';
import type {
  CallFact,
  Edge,
  FileFacts,
  HolderFact,
  IncludeFact,
  ManagedName,
  NamedUse,
  PolicyFact,
  ValueFact,
} from './facts.ts';
import { WHOLE_FILE } from './facts.ts';
import { folderOf } from './paths.ts';

/** A fact, and the file that says it. */
export interface Said<F> {
  readonly fact: F;
  readonly path: string;
}

/** What the files in which addresses mean the same say together: a template, a Terraform module. */
export class Scope {
  /** The path of its file, or of its folder. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly files: (readonly [path: string, facts: FileFacts])[] = [];
  readonly policies: Said<PolicyFact>[] = [];
  readonly calls: CallFact[] = [];
  readonly namedUses: Said<NamedUse>[] = [];
  readonly includes: Said<IncludeFact>[] = [];
  readonly managedNames: ManagedName[] = [];
  readonly awsManaged: FileFacts['awsManaged'][number][] = [];
  readonly #holders = new Map<string, HolderFact[]>();
  readonly #paths = new Map<HolderFact, string>();
  readonly #edges = new Map<string, Edge[]>();
  readonly #values = new Map<string, ValueFact[]>();
  readonly #attachments = new Set<string>();
  readonly #repeated = new Set<string>();
  /** Why something of it could not be read, and the file. */
  unread: Said<string> | undefined;

  constructor(path: string, isFolder: boolean) {
    this.path = path;
    this.isFolder = isFolder;
  }

  add(path: string, facts: FileFacts): void {
    this.files.push([path, facts]);
    for (const fact of facts.policies) this.policies.push({ fact, path });
    for (const fact of facts.namedUses) this.namedUses.push({ fact, path });
    for (const fact of facts.includes) this.includes.push({ fact, path });
    for (const call of facts.calls)
      if (this.isFolder) this.#addModuleCall(call);
      else this.calls.push(call);
    for (const address of facts.attachments ?? [])
      (this.#attachments.has(address) ? this.#repeated : this.#attachments).add(address);
    this.managedNames.push(...facts.managedNames);
    this.awsManaged.push(...facts.awsManaged);
    for (const holder of facts.holders) {
      addTo(this.#holders, holder.address, holder);
      this.#paths.set(holder, path);
    }
    for (const edge of facts.edges) addTo(this.#edges, edge.of, edge);
    for (const value of facts.values) addTo(this.#values, value.ref, value);
    if (facts.unread !== undefined) this.unread ??= { fact: facts.unread, path };
  }

  get holders(): Iterable<HolderFact> {
    return [...this.#holders.values()].flat();
  }

  /** The declaration with this address; `undefined` for none, and for one that is there twice, as an override file has it. */
  holderAt(address: string): HolderFact | undefined {
    const [holder, ...repeated] = this.#holders.get(address) ?? [];
    return repeated.length === 0 ? holder : undefined;
  }

  /** The file that declares a holder. */
  pathOf(holder: HolderFact): string {
    return this.#paths.get(holder) ?? this.path;
  }

  hasHolder(address: string): boolean {
    return this.#holders.has(address);
  }

  /** Whether something that attaches policies is there twice, as one that an override file changes. */
  isRepeated(attachment: string): boolean {
    return this.#repeated.has(attachment);
  }

  edgesOf(address: string): readonly Edge[] {
    return this.#edges.get(address) ?? [];
  }

  /** What gives a value: who says it goes before a default. `undefined` where nobody does, or several do. */
  valueOf(ref: string): ValueFact | undefined {
    const values = this.#values.get(ref) ?? [];
    const said = values.filter(({ isDefault }) => !isDefault);
    const [only, ...others] = said.length > 0 ? said : values;
    return others.length === 0 ? only : undefined;
  }

  /** A module call that is there twice is one that an override file changes: which of two arguments counts is not known. */
  #addModuleCall(call: CallFact): void {
    const index = this.calls.findIndex(({ address }) => address === call.address);
    const known = this.calls[index];
    if (known) this.calls[index] = merged(known, call);
    else this.calls.push(call);
  }
}

function merged(one: CallFact, other: CallFact): CallFact {
  const names = new Set([...one.arguments, ...other.arguments].map(({ name }) => name));
  const given = [...names].map((name) => {
    const [first, ...others] = [...one.arguments, ...other.arguments].filter((argument) => argument.name === name);
    return { name, text: first && others.length === 0 ? first.text : [HOLE] };
  });
  return {
    ...other,
    ...one,
    target: one.target ?? other.target,
    arguments: given,
    amount: one.amount === other.amount ? one.amount : 'several',
  };
}

/** The scopes of a repository, by the path of their file or folder. */
export function scopesOf(files: Iterable<readonly [path: string, facts: FileFacts]>): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>();
  for (const [path, facts] of files) {
    const isFolder = facts.scope === 'folder';
    const key = isFolder ? folderOf(path) : path;
    const scope = scopes.get(key) ?? new Scope(key, isFolder);
    scopes.set(key, scope);
    scope.add(path, facts);
  }
  return scopes;
}

/** Whether a policy is all of its file. */
export function isWholeFile({ address, pointer }: PolicyFact): boolean {
  return address === WHOLE_FILE || pointer === '';
}

/** Adds to a list of a map. */
export function addTo<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
