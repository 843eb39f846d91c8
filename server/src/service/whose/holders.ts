import { parsePrincipal } from '../findings/principal.ts';
import type { ComputedText } from './computedText.ts';
import type { HolderFact, HolderKind, HolderName, HolderReference, LoopItem } from './facts.ts';
import type { Instance } from './instances.ts';
import { turnsOf } from './loops.ts';
import { displayName, isTelling, type KnownName, knownName, literalName } from './names.ts';
import { isNothing, resolve } from './resolve.ts';
import { outputAt, valueAt } from './values.ts';

/** A role, user or group, as one deployment has it. */
export interface Holder {
  readonly kind: HolderKind;
  /** Where the code declares it; absent for one that is only meant by its name. */
  readonly address?: string;
  /** The file that declares it. */
  readonly path?: string;
  readonly known: KnownHolderName;
  readonly instance: Instance;
  /** The turn of the loop that makes it one of several. */
  readonly turn?: LoopItem;
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

type Mention = Extract<HolderReference, { readonly name: HolderName }>;

/** Names that are handed on further than this are not followed. */
const MAX_DEPTH = 24;

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
    if (!('address' in reference)) return this.#mentionedBy(reference, instance);
    const { kind, address } = reference;
    const { scope } = instance;
    const fact = scope.holderAt(address);
    if (fact) return this.#ofFact(fact, instance);
    const [, base, key] = /^(.*)\[(?:"([^"\\]*)"|\d+)\]$/s.exec(address) ?? [];
    const looped = base === undefined ? undefined : scope.holderAt(base);
    if (looped) {
      const all = this.#ofFact(looped, instance);
      const own = all.filter(({ turn }) => turn !== undefined && turn.key === key);
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
    const turns = turnsOf(fact.amount, instance);
    if (typeof turns === 'string') return [this.#declared(fact, instance, turns)];
    return turns.map((turn) => this.#declared(fact, instance, turn));
  }

  #declared(fact: HolderFact, instance: Instance, how: LoopItem | 'one' | 'optional' | 'several'): Holder {
    const { kind, address, condition, isMention } = fact;
    const turn = typeof how === 'string' ? undefined : how;
    return this.#once(instance, `${address} ${turn?.key ?? ''}`, () => {
      const listed = listedName(fact, instance, turn?.key);
      const arn = listed?.startsWith('arn:') ? listed : fact.arn;
      return {
        kind,
        path: instance.scope.pathOf(fact),
        address: turn === undefined ? address : `${address}[${JSON.stringify(turn.key)}]`,
        known:
          listed === undefined
            ? nameOf(fact.name, instance, turn)
            : { kind: 'literal', name: listed.slice(listed.lastIndexOf('/') + 1), isAssumed: false, isListed: true },
        instance,
        ...(turn && { turn }),
        ...(arn !== undefined && parsePrincipal(arn) && { arn }),
        provider: providerOf(fact, instance),
        isDeclared: !isMention,
        ...(condition !== undefined && { condition }),
        isSeveral: how === 'several',
        isOptional: how === 'optional' || how === 'several',
      };
    });
  }

  /** Whom a name means: a role that the code declares, where the name is that role's; nobody, where it is nothing at all. */
  #mentionedBy(reference: Mention, instance: Instance): Holder[] {
    const { name, kind } = reference;
    if (!('text' in name)) return [this.#mentioned(reference, instance)];
    const declared = this.#declaredAs(name.text, kind, instance);
    if (declared) return declared;
    if (isNothing(name.text, instance)) return [];
    const turns = reference.loop && turnsOf(reference.loop, instance);
    if (typeof turns !== 'object') return [this.#mentioned(reference, instance)];
    return turns.map((turn) => this.#mentioned(reference, instance, turn));
  }

  /** Those whose name a text is, handed on by variables and outputs. */
  #declaredAs(text: ComputedText, kind: HolderKind, instance: Instance): Holder[] | undefined {
    for (let depth = 0, at = instance, own = text; depth < MAX_DEPTH; depth++) {
      const [hole, ...others] = own;
      if (typeof hole !== 'object' || hole.ref === undefined || others.length > 0) return undefined;
      const [, address] = /^(.+)\.(?:name|id)$/.exec(hole.ref) ?? [];
      const fact = address === undefined ? undefined : at.scope.holderAt(address);
      if (fact) return fact.kind === kind ? this.#ofFact(fact, at) : undefined;
      const next = valueAt(hole.ref, at) ?? outputAt(hole.ref, at);
      if (!next) return undefined;
      own = next.text;
      at = next.by;
    }
    return undefined;
  }

  #mentioned(reference: Mention, instance: Instance, turn?: LoopItem): Holder {
    const { kind, name, arn } = reference;
    const provider = providerOf(reference, instance);
    return this.#once(instance, JSON.stringify([kind, name, arn, provider, turn?.key]), () => ({
      kind,
      known: nameOf(name, instance, turn),
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

function nameOf(name: HolderName, instance: Instance, turn: LoopItem | undefined): KnownHolderName {
  if ('unknown' in name) return { kind: 'unknown', ...(typeof name.unknown === 'string' && { why: name.unknown }) };
  if ('logicalId' in name) {
    const logicalId = turn === undefined ? name.logicalId : name.logicalId.replaceAll('${each.key}', turn.key);
    return { kind: 'physical', logicalId, stack: knownName(instance.stack) };
  }
  const known = resolve(name.text, instance, turn);
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
