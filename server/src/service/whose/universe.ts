import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { type KnownPrincipal, type Principal, parsePrincipal } from '../findings/principal.ts';
import type { InventoryFact } from './facts.ts';
import { type PhysicalName, readPhysicalName } from './physicalName.ts';
import { addTo } from './scopes.ts';

/** A name that CloudFormation may have made, and whose. */
export interface MadeUp extends PhysicalName {
  readonly principal: Principal;
}

/** All principals that are known to exist: those of the findings, and those of inventories, which use everything where no finding is about them. */
export class Universe {
  readonly all: readonly Principal[];
  readonly #byName = new Map<string, Principal[]>();
  readonly #byId = new Map<string, MadeUp[]>();
  readonly #cut: MadeUp[] = [];
  readonly #made = new Map<Principal, MadeUp>();
  readonly #index: FindingsIndex;
  readonly #attached = new Map<string, KnownPrincipal[]>();
  readonly #members = new Map<string, KnownPrincipal[]>();
  readonly #wholeAccounts = new Set<string>();

  constructor(index: FindingsIndex, inventory: Iterable<InventoryFact>) {
    this.#index = index;
    const found = [...index.principals];
    const known = new Set(found.map(({ label }) => label.toLowerCase()));
    for (const fact of inventory) {
      if (fact.kind !== 'account') continue;
      if (fact.isWhole && fact.lists.includes('role')) this.#wholeAccounts.add(fact.account);
      for (const { arn, policies = [], groups = [] } of fact.principals) {
        const principal = parsePrincipal(arn);
        if (!principal) continue;
        if (!known.has(arn.toLowerCase())) found.push(principal);
        known.add(arn.toLowerCase());
        for (const policy of policies)
          addTo(this.#attached, policy.slice(policy.lastIndexOf('/') + 1).toLowerCase(), principal);
        for (const group of groups) addTo(this.#members, group.toLowerCase(), principal);
      }
    }
    this.all = found;
    for (const principal of found) {
      addTo(this.#byName, principal.name.toLowerCase(), principal);
      const name = readPhysicalName(principal.name);
      if (!name) continue;
      const made = { ...name, principal };
      this.#made.set(principal, made);
      addTo(this.#byId, name.id.toLowerCase(), made);
      if (name.mayBeCut) this.#cut.push(made);
    }
  }

  /** Those of a name, in whatever account. */
  named(name: string): readonly Principal[] {
    return this.#byName.get(name.toLowerCase()) ?? [];
  }

  /** Those that CloudFormation may have made of resources with this logical id, as far as their names tell. */
  madeOf(logicalId: string): readonly MadeUp[] {
    return [
      ...(this.#byId.get(logicalId.toLowerCase()) ?? []),
      ...this.#cut.filter(({ id }) => id.length < logicalId.length),
    ];
  }

  /** A principal's name taken apart, where CloudFormation may have made it. */
  made(principal: Principal): MadeUp | undefined {
    return this.#made.get(principal);
  }

  /** Whether any finding is about a principal. One of a bare name may be anybody of that name. */
  hasFindings({ label, name }: Principal): boolean {
    return this.#index.find(label).length > 0 || this.#index.find(name).some(({ arn }) => arn === undefined);
  }

  /** Who has a managed policy of this name, as inventories list it. */
  holdersOfPolicy(name: string): readonly KnownPrincipal[] {
    return this.#attached.get(name.toLowerCase()) ?? [];
  }

  /** The members of a group; `undefined` where no inventory lists any. */
  membersOf(group: string): readonly KnownPrincipal[] | undefined {
    return this.#members.get(group.toLowerCase());
  }

  /** Whether the roles of all accounts that the findings are about are listed. */
  get isWhole(): boolean {
    const accounts = this.#index.principals.map(({ account }) => account);
    return (
      accounts.length > 0 && accounts.every((account) => account !== undefined && this.#wholeAccounts.has(account))
    );
  }
}
