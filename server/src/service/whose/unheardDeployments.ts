import type { Principal } from '../findings/principal.ts';
import { quote } from '../text.ts';
import { accountsOf } from './accounts.ts';
import { none } from './answers.ts';
import { describeHolder, type Holder } from './holders.ts';
import type { Instance } from './instances.ts';
import type { PhysicalFit } from './madeUpNames.ts';
import { fitsName } from './names.ts';
import { isSameStack, type Stack, stacksOf } from './stacks.ts';
import type { HolderAnswer } from './standing.ts';
import { mayBe, type Surroundings } from './surroundings.ts';

/** Knows the deployments of code that findings tell of by other roles: in those of which a holder has no findings it uses everything. */
export class UnheardDeployments {
  readonly #around: Surroundings;
  readonly #fitOf: (holder: Holder) => PhysicalFit;
  readonly #heard = new Map<Instance, Map<string, HeardOf>>();

  constructor(around: Surroundings, fitOf: (holder: Holder) => PhysicalFit) {
    this.#around = around;
    this.#fitOf = fitOf;
  }

  /** Judges an answer for a holder by how often its code is deployed. */
  judge(holder: Holder, answer: HolderAnswer): HolderAnswer {
    const { kind, principals } = answer;
    const mayBeUnheard = kind === 'certain' || kind === 'likely' || (holder.instance.isOpen && answer.isNobody);
    if (!mayBeUnheard || holder.arn !== undefined) return answer;
    const unheard = this.#unheardStack(holder) ?? this.#unheardAccount(holder, principals);
    if (unheard) {
      const { where, by } = unheard;
      const shown = `as the findings about ${describeHolder(by)} show`;
      if (unheard.isSure && !mayBeAbsent(holder))
        return {
          ...none(
            `${describeHolder(holder)} is deployed ${where}, too, ${shown}, and none is about it there: it counts as using everything`,
          ),
          principals,
        };
      if (kind === 'certain')
        return { ...answer, kind: 'likely', why: `${answer.why}, but it may be deployed ${where}, too, ${shown}` };
    }
    const { instance } = holder;
    const several = [...instance.root.several, ...instance.several];
    if (kind === 'certain' && several.length > 0 && !this.#isKnownWhole(holder, principals))
      return { ...answer, kind: 'likely', why: `${answer.why}, but it may be deployed more than once: ${several[0]}` };
    return answer;
  }

  /**
   * Whether there is no other deployment of a holder in the accounts that it is pinned to: all of their roles are known; or its name is written
   * out, and each of them has the one that there can be.
   */
  #isKnownWhole(holder: Holder, principals: readonly Principal[]): boolean {
    const { accountsOfFile, universe } = this.#around;
    const { known } = holder;
    const isWritten = known.kind === 'literal' && !known.isAssumed;
    const isThere = (account: string) => isWritten && principals.some((principal) => principal.account === account);
    return (
      accountsOf(holder, accountsOfFile)?.every((account) => universe.isWhole(account) || isThere(account)) ?? false
    );
  }

  /** A stack of which findings tell about what is deployed together with a holder, and none about the holder. */
  #unheardStack(holder: Holder): Unheard | undefined {
    if (holder.known.kind !== 'physical') return undefined;
    const left = stacksOf(holder, this.#fitOf(holder));
    const own = [...left];
    for (const stack of this.#heardWith(holder).stacks) {
      const exact = left.findIndex((known) => !known.isCut && isSameStack(known, stack));
      const found = exact < 0 ? left.findIndex((known) => isSameStack(known, stack)) : exact;
      if (found < 0 && stack.isSure)
        return { where: `as ${quote(stack.name)}${inAccount(stack, own)}`, isSure: true, by: stack.by };
      // What is left of a name that was cut may be that of several stacks, but stands for one.
      if (found >= 0) left.splice(found, 1);
    }
    return undefined;
  }

  /** An account in which findings tell of what is deployed together with a holder, and none of the holder. */
  #unheardAccount(holder: Holder, principals: readonly Principal[]): Unheard | undefined {
    const own = new Set(principals.map(({ account }) => account));
    const others = [...this.#heardWith(holder).accounts].filter(([account]) => !own.has(account));
    // One of whom only the name is known may be in any one of them.
    if (own.has(undefined)) others.sort(([, a], [, b]) => Number(a.isSure) - Number(b.isSure)).pop();
    const [account, found] = others.find(([, { isSure }]) => isSure) ?? others[0] ?? [];
    if (account === undefined || !found) return undefined;
    return { where: `in the account ${account}`, isSure: found.isSure, by: found.by };
  }

  /** The accounts and stacks in which findings tell of what is deployed together with a holder. */
  #heardWith(holder: Holder): HeardOf {
    const { instance, provider } = holder;
    const { root, account = '' } = instance;
    const ofRoot = this.#heard.get(root) ?? new Map<string, HeardOf>();
    this.#heard.set(root, ofRoot);
    const key = `${account} ${provider}`;
    let heard = ofRoot.get(key);
    if (!heard) {
      heard = this.#hear(this.#around.index.declaredWith(root).filter((other) => isBeside(holder, other)));
      ofRoot.set(key, heard);
    }
    return heard;
  }

  #hear(holders: readonly Holder[]): HeardOf {
    const accounts = new Map<string, Heard>();
    const stacks = new Map<string, Stack & { readonly by: Holder }>();
    for (const by of holders) {
      const isSure = by.known.kind !== 'pattern';
      for (const { account } of this.#surelyOf(by))
        if (account !== undefined && !(accounts.get(account)?.isSure ?? false)) accounts.set(account, { by, isSure });
      for (const stack of stacksOf(by, this.#fitOf(by))) {
        const key = `${stack.account} ${stack.isCut} ${stack.name.toLowerCase()}`;
        if (!(stacks.get(key)?.isSure ?? false)) stacks.set(key, { ...stack, by });
      }
    }
    const exact = [...stacks.values()].filter(({ isCut }) => !isCut);
    const cut = [...stacks.values()].filter(
      (stack) => stack.isCut && !exact.some((other) => isSameStack(stack, other)),
    );
    return { accounts, stacks: [...exact, ...cut] };
  }

  /** Those who are surely a holder, wherever it is deployed, or, by a computed name, likely are. */
  #surelyOf(holder: Holder): readonly Principal[] {
    const { known, instance } = holder;
    const { universe, index } = this.#around;
    // Beside deployments that are named, only the name of a stack tells of others.
    if (instance.isOpen && known.kind !== 'physical') return [];
    switch (known.kind) {
      case 'literal': {
        const isOnly = index
          .named(known.name)
          .every((other) => !other.isDeclared || other.instance.root.scope === instance.root.scope);
        return isOnly ? universe.named(known.name).filter((principal) => mayBe(holder, principal, this.#around)) : [];
      }
      case 'physical':
        return this.#fitOf(holder).own.flatMap(({ isCertain, principal }) => (isCertain ? [principal] : []));
      case 'pattern':
        return universe.all.filter(
          (principal) => fitsName(principal.name, known.name) && mayBe(holder, principal, this.#around),
        );
      default:
        return [];
    }
  }
}

/** Whether two holders of one deployment are in one account, as far as providers and stack sets tell. */
function isBeside({ provider, instance }: Holder, other: Holder): boolean {
  return other.provider === provider && other.instance.account === instance.account;
}

/** Whether a deployment may lack a holder. */
function mayBeAbsent({ condition, isOptional, instance }: Holder): boolean {
  if (condition !== undefined || isOptional) return true;
  for (let { caller } = instance; caller; { caller } = caller.instance)
    if (typeof caller.call.amount !== 'object' && caller.call.amount !== 'one') return true;
  return false;
}

/** What tells of an account, and whether that is sure. */
interface Heard {
  readonly by: Holder;
  readonly isSure: boolean;
}

interface HeardOf {
  readonly accounts: ReadonlyMap<string, Heard>;
  /** Each once: those whose names are whole, and behind them those that were cut and are none of these. */
  readonly stacks: readonly (Stack & { readonly by: Holder })[];
}

interface Unheard extends Heard {
  /** In a sentence: `in the account 111122223333`. */
  readonly where: string;
}

/** In a sentence, the account of a stack, where that is what tells it from others. */
function inAccount({ account }: Stack, others: readonly Stack[]): string {
  return account === undefined || others.every((other) => other.account === account) ? '' : ` in ${account}`;
}
