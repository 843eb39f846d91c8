import { quote } from '../../text.ts';
import type { HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { hasProperty, keyOf, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { callAddress, isCall } from './calls.ts';
import type { FileTree } from './fileTree.ts';
import { madeRoleOf } from './holderFacts.ts';
import { namedPrincipal } from './namedPrincipals.ts';
import { permissionSetRoles } from './policyTakers.ts';
import { PRINCIPAL_TYPES, type Resource, ROLE_MAKERS } from './resources.ts';

/** A step from the root of a file to a place in it. */
interface Step {
  readonly key: string;
  readonly value: ValueNode;
}

/**
 * Who takes a managed policy that is meant, by its ARN or name, in a place of a file. Nothing but the lists of principals is known to
 * do no more than attach it: whatever else means it may hand it on.
 */
export class ArnPlaces {
  readonly #tree: FileTree;
  /** By the reference: one that a loop makes may be to thousands of policies. */
  readonly #known = new Map<ValueNode, readonly Taker[]>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  takersAt(node: ValueNode): readonly Taker[] {
    let takers = this.#known.get(node);
    if (!takers) {
      takers = this.#read(node);
      this.#known.set(node, takers);
    }
    return takers;
  }

  /** The principal to which a place attaches what stands there. */
  holderAt(node: ValueNode): HolderReference | undefined {
    for (const { by } of this.takersAt(node)) if (by.kind === 'holder') return by.holder;
    return undefined;
  }

  #read(node: ValueNode): readonly Taker[] {
    const steps = stepsTo(node);
    const keys = steps.map(({ key }) => key);
    if (keys.some((key) => /permissions?boundary(?:arn)?$/i.test(key))) return [BOUNDARY];
    const resource = this.#tree.resources.around(node);
    if (resource) return this.#inResource(resource, steps, isShared(node));
    const [section = ''] = keys.filter((key) => SECTIONS.has(key));
    if (section === 'Conditions' || section === 'Rules') return [];
    const template = steps.findIndex(({ key }) => key === section);
    const [, own] = section === '' ? [] : steps.slice(template);
    if (section === 'Outputs' && own && !this.#tree.loopAround(node)) return this.#output(own);
    if (section === 'Parameters' && own) return [addressTaker(own.key)];
    if (section === 'Mappings' && own) return [addressTaker(mappingAddress(own.key)), addressTaker(mappingAddress(''))];
    return this.#inServerless(keys) ?? this.#inAnswer(node) ?? [unknown(describePlace(keys, section, own?.key))];
  }

  #inResource(resource: Resource, steps: readonly Step[], isElsewhereToo: boolean): readonly Taker[] {
    const { id, node, type } = resource;
    const [properties, list, ...functions] = steps.slice(steps.findIndex(({ value }) => value === node) + 1);
    const isFunction = functions.every(({ key }) => key === 'Ref' || key.startsWith('Fn::'));
    const isPlain = properties?.key === 'Properties' && !isElsewhereToo && this.#tree.resources.withId(id) === resource;
    if (isPlain && list?.key === ATTACHING.get(type) && isFunction) {
      const kind = PRINCIPAL_TYPES.get(type);
      if (kind) return [attachment({ kind, address: id })];
      const address = madeRoleOf(resource, this.#tree);
      return address === undefined ? [] : [attachment({ kind: 'role', address })];
    }
    if (type === 'AWS::SSO::PermissionSet' && steps.some(({ key }) => key === 'CustomerManagedPolicyReferences'))
      return [attachment(permissionSetRoles(node))];
    if (isPlain && list?.key === 'Parameters' && isCall(type)) {
      const name = argumentOf(functions, list.value);
      if (name !== undefined) return [{ takes: 'any', by: { kind: 'argument', call: callAddress(id), name } }];
    }
    return [unknown(`${quote(id)} refers to this policy`)];
  }

  #output({ key, value }: Step): readonly Taker[] {
    const exported = value.type === 'object' ? propertyNode(value, 'Export') : undefined;
    const name = exported?.type === 'object' ? propertyNode(exported, 'Name') : undefined;
    const output: Taker = { takes: 'any', by: { kind: 'output', name: key } };
    if (!exported) return [output];
    const text = (name && this.#tree.said.common(name)) ?? [{}];
    return [output, { takes: 'any', by: { kind: 'export', name: text } }];
  }

  /** Lists of managed policies in a `serverless.yml`. */
  #inServerless(keys: readonly string[]): readonly Taker[] | undefined {
    const { serverless } = this.#tree;
    if (!serverless) return undefined;
    const path = keys.filter((key) => key !== 'Ref' && !key.startsWith('Fn::')).join('.');
    if (/^provider\.(?:iam\.role\.managedPolicies|iamManagedPolicies)$/.test(path)) {
      const elsewhere = serverless.hasFunctionsElsewhere
        ? [unknown('functions that stand elsewhere have this policy')]
        : [];
      return [...serverless.providerHolders.map(attachment), ...elsewhere];
    }
    if (keys[0] !== 'functions' || !/\.(?:iam\.role\.managedPolicies|iamManagedPolicies)$/.test(path)) return undefined;
    const own = serverless.roleOf(keys[1] ?? '');
    return own && [attachment(own)];
  }

  /** Where an answer of AWS tells of a policy, or of who has it. */
  #inAnswer(node: ValueNode): readonly Taker[] | undefined {
    const holder = node.parent?.parent;
    if (holder?.type !== 'object') return undefined;
    // A policy's own ARN.
    if (keyOf(node) === 'Arn' && DESCRIPTION.some((key) => hasProperty(holder, key))) return [];
    if (keyOf(node) === 'PhysicalResourceId') return [];
    if (keyOf(node) !== 'PolicyArn' || holder.parent?.type !== 'array') return undefined;
    const principal = keyOf(holder.parent) === 'AttachedManagedPolicies' ? holder.parent.parent?.parent : undefined;
    const reference = principal && namedPrincipal(principal);
    return reference && [attachment(reference)];
  }
}

/** Where principals list the managed policies that they have. */
const ATTACHING: ReadonlyMap<string, string> = new Map([
  ...[...PRINCIPAL_TYPES.keys()].map((type) => [type, 'ManagedPolicyArns'] as const),
  ...[...ROLE_MAKERS].map((type) => [type, 'Policies'] as const),
]);

/** What stands beside the ARN of a policy that is described. */
const DESCRIPTION = ['PolicyName', 'PolicyId', 'PolicyVersionList', 'DefaultVersionId'];

/** The sections of a template; what others have under these keys is as good as one. */
const SECTIONS: ReadonlySet<string> = new Set(['Outputs', 'Parameters', 'Conditions', 'Rules', 'Mappings']);

const BOUNDARY: Taker = { takes: 'arn', by: { kind: 'other', why: 'this policy is a permissions boundary' } };

/** The address of a mapping, for what stands in it. */
export function mappingAddress(name: string): string {
  return `Mappings.${name}`;
}

function addressTaker(address: string): Taker {
  return { takes: 'any', by: { kind: 'address', address } };
}

function attachment(holder: HolderReference): Taker {
  return { takes: 'arn', by: { kind: 'holder', holder, quota: SIZE_QUOTAS.managed } };
}

function unknown(why: string): Taker {
  return { takes: 'any', by: { kind: 'unknown', why } };
}

function stepsTo(node: ValueNode): Step[] {
  const steps: Step[] = [];
  for (let at: ValueNode | undefined = node; at; at = at.parent)
    if (at.type === 'property') steps.push({ key: String(at.children?.[0]?.value), value: at.children?.[1] ?? at });
  return steps.reverse();
}

/** Whether others have what stands in a place by an alias: who they are is not followed. */
function isShared(node: ValueNode): boolean {
  for (let at: ValueNode | undefined = node; at; at = at.parent) if (at.isShared || (at.uses ?? 1) > 1) return true;
  return false;
}

/** The parameter that a nested stack is given a value for: by its key, or, for a stack set, by what stands beside. */
function argumentOf([first, ...others]: readonly Step[], list: ValueNode): string | undefined {
  if (!first || !others.every(({ key }) => key === 'Ref' || key.startsWith('Fn::'))) return undefined;
  if (list.type === 'object') return first.key.startsWith('Fn::') ? undefined : first.key;
  const pair = first.key === 'ParameterValue' ? first.value.parent?.parent : undefined;
  return pair && stringProperty(pair, 'ParameterKey');
}

function describePlace(keys: readonly string[], section: string, own: string | undefined): string {
  const resources = keys.indexOf('Resources');
  const place = (resources < 0 ? undefined : keys[resources + 1]) ?? keys[0];
  if (section === 'Outputs' && own !== undefined) return `the output ${quote(own)} refers to this policy`;
  return `${place === undefined ? 'something in its file' : quote(place)} refers to this policy`;
}
