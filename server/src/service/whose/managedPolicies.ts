import { type AccountsOfFile, accountsOf } from './accounts.ts';
import type { ComputedText } from './computedText.ts';
import type { NamedUse } from './facts.ts';
import type { Instance, Instances } from './instances.ts';
import { fitsName, type KnownName, literalName, mayBeSame } from './names.ts';
import { relativeTo } from './paths.ts';
import { isMadeOf, readPhysicalName } from './physicalName.ts';
import { resolve } from './resolve.ts';
import { addTo, type Scope } from './scopes.ts';

/** Somebody who means a managed policy by its name. */
export interface NameUse {
  readonly use: NamedUse;
  readonly instance: Instance;
  /** Why it is no more than possible that this policy is meant, as a clause. */
  readonly doubt?: string;
}

interface KnownUse {
  readonly use: NamedUse;
  readonly instance: Instance;
  readonly name: KnownName;
}

/** Where policies of one name are declared. */
type Declarations = ReadonlyMap<string, readonly Instance[]>;

/** Who, anywhere in the repository, means a managed policy by its name or ARN. */
export class ManagedPolicyNames {
  readonly #literal = new Map<string, KnownUse[]>();
  readonly #computed: KnownUse[] = [];
  readonly #exports: KnownUse[] = [];
  readonly #declared: Declarations;
  readonly #accountsOfFile: AccountsOfFile;
  readonly #root: string;

  constructor(scopes: readonly Scope[], instances: Instances, accountsOfFile: AccountsOfFile, root: string) {
    this.#accountsOfFile = accountsOfFile;
    this.#root = root;
    for (const scope of scopes)
      for (const instance of scope.namedUses.length > 0 ? instances.of(scope) : [])
        for (const { fact: use } of scope.namedUses) {
          const known = { use, instance, name: resolve(withoutPath(use.name), instance) };
          const literal = literalName(known.name);
          if (use.isExport) this.#exports.push(known);
          else if (literal !== undefined) addTo(this.#literal, literal.toLowerCase(), known);
          else if (isWritten(known.name)) this.#computed.push(known);
        }
    this.#declared = declarationsIn(scopes, instances);
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
      .map(({ use, instance: by, name: other }) => ({
        use,
        instance: by,
        ...(!areEqual(own, other) && { doubt: COMPUTED }),
      }));
  }

  #named(own: KnownName, instance: Instance): NameUse[] {
    const literal = literalName(own);
    const written =
      literal === undefined
        ? [...this.#literal].flatMap(([name, uses]) => (isWritten(own) && fitsName(name, own) ? uses : []))
        : (this.#literal.get(literal.toLowerCase()) ?? []);
    const computed = this.#computed.filter(({ name }) =>
      literal === undefined ? isWritten(own) && mayBeSame(own, name) : fitsName(literal, name),
    );
    const accounts = this.#accountsOf(instance);
    return [...written, ...computed]
      .filter(
        ({ use, instance: by }) =>
          use.account === undefined || accounts === undefined || accounts.includes(use.account) || by === instance,
      )
      .map(({ use, instance: by, name }) => {
        const doubt = areEqual(own, name) ? this.#rivalOf(literal, instance, { use, instance: by }) : COMPUTED;
        return { use, instance: by, ...(doubt !== undefined && { doubt }) };
      });
  }

  /** Another policy of the same name that may be meant in place of this one, as a clause. */
  #rivalOf(
    name: string | undefined,
    { root }: Instance,
    { use, instance: by }: Pick<KnownUse, 'use' | 'instance'>,
  ): string | undefined {
    if (name === undefined || by.root.scope === root.scope) return undefined;
    const first = (this.#declared.get(name.toLowerCase()) ?? []).find((other) => {
      const accounts = this.#accountsOf(other);
      const isOfOther = use.account !== undefined && accounts !== undefined && !accounts.includes(use.account);
      return other.root.scope !== root.scope && !isOfOther;
    });
    return first && `a policy of this name is also declared in '${relativeTo(this.#root, first.root.scope.path)}'`;
  }

  #accountsOf(instance: Instance): readonly string[] | undefined {
    return accountsOf({ instance, provider: '' }, this.#accountsOfFile);
  }

  #madeOf(logicalId: string): NameUse[] {
    return [...this.#literal.values()].flat().flatMap(({ use, instance, name }) => {
      const physical = readPhysicalName(literalName(name) ?? '');
      return physical && isMadeOf(physical, logicalId) ? [{ use, instance }] : [];
    });
  }
}

const COMPUTED = 'a name or ARN that is computed may mean this policy';

function declarationsIn(scopes: readonly Scope[], instances: Instances): Declarations {
  const declared = new Map<string, Instance[]>();
  for (const scope of scopes)
    for (const instance of scope.managedNames.length > 0 ? instances.of(scope) : [])
      for (const { name } of scope.managedNames) {
        const literal = 'text' in name ? literalName(resolve(name.text, instance)) : undefined;
        if (literal !== undefined) addTo(declared, literal.toLowerCase(), instance);
      }
  return declared;
}

/** Whether anything of a name is written out: for those who take a policy the least is enough, as whom they mean they can mean. */
function isWritten({ stretches }: KnownName): boolean {
  return /[A-Za-z0-9]/.test(stretches.join(''));
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
