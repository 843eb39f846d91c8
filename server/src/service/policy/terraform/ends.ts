import type { PolicyOwner } from '../model.ts';
import type { Consumer } from './consumers.ts';

/** A principal that holds a policy, and the provider that tells its account, where that is not the one by default. */
export interface Holder {
  readonly owner: PolicyOwner;
  readonly provider?: string;
}

/** Who takes a policy in the end, by all ways that lead to somebody. */
export class Ends {
  /** Whether one of the ways leads to a policy to which findings do not speak. */
  isOther = false;
  /** The tightest quota; `undefined` where nobody tells one. */
  quota: number | undefined;
  /** The first principal. */
  kind: PolicyOwner['kind'] | undefined;
  /** The one principal that all ways lead to; `undefined` where there is none, or more than one. */
  holder: Holder | undefined;
  /** Whoever is not known takes it: the address of what says so, where it has one. */
  taker: { readonly at?: string | undefined } | undefined;
  /** Whether a document takes it in beside others. */
  isMerged = false;

  /** Takes in what is at the end of one way. */
  add(by: Exclude<Consumer['by'], { readonly kind: 'address' }>, toHolder: (by: Principal) => Holder): void {
    switch (by.kind) {
      case 'other':
        this.isOther = true;
        return;
      case 'unknown':
        this.taker ??= by;
        if (by.quota !== undefined) this.limit(by.quota);
        return;
      case 'principal':
        this.limit(by.quota);
        this.#hold(by.principal.kind, toHolder(by));
    }
  }

  limit(quota: number): void {
    this.quota = Math.min(quota, this.quota ?? quota);
  }

  /** Takes in the ends of what a way goes through. Tells whether that was anything new. */
  join({ isOther, quota, kind, holder, taker, isMerged }: Ends): boolean {
    const before = this.#state();
    this.isOther ||= isOther;
    this.isMerged ||= isMerged;
    this.taker ??= taker;
    if (quota !== undefined) this.limit(quota);
    if (kind !== undefined) this.#hold(kind, holder);
    return this.#state() !== before;
  }

  #hold(kind: PolicyOwner['kind'], holder: Holder | undefined): void {
    const isFirst = this.kind === undefined;
    this.kind ??= kind;
    if (isFirst) this.holder = holder && isKnown(holder) ? holder : undefined;
    else this.holder = this.holder && holder && sameOf(this.holder, holder);
  }

  #state(): string {
    const { isOther, isMerged, taker, quota, kind, holder } = this;
    return [isOther, isMerged, taker !== undefined, quota, kind, holder?.owner.logicalId, holder?.owner.name].join(' ');
  }
}

type Principal = Extract<Consumer['by'], { readonly kind: 'principal' }>;

function isKnown({ owner: { name, logicalId } }: Holder): boolean {
  return name !== undefined || logicalId !== undefined;
}

/**
 * Two principals that are the same for sure: both of one resource, or of one name and one provider, unless two resources give
 * it, as those of two accounts may. Which of them tells more.
 */
function sameOf(one: Holder, other: Holder): Holder | undefined {
  const [a, b] = [one.owner, other.owner];
  if (a.kind !== b.kind) return undefined;
  if (a.logicalId !== undefined && b.logicalId !== undefined) return a.logicalId === b.logicalId ? one : undefined;
  const isSame = a.name !== undefined && a.name === b.name && one.provider === other.provider;
  if (!isSame) return undefined;
  return a.logicalId === undefined ? other : one;
}
