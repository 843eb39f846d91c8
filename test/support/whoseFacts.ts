import { SIZE_QUOTAS } from '../../server/src/service/policy/model.ts';
import type { ComputedText } from '../../server/src/service/whose/computedText.ts';
import {
  type CallFact,
  type Carried,
  type DeploymentFact,
  type End,
  type FileFacts,
  type HolderFact,
  type HolderKind,
  type HolderName,
  type HolderReference,
  type InventoryFact,
  NO_FACTS,
  type PolicyFact,
  type Taker,
  WHOLE_FILE,
} from '../../server/src/service/whose/facts.ts';

/** Some of a file's facts, to be put together with others. */
export type Part = Partial<FileFacts>;

/** The facts of a file that is a scope of its own, such as a template. */
export function template(...parts: readonly Part[]): FileFacts {
  return together('file', parts);
}

/** The facts of a file of a Terraform module. */
export function terraform(...parts: readonly Part[]): FileFacts {
  return together('folder', parts);
}

function together(scope: FileFacts['scope'], parts: readonly Part[]): FileFacts {
  const facts: FileFacts = { ...NO_FACTS, scope };
  for (const part of parts)
    for (const [key, value] of Object.entries(part)) {
      const known = facts[key as keyof FileFacts];
      Object.assign(facts, { [key]: Array.isArray(known) ? [...known, ...(value as unknown[])] : value });
    }
  return facts;
}

/** A text with holes as a test writes it: `${var.prefix}-app`; `*` is a hole of which nothing is known. */
export function textOf(written: string): ComputedText {
  return written
    .split(/(\$\{[^}]*\}|\*)/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' ? {} : part.startsWith('${') ? { ref: part.slice(2, -1) } : part));
}

/** CloudFormation makes up the name. */
export const MADE_UP = { isMadeUp: true } as const;

/** Nobody knows the name. */
export const UNKNOWN = { isUnknown: true } as const;

type Name = string | typeof MADE_UP | typeof UNKNOWN;

function nameOf(name: Name, address: string): HolderName {
  if (typeof name === 'string') return { text: textOf(name) };
  return 'isMadeUp' in name ? { logicalId: address } : { unknown: true };
}

/** A role that is declared; CloudFormation makes up its name where none is given. */
export function role(address: string, name: Name = MADE_UP, more: Partial<HolderFact> = {}): Part {
  return { holders: [{ kind: 'role', address, name: nameOf(name, address), amount: 'one', ...more }] };
}

/** A user, as `role`. */
export function user(address: string, name: Name = MADE_UP): Part {
  return role(address, name, { kind: 'user' });
}

/** A group, as `role`. */
export function group(address: string, name: Name = MADE_UP): Part {
  return role(address, name, { kind: 'group' });
}

/** A holder that is meant by its address in the same scope. */
export function at(address: string, kind: HolderKind = 'role'): HolderReference {
  return { kind, address };
}

/** A holder that is meant by its name: `App`, `user/Ann`, `arn:aws:iam::111111111111:role/App`. */
export function called(written: string): HolderReference {
  if (written === '?') return { kind: 'role', name: { unknown: true } };
  const name = written.slice(written.lastIndexOf('/') + 1);
  const kind = /\b(user|group)\//.exec(written)?.[1] as HolderKind | undefined;
  return {
    kind: kind ?? 'role',
    name: { text: textOf(name) },
    ...(written.startsWith('arn:') && { arn: written }),
  };
}

function endOf(to: HolderReference | End, quota: number = SIZE_QUOTAS.managed): End {
  return isReference(to) ? { kind: 'holder', holder: to, quota } : to;
}

function isReference(to: HolderReference | End): to is HolderReference {
  return to.kind === 'role' || to.kind === 'user' || to.kind === 'group';
}

/** A policy that stands in what holds it; its pointer is `/` and its name, which is the holder's address where none is given. */
export function inline(holder: HolderReference, name?: string, more: Partial<PolicyFact> = {}): Part {
  const own = name ?? ('address' in holder ? holder.address : 'inline');
  const by = endOf(holder, SIZE_QUOTAS[holder.kind]);
  return { policies: [policyFact(own, { takers: [{ takes: 'document', by }], ...more })] };
}

/** A policy that others refer to by its address; a managed one where it has a name. */
export function managed(address: string, name?: Name, more: Partial<PolicyFact> = {}): Part {
  return {
    policies: [policyFact(address, { address, quota: SIZE_QUOTAS.managed, ...more })],
    ...(name !== undefined && { managedNames: [{ address, name: nameOf(name, address) }] }),
  };
}

/** A file that is a policy and says nothing else. */
export function loose(more: Partial<PolicyFact> = {}): Part {
  const fact: PolicyFact = { pointer: '', address: WHOLE_FILE, kind: 'identity', quota: Infinity, takers: [] };
  return { policies: [{ ...fact, isLoose: true, ...more }] };
}

function policyFact(name: string, more: Partial<PolicyFact>): PolicyFact {
  return { pointer: `/${name}`, name, kind: 'identity', quota: Infinity, takers: [], ...more };
}

/** What is at an address is given to somebody: a policy's ARN, if nothing else is said. */
export function attach(of: string, to: HolderReference | End, takes: Carried = 'arn'): Part {
  return { edges: [{ of, gives: takes, to: { takes, by: endOf(to) } }] };
}

/** A managed policy, meant by its name, is given to somebody. */
export function attachNamed(name: string, to: HolderReference | End, more: { account?: string } = {}): Part {
  return { namedUses: [{ name: textOf(name), to: taker('arn', to), ...more }] };
}

/** What another stack exports is given to somebody. */
export function importOf(name: string, to: HolderReference | End): Part {
  return { namedUses: [{ name: textOf(name), isExport: true, to: taker('arn', to) }] };
}

/** A file is put in as a policy of somebody. */
export function include(path: string, to: HolderReference | End, more: { isFromRoot?: true } = {}): Part {
  return { includes: [{ path: textOf(path), to: taker('document', to), ...more }] };
}

function taker(takes: Carried, to: HolderReference | End): Taker {
  return { takes, by: endOf(to) };
}

/** What a variable, a local value or a parameter says. */
export function value(ref: string, text: string): Part {
  return { values: [{ ref, text: textOf(text) }] };
}

/** What a variable or parameter says where nobody gives another value. */
export function byDefault(ref: string, text: string): Part {
  return { values: [{ ref, text: textOf(text), isDefault: true }] };
}

/** A call of a module: its target is a folder, written from that of the file. */
export function moduleCall(
  name: string,
  target: string,
  given: Readonly<Record<string, string>> = {},
  more: Partial<CallFact> = {},
): Part {
  return call({ address: `module.${name}`, label: `the module '${name}'`, kind: 'folder' }, target, given, more);
}

/** A nested stack: its target is a file, written from the folder of this one. */
export function nestedStack(
  logicalId: string,
  target: string,
  given: Readonly<Record<string, string>> = {},
  more: Partial<CallFact> = {},
): Part {
  return call({ address: logicalId, label: `the nested stack '${logicalId}'`, kind: 'file' }, target, given, more);
}

function call(
  own: Pick<CallFact, 'address' | 'label' | 'kind'>,
  target: string,
  given: Readonly<Record<string, string>>,
  more: Partial<CallFact>,
): Part {
  const args = Object.entries(given).map(([name, text]) => ({ name, text: textOf(text) }));
  return { calls: [{ ...own, target: textOf(target), arguments: args, amount: 'one', ...more }] };
}

/** A deployment that is named: of a template, a folder (`''`: the file's own), or all of the repository (`/`). */
export function deployed(of: string, stack: string | undefined, more: Partial<DeploymentFact> = {}): Part {
  const why = stack === undefined ? `it is deployed from '${of}'` : `it is deployed as '${stack}'`;
  return { deployments: [{ of, ...(stack !== undefined && { stack: textOf(stack) }), why, ...more }] };
}

/** Something that says that this file's own scope may be deployed several times. */
export function severalTimes(why = "its parameter 'Stage' may be 'dev' or 'prod'"): Part {
  return { deployments: [{ of: { scope: true }, isSeveral: true, why }] };
}

/** The resources of a stack, as AWS lists them: physical ids by logical ones; roles all of them. */
export function listsStack(
  stack: string | undefined,
  resources: Readonly<Record<string, string>>,
  more: { account?: string } = {},
): Part {
  return {
    inventory: [
      {
        kind: 'stack',
        ...(stack !== undefined && { stack }),
        ...more,
        resources: Object.entries(resources).map(([logicalId, physicalId]) => ({
          logicalId,
          type: 'AWS::IAM::Role',
          physicalId,
        })),
      },
    ],
  };
}

/** Terraform's state: ARNs by addresses. */
export function listsState(resources: Readonly<Record<string, string>>): Part {
  return {
    inventory: [{ kind: 'state', resources: Object.entries(resources).map(([address, arn]) => ({ address, arn })) }],
  };
}

type Listed = Extract<InventoryFact, { readonly kind: 'account' }>;

/** Roles and users of an account, by `role/App` and what they have; all that there are. */
export function listsAccount(
  account: string,
  principals: Readonly<Record<string, { policies?: readonly string[]; groups?: readonly string[] }>>,
  more: Partial<Listed> = {},
): Part {
  return {
    inventory: [
      {
        kind: 'account',
        account,
        lists: ['role', 'user'],
        isWhole: true,
        principals: Object.entries(principals).map(([name, { policies, ...rest }]) => ({
          arn: `arn:aws:iam::${account}:${name}`,
          ...rest,
          ...(policies && { policies: policies.map((policy) => `arn:aws:iam::${account}:policy/${policy}`) }),
        })),
        ...more,
      },
    ],
  };
}
