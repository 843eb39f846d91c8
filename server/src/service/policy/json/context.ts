import type { JsonNode } from '../../json/tree.ts';
import { type PolicyKind, type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import { managedPoliciesOf } from './managedPolicies.ts';
import { propertyNode, stringProperty } from './nodes.ts';
import { resourcesBeside } from './template.ts';

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
  'ResourcePolicy',
  'ServiceControlPolicy',
]);

/** Properties of `aws iam get-role-policy` and its kin that name who holds the policy beside them. */
const NAME_KEYS = [
  ['RoleName', 'role'],
  ['UserName', 'user'],
  ['GroupName', 'group'],
] as const;

/** Looks from the policy's node outwards for what holds it: a template's resource, or the answer of an AWS command. */
export function contextOf(policy: JsonNode): PolicyContext {
  let owner: PolicyOwner | undefined;
  for (let node: JsonNode | undefined = policy.parent; node; node = node.parent) {
    if (node.type === 'property') {
      if (OTHER_KEYS.has(String(node.children?.[0]?.value))) return { kind: 'other', quota: SIZE_QUOTAS.managed };
      continue;
    }
    const type = resourceType(node);
    if (type) return { ...resourceContext(node, type), ...addressOf(node) };
    owner ??= node.type === 'object' ? namedOwner(node) : undefined;
  }
  if (owner) return { kind: 'identity', owner, quota: SIZE_QUOTAS[owner.kind] };
  return { kind: 'identity', quota: SIZE_QUOTAS.managed };
}

/** The resource type of a CloudFormation resource, also where the CDK's construct tree quotes it. */
function resourceType(node: JsonNode): string | undefined {
  if (node.type !== 'object') return undefined;
  const type = stringProperty(node, 'Type') ?? stringProperty(node, 'aws:cdk:cloudformation:type');
  return type?.includes('::') ? type : undefined;
}

function addressOf({ parent }: JsonNode): { address?: string } {
  return parent?.type === 'property' ? { address: String(parent.children?.[0]?.value) } : {};
}

function resourceContext(resource: JsonNode, type: string): PolicyContext {
  const identity = IDENTITY_TYPES.get(type);
  if (!identity) return { kind: 'other', quota: SIZE_QUOTAS.managed };
  const properties = propertyNode(resource, 'Properties');
  if (!identity.owner) {
    const owner = properties && (namedOwner(properties) ?? attachedOwner(resource, properties));
    return { kind: 'identity', ...(owner && { owner }), quota: attachmentQuota(resource) ?? identity.quota };
  }
  const owner = resourceOwner(identity.owner, addressOf(resource).address, properties);
  return { kind: 'identity', owner, quota: identity.quota };
}

/** A principal that is a resource of the template itself. */
function resourceOwner(
  kind: PolicyOwner['kind'],
  logicalId: string | undefined,
  properties: JsonNode | undefined,
): PolicyOwner {
  const name =
    properties && NAME_KEYS.map(([key]) => stringProperty(properties, key)).find((value) => value !== undefined);
  const managedPolicies = properties ? managedPoliciesOf(properties) : [];
  return {
    kind,
    ...(name !== undefined && { name }),
    ...(logicalId !== undefined && { logicalId }),
    ...(managedPolicies.length > 0 && { managedPolicies }),
  };
}

/** An `AWS::IAM::Policy` is an inline policy of all it lists, so the tightest of their quotas binds. */
function attachmentQuota(resource: JsonNode): number | undefined {
  if (stringProperty(resource, 'Type') !== 'AWS::IAM::Policy') return undefined;
  const properties = propertyNode(resource, 'Properties');
  if (properties && propertyNode(properties, 'Users')) return SIZE_QUOTAS.user;
  return properties && propertyNode(properties, 'Groups') ? SIZE_QUOTAS.group : undefined;
}

/**
 * What says to whom a policy that is a resource of its own is attached: the lists of `AWS::IAM::Policy` and
 * `AWS::IAM::ManagedPolicy`, and the names of `AWS::IAM::RolePolicy` and its kin where they are not written literally.
 */
const ATTACHMENT_KEYS = [['Roles', 'role'], ['Users', 'user'], ['Groups', 'group'], ...NAME_KEYS] as const;

/** The types of the resources that are principals. */
const PRINCIPAL_TYPES = { role: 'AWS::IAM::Role', user: 'AWS::IAM::User', group: 'AWS::IAM::Group' } as const;

/**
 * Whom a policy is attached to in its template. Of several, or of what is not written literally, nobody can say who it is;
 * the owner is then known to be somebody, so that the findings of a namesake of the file do not apply.
 */
function attachedOwner(resource: JsonNode, properties: JsonNode): PolicyOwner | undefined {
  const attached = ATTACHMENT_KEYS.flatMap(([key, kind]) => {
    const list = propertyNode(properties, key);
    return (list?.type === 'array' ? (list.children ?? []) : list ? [list] : []).map((item) => ({ kind, item }));
  });
  const [first, ...others] = attached;
  if (!first) return undefined;
  if (others.length > 0) return { kind: first.kind };
  const { kind, item } = first;
  const logicalId = item.type === 'object' ? stringProperty(item, 'Ref') : undefined;
  if (item.type === 'string') return { kind, name: String(item.value) };
  const principal = logicalId === undefined ? undefined : resourcesBeside(resource)?.get(logicalId);
  // A parameter, too, is named by `Ref`: whose name it is given, nobody can say.
  if (!principal || stringProperty(principal, 'Type') !== PRINCIPAL_TYPES[kind]) return { kind };
  // The CDK gives a role's policies as resources of their own; what else is known of the role stands with the role.
  return resourceOwner(kind, logicalId, propertyNode(principal, 'Properties'));
}

function namedOwner(node: JsonNode): PolicyOwner | undefined {
  for (const [key, kind] of NAME_KEYS) {
    const name = stringProperty(node, key);
    if (name === undefined) continue;
    const managedPolicies = managedPoliciesOf(node);
    return { kind, name, ...(managedPolicies.length > 0 && { managedPolicies }) };
  }
  return undefined;
}
