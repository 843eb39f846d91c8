import { parsePrincipal } from '../findings/principal.ts';
import type { HolderFact, HolderKind, HolderName, HolderReference } from './facts.ts';
import type { Instance } from './instances.ts';
import { displayName, isTelling, type KnownName, knownName, literalName } from './names.ts';
import { resolve } from './resolve.ts';

/** A role, user or group, as one deployment has it. */
export interface Holder {
  readonly kind: HolderKind;
  /** Where the code declares it; absent for one that is only meant by its name. */
  readonly address?: string;
  /** The file that declares it. */
  readonly path?: string;
  readonly known: KnownHolderName;
  readonly instance: Instance;
  /** The key of the loop that makes it one of several. */
  readonly key?: string;
  /** The ARN, where an answer of AWS or a state tells it. */
  readonly arn?: string;
  /** Providers other than the default one: roles of one name may be in two accounts. */
  readonly provider: string;
  readonly isDeclared: boolean;
  readonly condition?: string;
  /** Whether its declaration may make several. */
  readonly isSeveral: boolean;
  /** Whether its declaration may make none. */
  readonly isOptional: boolean;
}

/** What is known of a holder's name. */
export type KnownHolderName =
  | { readonly kind: 'literal'; readonly name: string; readonly isAssumed: boolean; readonly isListed?: true }
  | { readonly kind: 'pattern'; readonly name: KnownName }
  | { readonly kind: 'physical'; readonly logicalId: string; readonly stack: KnownName }
  | { readonly kind: 'unknown'; readonly why?: string };

/** Gives the holders of instances, each the same object whenever it is asked for. */
export class Holders {
  readonly #known = new Map<Instance, Map<string, Holder>>();

  /** All that an instance declares or looks up. */
  declaredIn(instance: Instance): Holder[] {
    return [...instance.scope.holders].flatMap((fact) =>
      instance.scope.holderAt(fact.address) === fact ? this.#ofFact(fact, instance) : [],
    );
  }

  /** Those whom a reference means: one, or all of a loop. One that nobody declares has no name that is known. */
  meantBy(reference: HolderReference, instance: Instance): Holder[] {
    if (!('address' in reference)) return [this.#mentioned(reference, instance)];
    const { kind, address } = reference;
    const { scope } = instance;
    const fact = scope.holderAt(address);
    if (fact) return this.#ofFact(fact, instance);
    const [, base, key] = /^(.*)\[(?:"([^"\\]*)"|\d+)\]$/s.exec(address) ?? [];
    const looped = base === undefined ? undefined : scope.holderAt(base);
    if (looped) {
      const all = this.#ofFact(looped, instance);
      const own = all.filter((holder) => holder.key !== undefined && holder.key === key);
      return own.length > 0 ? own : all;
    }
    const why = scope.hasHolder(base ?? address) ? `'${address}' is declared several times` : undefined;
    return [
      this.#once(instance, `? ${kind} ${address}`, () => ({
        kind,
        address,
        known: { kind: 'unknown', ...(why !== undefined && { why }) },
        instance,
        provider: instance.provider,
        isDeclared: false,
        isSeveral: false,
        isOptional: false,
      })),
    ];
  }

  #ofFact(fact: HolderFact, instance: Instance): Holder[] {
    const { amount } = fact;
    if (typeof amount === 'string') return [this.#declared(fact, instance, undefined)];
    return amount.map((key) => this.#declared(fact, instance, key));
  }

  #declared(fact: HolderFact, instance: Instance, key: string | undefined): Holder {
    const { kind, address, amount, condition, isMention } = fact;
    return this.#once(instance, `${address} ${key ?? ''}`, () => {
      const listed = listedName(fact, instance, key);
      const arn = listed?.startsWith('arn:') ? listed : fact.arn;
      return {
        kind,
        path: instance.scope.pathOf(fact),
        address: key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
        known:
          listed === undefined
            ? nameOf(fact.name, instance, key)
            : { kind: 'literal', name: listed.slice(listed.lastIndexOf('/') + 1), isAssumed: false, isListed: true },
        instance,
        ...(key !== undefined && { key }),
        ...(arn !== undefined && parsePrincipal(arn) && { arn }),
        provider: providerOf(fact, instance),
        isDeclared: !isMention,
        ...(condition !== undefined && { condition }),
        isSeveral: amount === 'several',
        isOptional: amount === 'optional' || amount === 'several',
      };
    });
  }

  #mentioned(reference: Extract<HolderReference, { readonly name: HolderName }>, instance: Instance): Holder {
    const { kind, name, arn } = reference;
    const provider = providerOf(reference, instance);
    return this.#once(instance, JSON.stringify([kind, name, arn, provider]), () => ({
      kind,
      known: nameOf(name, instance, undefined),
      instance,
      ...(arn !== undefined && parsePrincipal(arn) && { arn }),
      provider,
      isDeclared: false,
      isSeveral: false,
      isOptional: false,
    }));
  }

  #once(instance: Instance, key: string, make: () => Holder): Holder {
    let holders = this.#known.get(instance);
    if (!holders) {
      holders = new Map();
      this.#known.set(instance, holders);
    }
    const known = holders.get(key) ?? make();
    holders.set(key, known);
    return known;
  }
}

/** What an inventory says that it is called: a name, or the ARN. */
function listedName({ address }: HolderFact, instance: Instance, key: string | undefined): string | undefined {
  const ids = instance.root.deployment?.physicalIds;
  if (!ids) return undefined;
  const own = `${instance.prefix}${address}`;
  const inLoop = key === undefined ? undefined : ids.get(`${own}[${JSON.stringify(key)}]`);
  return inLoop ?? ids.get(own) ?? ids.get(`${own}[0]`);
}

function nameOf(name: HolderName, instance: Instance, key: string | undefined): KnownHolderName {
  if ('unknown' in name) return { kind: 'unknown', ...(typeof name.unknown === 'string' && { why: name.unknown }) };
  if ('logicalId' in name) {
    const logicalId = key === undefined ? name.logicalId : name.logicalId.replaceAll('${each.key}', key);
    return { kind: 'physical', logicalId, stack: knownName(instance.stack) };
  }
  const known = resolve(name.text, instance, key);
  if (!isTelling(known)) return { kind: 'unknown' };
  const literal = literalName(known);
  return literal === undefined
    ? { kind: 'pattern', name: known }
    : { kind: 'literal', name: literal.slice(literal.lastIndexOf('/') + 1), isAssumed: known.isAssumed };
}

function providerOf({ provider }: { readonly provider?: string }, instance: Instance): string {
  return [instance.provider, provider ?? ''].filter(Boolean).join(' ');
}

/** A holder in the words of a sentence: `the role 'App'`, `the role 'aws_iam_role.app', whose name is '*-app'`. */
export function describeHolder({ kind, address, known }: Holder): string {
  if (known.kind === 'literal') return `the ${kind} '${known.name}'`;
  if (address === undefined)
    return known.kind === 'pattern'
      ? `a ${kind} called '${displayName(known.name)}'`
      : `a ${kind} of whom no name is known here`;
  return known.kind === 'pattern'
    ? `the ${kind} '${address}', called '${displayName(known.name)}'`
    : `the ${kind} '${address}'`;
}
