import { quote } from '../../text.ts';
import type { PolicyOwner } from '../model.ts';
import { keyOf, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { mentionsBeside } from './mentions.ts';
import { searchedName } from './policyNames.ts';
import { resourcesBeside } from './template.ts';
import { unseenName } from './unseen.ts';

/** What refers to a managed policy in its file. */
export type PolicyUse =
  /** A principal of the template, to which the policy is attached. */
  | {
      readonly as: 'attached';
      readonly kind: PolicyOwner['kind'];
      readonly logicalId: string;
      readonly resource: ValueNode;
    }
  /** The policy limits what others grant, and grants nothing itself. */
  | { readonly as: 'boundary' }
  /** What may hand the policy on to anybody, such as an output. */
  | { readonly as: 'unknown'; readonly why: string };

/** What attaches the managed policies that it lists, and where it does. */
const ATTACHING: ReadonlyMap<string | undefined, readonly [key: string, kind: PolicyOwner['kind']]> = new Map([
  ['AWS::IAM::Role', ['ManagedPolicyArns', 'role']],
  ['AWS::IAM::User', ['ManagedPolicyArns', 'user']],
  ['AWS::IAM::Group', ['ManagedPolicyArns', 'group']],
  // These have an execution role of their own.
  ['AWS::Serverless::Function', ['Policies', 'role']],
  ['AWS::Serverless::StateMachine', ['Policies', 'role']],
]);

/**
 * What in its file refers to a managed policy, by its logical id or its name. Nothing but the lists of principals is known to do no
 * more than attach it: whatever else refers to it may hand it on.
 */
export function usesOf(policy: ValueNode, logicalId: string | undefined): readonly PolicyUse[] {
  const mentions = mentionsBeside(policy);
  const { unseen } = mentions;
  const properties = propertyNode(policy, 'Properties');
  const name = properties && propertyNode(properties, 'ManagedPolicyName');
  const names = new Set((name ? mentions.texts.of(name) : []).map(searchedName));
  const nodes = new Set([
    ...(logicalId === undefined ? [] : mentions.ofId(logicalId)),
    ...[...names].flatMap((each) => mentions.ofName(each)).filter((node) => node !== name),
  ]);
  const uses = new Map<unknown, PolicyUse>();
  for (const node of nodes) {
    const use = useBy(node);
    uses.set(use.as === 'attached' ? use.resource : use.as, use);
  }
  const loop = loopAround(policy);
  if (loop !== undefined) uses.set('unknown', { as: 'unknown', why: `${quote(loop)} makes several of this policy` });
  else if (unseen && !uses.has('unknown'))
    uses.set('unknown', {
      as: 'unknown',
      why: `${quote(unseenName(unseen))} may bring in others that hold this policy`,
    });
  return [...uses.values()];
}

/** By the reference: one that a loop makes may be to thousands of policies. */
const known = new WeakMap<ValueNode, PolicyUse>();

function useBy(node: ValueNode): PolicyUse {
  let use = known.get(node);
  if (!use) {
    use = readUse(node);
    known.set(node, use);
  }
  return use;
}

/** What the place of a reference makes of it. */
function readUse(node: ValueNode): PolicyUse {
  const steps: { readonly key: string; readonly value: ValueNode | undefined }[] = [];
  let isShared = false;
  for (let at: ValueNode | undefined = node; at; at = at.parent) {
    // Who else has it by an alias, is not followed.
    if (at.isShared || (at.uses ?? 1) > 1) isShared = true;
    if (at.type === 'property') steps.unshift({ key: String(at.children?.[0]?.value), value: at.children?.[1] });
  }
  const keys = steps.map(({ key }) => key);
  if (keys.some((key) => /permissionsboundary$/i.test(key))) return { as: 'boundary' };
  const section = keys.findIndex((key) => /^(?:Resources|Outputs|Parameters)$/.test(key));
  const [, holder, properties, list, ...functions] = section < 0 ? [] : steps.slice(section);
  const resource = holder?.value;
  const type = resource && stringProperty(resource, 'Type');
  const attaching = ATTACHING.get(type);
  if (
    resource &&
    attaching &&
    !isShared &&
    keys[section] === 'Resources' &&
    properties?.key === 'Properties' &&
    list?.key === attaching[0] &&
    functions.every(({ key }) => key === 'Ref' || key.startsWith('Fn::')) &&
    resourcesBeside(resource)?.get(holder.key) === resource
  )
    return { as: 'attached', kind: attaching[1], logicalId: holder.key, resource };
  return { as: 'unknown', why: `${describePlace(keys.slice(Math.max(section, 0)))} refers to this policy` };
}

function describePlace([section, holder]: readonly string[]): string {
  if (section === 'Outputs' && holder !== undefined) return `the output ${quote(holder)}`;
  if (section === 'Parameters' && holder !== undefined) return `the parameter ${quote(holder)}`;
  return quote((section === 'Resources' ? holder : section) ?? '');
}

/** The key of the loop that makes several resources of one. */
function loopAround(resource: ValueNode): string | undefined {
  for (let at: ValueNode | undefined = resource; at; at = at.parent)
    if (keyOf(at)?.startsWith('Fn::ForEach::')) return keyOf(at);
  return undefined;
}
