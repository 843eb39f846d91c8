import { type PolicyKind, type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import { isMerged, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { usesOf } from './attachments.ts';
import { attachedOwner, namedOwner, resourceOwner, serverlessOwner } from './owner.ts';
import { serverlessFrameworkContext } from './serverlessFramework.ts';

/** What the places around a policy say about it. */
export interface PolicyContext {
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner;
  readonly quota: number;
  /** The logical id of the resource that holds the policy. */
  readonly address?: string;
}

/**
 * The CloudFormation and SAM resource types whose policies are identity policies. An allow-list: a bucket, queue,
 * key, endpoint or service control policy says nothing about what a role uses.
 */
const IDENTITY_TYPES: ReadonlyMap<string, { readonly quota: number; readonly owner?: PolicyOwner['kind'] }> = new Map([
  ['AWS::IAM::Role', { quota: SIZE_QUOTAS.role, owner: 'role' }],
  ['AWS::IAM::User', { quota: SIZE_QUOTAS.user, owner: 'user' }],
  ['AWS::IAM::Group', { quota: SIZE_QUOTAS.group, owner: 'group' }],
  ['AWS::IAM::RolePolicy', { quota: SIZE_QUOTAS.role }],
  ['AWS::IAM::UserPolicy', { quota: SIZE_QUOTAS.user }],
  ['AWS::IAM::GroupPolicy', { quota: SIZE_QUOTAS.group }],
  ['AWS::IAM::Policy', { quota: SIZE_QUOTAS.role }],
  ['AWS::IAM::ManagedPolicy', { quota: SIZE_QUOTAS.managed }],
  ['AWS::SSO::PermissionSet', { quota: SIZE_QUOTAS.role }],
  ['AWS::Serverless::Function', { quota: SIZE_QUOTAS.role }],
  ['AWS::Serverless::StateMachine', { quota: SIZE_QUOTAS.role }],
]);

/** Keys whose policy is of another kind although it stands in a role or next to one. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  'AssumeRolePolicyDocument',
  'assumeRolePolicyDocument',
  'assumeRolePolicy',
  'ResourcePolicy',
  'resourcePolicy',
  'ServiceControlPolicy',
]);

/** Looks from the policy's node outwards for what holds it: a template's resource, or the answer of an AWS command. */
export function contextOf(policy: ValueNode): PolicyContext {
  const serverless = serverlessFrameworkContext(policy);
  if (serverless) return serverless;
  let owner: PolicyOwner | undefined;
  for (let node: ValueNode | undefined = policy.parent; node; node = node.parent) {
    if (node.type === 'property') {
      if (OTHER_KEYS.has(String(node.children?.[0]?.value))) return { kind: 'other', quota: SIZE_QUOTAS.managed };
      continue;
    }
    // What is merged in may be the type of another resource.
    if (isMerged(node)) return { kind: 'other', quota: SIZE_QUOTAS.managed };
    const type = resourceType(node);
    if (type) return { ...resourceContext(node, type), ...addressOf(node) };
    owner ??= node.type === 'object' ? namedOwner(node) : undefined;
  }
  if (owner) return { kind: 'identity', owner, quota: SIZE_QUOTAS[owner.kind] };
  return { kind: 'identity', quota: SIZE_QUOTAS.managed };
}

/** The resource type of a CloudFormation resource, also where the CDK's construct tree quotes it. */
function resourceType(node: ValueNode): string | undefined {
  if (node.type !== 'object') return undefined;
  const type = stringProperty(node, 'Type') ?? stringProperty(node, 'aws:cdk:cloudformation:type');
  return type?.includes('::') ? type : undefined;
}

function addressOf({ parent }: ValueNode): { address?: string } {
  return parent?.type === 'property' ? { address: String(parent.children?.[0]?.value) } : {};
}

function resourceContext(resource: ValueNode, type: string): PolicyContext {
  const identity = IDENTITY_TYPES.get(type);
  if (!identity) return { kind: 'other', quota: SIZE_QUOTAS.managed };
  const properties = propertyNode(resource, 'Properties');
  const { address } = addressOf(resource);
  if (type.startsWith('AWS::Serverless::'))
    return { kind: 'identity', owner: serverlessOwner(address, properties), quota: identity.quota };
  // Identity Center makes its roles, in many accounts, and names them itself.
  if (type === 'AWS::SSO::PermissionSet') return { kind: 'identity', owner: { kind: 'role' }, quota: identity.quota };
  if (!identity.owner) {
    const uses = type === 'AWS::IAM::ManagedPolicy' ? usesOf(resource, address) : [];
    // A permissions boundary limits what others grant: what of it is unused, findings do not tell.
    if (uses.some((use) => use.as === 'boundary')) return { kind: 'other', quota: SIZE_QUOTAS.managed };
    const named = properties && uses.length === 0 ? namedOwner(properties) : undefined;
    const owner = named ?? (properties && attachedOwner(resource, properties, uses));
    return { kind: 'identity', ...(owner && { owner }), quota: attachmentQuota(resource) ?? identity.quota };
  }
  const owner = resourceOwner(identity.owner, address, properties);
  return { kind: 'identity', owner, quota: identity.quota };
}

/** An `AWS::IAM::Policy` is an inline policy of all it lists, so the tightest of their quotas binds. */
function attachmentQuota(resource: ValueNode): number | undefined {
  if (stringProperty(resource, 'Type') !== 'AWS::IAM::Policy') return undefined;
  const properties = propertyNode(resource, 'Properties');
  if (properties && propertyNode(properties, 'Users')) return SIZE_QUOTAS.user;
  return properties && propertyNode(properties, 'Groups') ? SIZE_QUOTAS.group : undefined;
}
