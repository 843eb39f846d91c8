import type { Holder } from './holders.ts';
import type { PhysicalFit } from './madeUpNames.ts';

/** A stack that is deployed by itself, as a name that CloudFormation made up tells it. */
export interface Stack {
  readonly account: string | undefined;
  readonly name: string;
  /** Whether its name may have been cut. */
  readonly isCut: boolean;
  readonly isSure: boolean;
}

/** The stacks, deployed by themselves, in which a holder is or in which it is nested, as the names that fit it tell, each once. */
export function stacksOf({ instance }: Holder, { own }: PhysicalFit): Stack[] {
  const stacks = own.map(({ stack, mayBeCut, isCertain, principal: { account } }): Stack => {
    let name = stack;
    // `orders-Child-1QRXKJ2M9Z8TV` is nested in `orders`.
    for (let { caller } = instance; caller && !mayBeCut; { caller } = caller.instance) {
      const nested = name.toLowerCase().lastIndexOf(`-${caller.call.address.toLowerCase()}-`);
      if (caller.call.kind === 'file' && nested > 0) name = name.slice(0, nested);
    }
    return { account, name, isCut: mayBeCut, isSure: isCertain };
  });
  return stacks.filter(
    (stack, place) => stack.isCut || stacks.findIndex((other) => isSameStack(stack, other)) === place,
  );
}

/** Whether two may be one, as far as their names are left. */
export function isSameStack(one: Stack, other: Stack): boolean {
  if (one.account !== other.account) return false;
  const [name, otherName] = [one.name.toLowerCase(), other.name.toLowerCase()];
  if (!one.isCut && !other.isCut) return name === otherName;
  return name.startsWith(otherName) || otherName.startsWith(name);
}
