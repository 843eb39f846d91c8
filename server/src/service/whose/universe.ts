import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { type KnownPrincipal, type Principal, parsePrincipal } from '../findings/principal.ts';
import type { InventoryFact } from './facts.ts';
import { type PhysicalName, readPhysicalName, startOf } from './physicalName.ts';
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
  /** Those that may have been cut, by the beginning of what stands for the logical id. */
  readonly #cut = new Map<string, MadeUp[]>();
  readonly #made = new Map<Principal, MadeUp>();
  readonly #index: FindingsIndex;
  readonly #members = new Map<string, KnownPrincipal[]>();
  readonly #wholeAccounts = new Set<string>();
  /** The groups of which all members are listed, by their accounts and names. */
  readonly #wholeGroups = new Set<string>();

  constructor(index: FindingsIndex, inventory: Iterable<InventoryFact>) {
    this.#index = index;
    const listed = new Map<string, KnownPrincipal>();
    for (const fact of inventory) {
      if (fact.kind !== 'account') continue;
      if (fact.isWhole && fact.lists.includes('role')) this.#wholeAccounts.add(fact.account);
      for (const { arn, groups = [] } of fact.principals) {
        const principal = parsePrincipal(arn);
        if (!principal) continue;
        listed.set(arn.toLowerCase(), principal);
        for (const group of groups) {
          addTo(this.#members, group.toLowerCase(), principal);
          if (fact.isWhole) this.#wholeGroups.add(keyOfGroup(principal.account, group));
        }
      }
    }
    const names = new Set([...listed.values()].map(({ name }) => name.toLowerCase()));
    // A bare name counts where no ARN bears it.
    const found = index.principals.filter(({ arn, name }) => arn !== undefined || !names.has(name.toLowerCase()));
    for (const { label } of found) listed.delete(label.toLowerCase());
    this.all = [...found, ...listed.values()];
    for (const principal of this.all) {
      addTo(this.#byName, principal.name.toLowerCase(), principal);
      const name = readPhysicalName(principal.name);
      if (!name) continue;
      const made = { ...name, principal };
      this.#made.set(principal, made);
      addTo(this.#byId, name.id.toLowerCase(), made);
      if (name.mayBeCut) addTo(this.#cut, startOf(name.id), made);
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
      ...(this.#cut.get(startOf(logicalId)) ?? []).filter(({ id }) => id.length < logicalId.length),
    ];
  }

  /** A principal's name taken apart, where CloudFormation may have made it. */
  made(principal: Principal): MadeUp | undefined {
    return this.#made.get(principal);
  }

  /** Whether any finding is about a principal. One that tells the bare name is about the only one of that name, or about nobody who is known. */
  hasFindings({ label, name }: Principal): boolean {
    if (this.#index.find(label).length > 0) return true;
    return this.named(name).length === 1 && this.#index.find(name).some(({ arn }) => arn === undefined);
  }

  /** The members of the groups of a name of which all members are listed. */
  membersOf(group: string): readonly KnownPrincipal[] {
    const members = this.#members.get(group.toLowerCase()) ?? [];
    return members.filter(({ account }) => this.#wholeGroups.has(keyOfGroup(account, group)));
  }

  /** Whether all roles of an account are listed. */
  isWhole(account: string): boolean {
    return this.#wholeAccounts.has(account);
  }
}

function keyOfGroup(account: string, group: string): string {
  return `${account} ${group.toLowerCase()}`;
}
