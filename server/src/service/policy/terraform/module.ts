import { type PolicyKind, type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import type { Carried, Consumer, PrincipalReference } from './consumers.ts';
import { Ends, type Holder } from './ends.ts';
import type { ModuleFacts, NameSource, Use } from './facts.ts';
import { isNameOf, type WrittenName, writtenName } from './names.ts';

/** What a module says of one of its policies. */
export interface PolicyContext {
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner;
  readonly quota: number;
  /** Whether its statements are put together with those of others: then one may take the place of another one of its `sid`. */
  readonly isMerged?: boolean;
}

/** A Terraform module: what the files of one folder say together. */
export class TerraformModule {
  readonly #uses = new Map<string, Use[]>();
  readonly #names = new Map<string, NameSource>();
  readonly #locals = new Map<string, string | undefined>();
  readonly #resources = new Set<string>();
  /** Resources that are there twice, as an override file has them: what of each counts, nobody says here. */
  readonly #repeated = new Set<string>();
  /** AWS managed policies, by who has them. */
  readonly #managed = new Map<string, Set<string>>();
  /** Whether a file of it could not be read. */
  readonly #isUnread: boolean;
  /** The ends of what was followed, by what is carried and the address that it comes to. */
  readonly #ends = new Map<string, Ends>();

  constructor(files: readonly ModuleFacts[]) {
    for (const { uses, principals, resources, locals } of files) {
      for (const use of uses) this.#addUse(use);
      for (const address of resources) (this.#resources.has(address) ? this.#repeated : this.#resources).add(address);
      // Of what is there twice nobody can say what it is called.
      for (const [address, name] of principals) this.#names.set(address, this.#names.has(address) ? undefined : name);
      for (const [address, value] of locals) this.#locals.set(address, this.#locals.has(address) ? undefined : value);
    }
    for (const { principal, policy } of files.flatMap(({ managed }) => managed))
      for (const key of keysOf(this.#resolve(principal)).slice(0, 1)) {
        const known = this.#managed.get(key);
        if (known) known.add(policy);
        else this.#managed.set(key, new Set([policy]));
      }
    this.#isUnread = files.some(({ isUnread }) => isUnread);
    this.#addNamedUses(files);
  }

  /** What is said of a policy by those who take it directly, and by those who take it from them. */
  contextOf(consumers: readonly Consumer[]): PolicyContext {
    const ends = new Ends();
    const started: Way[] = [];
    for (const consumer of consumers) this.#take('document', consumer, ends, started);
    for (const way of started) ends.join(this.#endsOf(way));
    return this.#describe(ends);
  }

  #describe(ends: Ends): PolicyContext {
    if (ends.isOther) return { kind: 'other', quota: SIZE_QUOTAS.managed };
    const owner = this.#ownerOf(ends);
    const quota = Math.min(SIZE_QUOTAS.role, ends.quota ?? SIZE_QUOTAS.managed);
    return { kind: 'identity', ...(owner && { owner }), quota, isMerged: ends.isMerged };
  }

  /** The same for a policy that others refer to by its address. */
  contextAt(address: string): PolicyContext {
    return this.#describe(this.#endsOf({ carried: 'document', address }));
  }

  /** Of several holders, or where one way leads out of what is read, nobody can say who it is, so that nobody's findings apply. */
  #ownerOf({ kind, holder, taker }: Ends): PolicyOwner | undefined {
    const why = this.#isUnread ? 'a file beside this one cannot be read' : taker && describeTaker(taker);
    if (why !== undefined)
      return { kind: kind ?? 'role', whyUnknown: `${why}, so that nobody can say who holds this policy` };
    if (!holder) return kind && { kind };
    const { owner } = holder;
    const managed = keysOf(owner).flatMap((key) => [...(this.#managed.get(key) ?? [])]);
    return { ...owner, ...(managed.length > 0 && { managedPolicies: [...new Set(managed)] }) };
  }

  /** Follows a way to all its ends. What was followed before is known. */
  #endsOf(start: Way): Ends {
    const known = this.#ends.get(wayKey(start));
    if (known) return known;
    const found: { readonly ends: Ends; readonly next: readonly Way[] }[] = [];
    const rest = [start];
    for (let way = rest.pop(); way; way = rest.pop()) {
      const key = wayKey(way);
      if (this.#ends.has(key)) continue;
      const ends = new Ends();
      this.#ends.set(key, ends);
      const next: Way[] = [];
      if (way.address.startsWith('aws_iam_policy.')) ends.limit(SIZE_QUOTAS.managed);
      for (const { gives, consumer } of this.#uses.get(way.address) ?? [])
        for (const carried of outOf(gives, way.carried)) this.#take(carried, consumer, ends, next);
      found.push({ ends, next });
      rest.push(...next);
    }
    // Mostly once: what was found last is followed to its ends first. Values that refer to each other take a few turns.
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const { ends, next } of found.toReversed())
        for (const way of next) isNew = ends.join(this.#ends.get(wayKey(way)) as Ends) || isNew;
    }
    return this.#ends.get(wayKey(start)) as Ends;
  }

  /** What comes of something that a consumer is given: an end, or a way on. */
  #take(carried: Carried, { takes, by }: Consumer, ends: Ends, ways: Way[]): void {
    if (takes !== 'any' && takes !== carried) return;
    if (by.kind !== 'address') ends.add(by, (principal) => this.#holderOf(principal));
    else ways.push({ carried, address: by.address });
    if (by.kind === 'address' && by.address.startsWith('data.aws_iam_policy_document.')) ends.isMerged = true;
  }

  #holderOf({ principal, said }: Extract<Consumer['by'], { readonly kind: 'principal' }>): Holder {
    const { kind, provider } = principal;
    if (said !== undefined && this.#repeated.has(said)) return { owner: { kind } };
    return { owner: this.#resolve(principal), ...(provider !== undefined && { provider }) };
  }

  #resolve({ kind, name, address }: PrincipalReference): PolicyOwner {
    if (name !== undefined) return { kind, name };
    if (address === undefined) return { kind };
    if (address.startsWith('local.')) {
      const value = this.#locals.get(address);
      return { kind, ...(value !== undefined && { name: value }) };
    }
    const source = this.#names.get(address);
    const resolved = source && ('name' in source ? source.name : this.#locals.get(source.local));
    // Terraform puts its own name together where none is written out: what is made of an address is no name.
    const known = resolved === undefined ? ({ isNamedLater: true } as const) : { name: resolved };
    return { kind, ...known, logicalId: address };
  }

  #addUse(use: Use): void {
    const known = this.#uses.get(use.of);
    if (known) known.push(use);
    else this.#uses.set(use.of, [use]);
  }

  /** Who takes a managed policy by its name, such as in an ARN that is written out, takes what is called so here. */
  #addNamedUses(files: readonly ModuleFacts[]): void {
    const policies = files.flatMap(({ policyNames }) =>
      policyNames.map(([of, name]) => ({ of, name: this.#nameOf(name) })),
    );
    const computed = policies.filter(({ name }) => name.suffix !== undefined);
    const literal = new Map<string, typeof policies>();
    for (const policy of policies) {
      const key = policy.name.text.toLowerCase();
      literal.set(key, [...(literal.get(key) ?? []), policy]);
    }
    for (const { name, consumer, at } of files.flatMap(({ namedUses }) => namedUses)) {
      const candidates =
        name.suffix === undefined ? [...(literal.get(name.text.toLowerCase()) ?? []), ...computed] : policies;
      for (const { of, name: own } of candidates) {
        const isMeant = isNameOf(own, name);
        if (isMeant === 'yes') this.#addUse({ of, gives: 'arn', consumer });
        // What it would be there for does not matter then.
        if (isMeant === 'perhaps')
          this.#addUse({ of, gives: 'arn', consumer: { takes: 'any', by: { kind: 'unknown', at } } });
      }
    }
  }

  #nameOf(name: ModuleFacts['policyNames'][number][1]): WrittenName {
    return 'local' in name ? writtenName(this.#locals.get(name.local)) : name;
  }
}

function describeTaker({ at }: NonNullable<Ends['taker']>): string {
  return at === undefined ? 'something that is broken mentions it' : `'${at}' takes it`;
}

/** Something on its way to an address. */
interface Way {
  readonly carried: Carried;
  readonly address: string;
}

function wayKey({ carried, address }: Way): string {
  return `${carried} ${address}`;
}

/** What comes out of an address of what came in. */
function outOf(gives: Use['gives'], carried: Carried): readonly Carried[] {
  if (gives === 'same') return [carried];
  return gives === 'any' ? ['document', 'arn'] : [gives];
}

/** What tells a principal from others: the resource that it is, and its name. */
function keysOf({ kind, name, logicalId }: PolicyOwner): string[] {
  return [logicalId, name].flatMap((key) => (key === undefined ? [] : `${kind} ${key}`));
}
