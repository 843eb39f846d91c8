import { type PolicyKind, type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import type { Consumer, PrincipalReference } from './consumers.ts';
import type { ModuleFacts, NameSource } from './facts.ts';

/** What a module says of one of its policies. */
export interface PolicyContext {
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner;
  readonly quota: number;
}

/** A Terraform module: what the files of one folder say together. */
export class TerraformModule {
  readonly #consumers = new Map<string, Consumer[]>();
  readonly #names = new Map<string, NameSource>();
  readonly #locals = new Map<string, string | undefined>();
  readonly #resources = new Set<string>();
  /** Resources that are there twice, as an override file has them: what of each counts, nobody says here. */
  readonly #repeated = new Set<string>();
  readonly #managed: ModuleFacts['managed'];

  constructor(files: readonly ModuleFacts[]) {
    for (const { uses, principals, resources, locals } of files) {
      for (const { of, consumer } of uses) {
        const known = this.#consumers.get(of);
        if (known) known.push(consumer);
        else this.#consumers.set(of, [consumer]);
      }
      for (const address of resources) (this.#resources.has(address) ? this.#repeated : this.#resources).add(address);
      // Of what is there twice nobody can say what it is called.
      for (const [address, name] of principals) this.#names.set(address, this.#names.has(address) ? undefined : name);
      for (const [address, value] of locals) this.#locals.set(address, this.#locals.has(address) ? undefined : value);
    }
    this.#managed = files.flatMap(({ managed }) => managed);
  }

  /** What is said of a policy by those who take it directly, and by those who take it from them. */
  contextOf(consumers: readonly Consumer[]): PolicyContext {
    const ends = this.#follow(consumers);
    if (ends.some(({ kind }) => kind === 'other')) return { kind: 'other', quota: SIZE_QUOTAS.managed };
    const quotas = ends.flatMap((end) => ('quota' in end ? end.quota : []));
    const quota = Math.min(SIZE_QUOTAS.role, ...quotas);
    const owner = this.#ownerOf(ends);
    return { kind: 'identity', ...(owner && { owner }), quota: quotas.length > 0 ? quota : SIZE_QUOTAS.managed };
  }

  /** The same for a policy that others refer to by its address. */
  contextAt(address: string): PolicyContext {
    return this.contextOf([{ takes: 'document', by: { kind: 'address', address } }]);
  }

  /** Who takes a policy in the end. */
  #follow(consumers: readonly Consumer[]): Exclude<Consumer['by'], { readonly kind: 'address' }>[] {
    const ends: Exclude<Consumer['by'], { readonly kind: 'address' }>[] = [];
    const seen = new Set<string>();
    const rest: { readonly by: Consumer['by']; readonly carried: 'document' | 'arn' }[] = consumers.map(({ by }) => ({
      by,
      carried: 'document',
    }));
    for (const next of rest) {
      const { by } = next;
      if (by.kind !== 'address') {
        ends.push(this.#isOverridden(by) ? { ...by, principal: { kind: by.principal.kind } } : by);
        continue;
      }
      // A managed policy is passed on by its ARN; a local value is whatever it is made of.
      const carried = by.address.startsWith('aws_iam_policy.')
        ? 'arn'
        : by.address.startsWith('local.')
          ? next.carried
          : 'document';
      const key = `${carried} ${by.address}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (carried === 'arn') ends.push({ kind: 'identity', quota: SIZE_QUOTAS.managed });
      for (const { takes, by: further } of this.#consumers.get(by.address) ?? [])
        if (takes === 'any' || takes === carried) rest.push({ by: further, carried });
    }
    return ends;
  }

  /**
   * Who holds a policy: the one principal that all its ways lead to. Of several, or where one way leads out of what is read,
   * nobody can say who it is, so that the findings of one of them do not apply.
   */
  #ownerOf(ends: readonly Consumer['by'][]): PolicyOwner | undefined {
    const principals = ends.flatMap((end) => (end.kind === 'principal' ? this.#resolve(end.principal) : []));
    const [first] = principals;
    if (!first) return undefined;
    const isSure = !ends.some(({ kind }) => kind === 'unknown') && principals.every((other) => isSame(first, other));
    return isSure ? first : { kind: first.kind };
  }

  #isOverridden(by: Consumer['by']): by is Extract<Consumer['by'], { readonly kind: 'principal' }> {
    return by.kind === 'principal' && by.said !== undefined && this.#repeated.has(by.said);
  }

  #resolve({ kind, name, address }: PrincipalReference): PolicyOwner {
    if (name !== undefined) return { kind, name, ...this.#managedOf(kind, name) };
    if (address === undefined) return { kind };
    if (address.startsWith('local.')) {
      const value = this.#locals.get(address);
      return value === undefined ? { kind } : { kind, name: value, ...this.#managedOf(kind, value) };
    }
    const source = this.#names.get(address);
    const resolved = source && ('name' in source ? source.name : this.#locals.get(source.local));
    // Terraform puts its own name together where none is written out: what is made of an address is no name.
    const known = resolved === undefined ? ({ isNamedLater: true } as const) : { name: resolved };
    return { kind, ...known, logicalId: address, ...this.#managedOf(kind, resolved ?? '', address) };
  }

  #managedOf(kind: PolicyOwner['kind'], name: string, address = ''): Pick<PolicyOwner, 'managedPolicies'> {
    const found = this.#managed.filter(
      ({ principal }) =>
        principal.kind === kind && (principal.address ?? principal.name) === (principal.address ? address : name),
    );
    return found.length > 0 ? { managedPolicies: [...new Set(found.map(({ policy }) => policy))] } : {};
  }
}

/** Whether two principals are the same for sure: both of one resource, or of one name. */
function isSame(one: PolicyOwner, other: PolicyOwner): boolean {
  if (one.kind !== other.kind) return false;
  if (one.logicalId !== undefined && one.logicalId === other.logicalId) return true;
  return one.name !== undefined && one.name === other.name;
}
