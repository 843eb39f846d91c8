import type { ComputedText } from '../../whose/computedText.ts';
import { literalOf } from '../../whose/computedText.ts';
import type { End, HolderFact, HolderName, HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { hasHole } from '../values/entries.ts';
import { hasProperty, propertyNode, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { functionsOf } from './serverlessFiles.ts';
import { inheritsByDefault, mayInheritElsewhere } from './serverlessInheritance.ts';
import { REGION, STAGE } from './serverlessVariables.ts';

/** The framework's logical id of the role that the functions of a service share. */
const SHARED = 'IamRoleLambdaExecution';

/**
 * The roles that the Serverless Framework makes for a service: one that all functions share, and one for each function that has
 * statements or managed policies of its own, or for all of them (https://www.serverless.com/framework/docs/providers/aws/guide/iam).
 */
export class ServerlessRoles {
  readonly holders: readonly HolderFact[];
  readonly #provider: ValueNode | undefined;
  readonly #providerRole: ValueNode | undefined;
  readonly #isPerFunction: boolean;
  /** The addresses of the functions' own roles, by the functions' names. */
  readonly #own = new Map<string, string>();
  /** Those of them that take the provider's statements in, too. */
  readonly #inheriting: string[] = [];
  readonly #inheritsElsewhere: boolean;
  readonly #whole: ReadonlySet<string>;
  readonly #addresses: ReadonlySet<string>;

  constructor(root: ValueNode, tree: FileTree) {
    const provider = propertyNode(root, 'provider');
    this.#provider = provider?.type === 'object' ? provider : undefined;
    this.#providerRole = descend(provider, 'iam', 'role');
    const mode = textAt(this.#providerRole, 'mode');
    this.#isPerFunction = mode === 'perFunction';
    const byDefault = inheritsByDefault(root, this.#isPerFunction);
    const { own } = functionsOf(root);
    this.#whole = new Set(own.map(({ name }) => name));
    const holders: HolderFact[] = this.#hasShared ? [holder(SHARED, this.#sharedName(tree))] : [];
    for (const { name, node } of own) {
      if (!this.#hasOwn(node)) continue;
      const address = `${normalized(name)}${SHARED}`;
      this.#own.set(name, address);
      holders.push(holder(address, nameOfFunctionRole(name, node, tree)));
      const said = descend(node, 'iam', 'inheritStatements') ?? descend(node, 'iamRoleStatementsInherit');
      if (said ? said.value !== false : byDefault) this.#inheriting.push(address);
    }
    this.#inheritsElsewhere = mayInheritElsewhere(root, this.#isPerFunction);
    this.#addresses = new Set(holders.map(({ address }) => address));
    // A template may say more of a role that the framework makes.
    this.holders = holders.filter(({ address }) => !tree.resources.has(address));
  }

  /** Whether the framework makes a role with this logical id. */
  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  /** Who takes the statements of the provider. */
  get takersOfProvider(): Taker[] {
    const takers = this.providerHolders.map((reference) => taker(reference));
    if (this.#isPerFunction) takers.length = 0;
    for (const address of this.#inheriting) takers.push(taker({ kind: 'role', address }));
    if (this.#inheritsElsewhere) takers.push({ takes: 'document', by: ELSEWHERE });
    return takers;
  }

  /** Who has the managed policies of the provider: with each function's role made of it, all of these. */
  get providerHolders(): HolderReference[] {
    if (this.#isPerFunction) return [...this.#own.values()].map((address) => ({ kind: 'role', address }));
    return this.#hasShared ? [{ kind: 'role', address: SHARED }] : [];
  }

  /** Whether there may be functions elsewhere that have what the provider says. */
  get hasFunctionsElsewhere(): boolean {
    return this.#isPerFunction && this.#inheritsElsewhere;
  }

  /** Whether all of a function stands in the file. */
  isWhole(name: string): boolean {
    return this.#whole.has(name);
  }

  /** The role of a function's own; `undefined` where it has none. */
  roleOf(name: string): HolderReference | undefined {
    const address = this.#own.get(name);
    return address === undefined ? undefined : { kind: 'role', address };
  }

  /** With a role that is given, the framework makes none. */
  get #hasShared(): boolean {
    return !this.#isGiven && !this.#isPerFunction;
  }

  get #isGiven(): boolean {
    const role = this.#providerRole;
    if (this.#provider && hasProperty(this.#provider, 'role')) return true;
    if (role?.type !== 'object') return role?.type === 'string' && !hasHole(String(role.value));
    return (role.children ?? []).some(({ children }) => /^(?:Ref|Fn::.*)$/.test(String(children?.[0]?.value)));
  }

  #hasOwn(node: ValueNode): boolean {
    if (this.#isGiven || hasProperty(node, 'role')) return false;
    if (this.#isPerFunction || hasProperty(node, 'iamRoleStatements')) return true;
    const role = descend(node, 'iam', 'role');
    return role?.type === 'object' && (hasProperty(role, 'statements') || hasProperty(role, 'managedPolicies'));
  }

  #sharedName(tree: FileTree): HolderName {
    const name = descend(this.#providerRole, 'name');
    if (name) return { text: tree.said.common(name) ?? [{}] };
    return { text: roleName(tree, []) };
  }
}

const ELSEWHERE: End = {
  kind: 'unknown',
  why: 'functions with roles of their own may inherit these statements',
  holderKind: 'role',
  quota: SIZE_QUOTAS.role,
};

function taker(holder: HolderReference): Taker {
  return { takes: 'document', by: { kind: 'holder', holder, quota: SIZE_QUOTAS.role } };
}

function holder(address: string, name: HolderName): HolderFact {
  return { address, kind: 'role', name, amount: 'one' };
}

function nameOfFunctionRole(name: string, node: ValueNode, tree: FileTree): HolderName {
  const given = descend(node, 'iam', 'role', 'name') ?? descend(node, 'iamRoleStatementsName');
  return { text: given ? (tree.said.common(given) ?? [{}]) : roleName(tree, [name]) };
}

/** The name that the framework makes up: `SERVICE-STAGE-FUNCTION-REGION-lambdaRole`, without its end where it would be too long. */
function roleName({ variables }: FileTree, parts: readonly string[]): ComputedText {
  const service = variables?.service ?? [{}];
  const length = [literalOf(service) ?? '', ...parts].join('').length;
  const end = parts.length > 0 && length > MAX_FOR_SURE ? {} : '-lambdaRole';
  const own = parts.length > 0 ? ['-', ...parts] : [];
  return [...service, '-', { ref: STAGE }, ...own, '-', { ref: REGION }, end];
}

/** A service's and a function's name of so many letters leave enough of the 64 for the longest region, a stage and what else there is. */
const MAX_FOR_SURE = 64 - 'lambdaRole'.length - '----'.length - 'ap-southeast-1'.length - 'production'.length;

/** A function's name as a part of logical ids. */
function normalized(name: string): string {
  const own = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return own.charAt(0).toUpperCase() + own.slice(1);
}

/** A value by the keys that lead to it. */
export function descend(node: ValueNode | undefined, ...keys: readonly string[]): ValueNode | undefined {
  let at = node;
  for (const key of keys) at = at?.type === 'object' ? propertyNode(at, key) : undefined;
  return at;
}

function textAt(node: ValueNode | undefined, key: string): string | undefined {
  const value = descend(node, key)?.value;
  return typeof value === 'string' ? value : undefined;
}
