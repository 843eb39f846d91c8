import type { ComputedText } from './computedText.ts';
import type { NamedUse } from './facts.ts';
import type { Instance, Instances } from './instances.ts';
import { fitsName, isTelling, type KnownName, literalName, mayBeSame } from './names.ts';
import { isMadeOf, readPhysicalName } from './physicalName.ts';
import { resolve } from './resolve.ts';
import { addTo, type Scope } from './scopes.ts';

/** Somebody who means a managed policy by its name. */
export interface NameUse {
  readonly use: NamedUse;
  readonly instance: Instance;
  /** Whether it is no more than possible that this policy is meant. */
  readonly isGuess: boolean;
}

interface KnownUse {
  readonly use: NamedUse;
  readonly instance: Instance;
  readonly name: KnownName;
}

/** Who, anywhere in the repository, means a managed policy by its name or ARN. */
export class ManagedPolicyNames {
  readonly #literal = new Map<string, KnownUse[]>();
  readonly #computed: KnownUse[] = [];
  readonly #exports: KnownUse[] = [];

  constructor(scopes: Iterable<Scope>, instances: Instances) {
    for (const scope of scopes)
      for (const instance of scope.namedUses.length > 0 ? instances.of(scope) : [])
        for (const { fact: use } of scope.namedUses) {
          const known = { use, instance, name: resolve(withoutPath(use.name), instance) };
          const literal = literalName(known.name);
          if (use.isExport) this.#exports.push(known);
          else if (literal !== undefined) addTo(this.#literal, literal.toLowerCase(), known);
          else if (isTelling(known.name)) this.#computed.push(known);
        }
  }

  /** Who means the policy of this address, which is declared in this instance. */
  usesOf(address: string, instance: Instance): NameUse[] {
    return instance.scope.managedNames
      .filter((named) => named.address === address)
      .flatMap(({ name }) => {
        if ('unknown' in name) return [];
        if ('logicalId' in name) return this.#madeOf(name.logicalId);
        return this.#named(resolve(name.text, instance), instance);
      });
  }

  /** Who imports what is exported by this name. */
  importsOf(name: ComputedText, instance: Instance): NameUse[] {
    const own = resolve(name, instance);
    return this.#exports
      .filter((known) => mayBeSame(own, known.name))
      .map(({ use, instance: by, name: other }) => ({ use, instance: by, isGuess: !areEqual(own, other) }));
  }

  #named(own: KnownName, instance: Instance): NameUse[] {
    const literal = literalName(own);
    const written =
      literal === undefined
        ? [...this.#literal].flatMap(([name, uses]) => (isTelling(own) && fitsName(name, own) ? uses : []))
        : (this.#literal.get(literal.toLowerCase()) ?? []);
    const computed = this.#computed.filter(({ name }) =>
      literal === undefined ? isTelling(own) && mayBeSame(own, name) : fitsName(literal, name),
    );
    return [...written, ...computed]
      .filter(
        ({ use, instance: by }) =>
          use.account === undefined ||
          instance.account === undefined ||
          use.account === instance.account ||
          by === instance,
      )
      .map(({ use, instance: by, name }) => ({ use, instance: by, isGuess: !areEqual(own, name) }));
  }

  #madeOf(logicalId: string): NameUse[] {
    return [...this.#literal.values()].flat().flatMap(({ use, instance, name }) => {
      const physical = readPhysicalName(literalName(name) ?? '');
      return physical && isMadeOf(physical, logicalId) ? [{ use, instance, isGuess: false }] : [];
    });
  }
}

/** The path of an ARN goes before the name. */
function withoutPath(name: ComputedText): ComputedText {
  const last = name.findLastIndex((part) => typeof part === 'string' && part.includes('/'));
  if (last < 0) return name;
  const text = name[last] as string;
  return [text.slice(text.lastIndexOf('/') + 1), ...name.slice(last + 1)];
}

function areEqual(one: KnownName, other: KnownName): boolean {
  return (
    one.stretches.join('\0').toLowerCase() === other.stretches.join('\0').toLowerCase() &&
    !one.isAssumed &&
    !other.isAssumed
  );
}
