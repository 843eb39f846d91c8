import { detached } from '../../json/detached.ts';
import { type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import { addressOf, onlyValue, type Reference, type TerraformBlock, type TerraformValue } from './block.ts';

/** Who holds a policy, as an attribute such as `role` says it. */
export interface PrincipalReference {
  readonly kind: PolicyOwner['kind'];
  /** The name, where it is written out. */
  readonly name?: string;
  /** What gives the name otherwise: the address of a resource such as `aws_iam_role.app`, or of a local value. */
  readonly address?: string;
}

/** What takes a policy, or something that leads to one. */
export interface Consumer {
  /** What it takes: the text of a policy, the ARN of a managed one, or whatever it is given. */
  readonly takes: 'document' | 'arn' | 'any';
  readonly by:
    | {
        readonly kind: 'principal';
        readonly principal: PrincipalReference;
        readonly quota: number;
        /** The address of the resource that says so. */
        readonly said?: string;
      }
    /** Something that others refer to, by its address: whoever takes that takes the policy. */
    | { readonly kind: 'address'; readonly address: string }
    /** An identity policy of somebody who has no name here, such as a permission set. */
    | { readonly kind: 'identity'; readonly quota: number }
    /** A trust, resource or service control policy, a boundary: to it findings do not speak. */
    | { readonly kind: 'other' }
    /** Another module, which may do with it what it wants. */
    | { readonly kind: 'unknown' };
}

/** The resources that hold one policy: the kind of principal, which the attribute of the same name says, and the quota. */
const INLINE: ReadonlyMap<string, PolicyOwner['kind']> = new Map([
  ['aws_iam_role_policy', 'role'],
  ['aws_iam_user_policy', 'user'],
  ['aws_iam_group_policy', 'group'],
]);

/** Where attachments name principals, one or several. */
const PRINCIPAL_KEYS: readonly (readonly [key: string, kind: PolicyOwner['kind']])[] = [
  ['role', 'role'],
  ['role_name', 'role'],
  ['roles', 'role'],
  ['user', 'user'],
  ['user_name', 'user'],
  ['users', 'user'],
  ['group', 'group'],
  ['group_name', 'group'],
  ['groups', 'group'],
];

const ATTACHMENT = /^aws_iam_(?:role_|user_|group_)?policy_attachment(?:s_exclusive)?$/;

/** Arguments that every block may have and that say nothing of what it does. */
const META_KEYS: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'depends_on',
  'provider',
  'tags',
  'name',
  'description',
]);

/**
 * Who takes what stands in an attribute of a block; none for an attribute that takes no policy.
 * @param path the nested blocks that hold the attribute, and its own name
 */
export function consumersOf(block: TerraformBlock, path: readonly string[]): Consumer[] {
  const key = path.join('.');
  const [type = '', name = ''] = block.labels;
  // Local values are called as their author likes.
  if (block.type !== 'locals' && (META_KEYS.has(path[0] ?? '') || path[0] === 'lifecycle')) return [];
  switch (block.type) {
    case 'locals':
      return [{ takes: 'any', by: { kind: 'address', address: `local.${key}` } }];
    case 'module':
      return [{ takes: 'any', by: { kind: 'unknown' } }];
    case 'output':
      return [{ takes: 'document', by: { kind: 'unknown' } }];
    case 'data':
      // What is looked up by the ARN of a policy is that policy, and where it goes from there is not followed.
      if (type === 'aws_iam_policy') return [{ takes: 'any', by: { kind: 'unknown' } }];
      return type === 'aws_iam_policy_document' && SOURCES.has(key)
        ? [{ takes: 'document', by: { kind: 'address', address: `data.${type}.${name}` } }]
        : [];
    case 'resource':
      return resourceConsumers(block, key);
    default:
      return [];
  }
}

/** The attributes by which a policy document takes in the statements of others. */
const SOURCES: ReadonlySet<string> = new Set([
  'source_policy_documents',
  'override_policy_documents',
  'source_json',
  'override_json',
]);

function resourceConsumers(block: TerraformBlock, key: string): Consumer[] {
  const { labels, attributes } = block;
  const [type = '', name = ''] = labels;
  const said = addressOf(block);
  const inline = INLINE.get(type);
  if (inline) {
    if (key !== 'policy') return [];
    const principals = principalsOf(attributes);
    // Somebody holds it, even where the attribute that says who is still to be typed.
    return (principals.length > 0 ? principals : [{ kind: inline }]).map((principal) =>
      toPrincipal('document', principal, SIZE_QUOTAS[inline], said),
    );
  }
  if (type === 'aws_iam_policy')
    return key === 'policy' ? [{ takes: 'document', by: { kind: 'address', address: `aws_iam_policy.${name}` } }] : [];
  if (type === 'aws_iam_role' || type === 'aws_iam_user') return principalConsumers(type, name, key);
  if (ATTACHMENT.test(type))
    return key === 'policy_arn' || key === 'policy_arns'
      ? principalsOf(attributes).map((principal) => toPrincipal('arn', principal, SIZE_QUOTAS.managed, said))
      : [];
  if (type === 'aws_ssoadmin_permission_set_inline_policy')
    return [{ takes: 'document', by: { kind: 'identity', quota: SIZE_QUOTAS.role } }];
  if (type.startsWith('aws_ssoadmin_')) return [{ takes: 'any', by: { kind: 'unknown' } }];
  // A bucket, queue, key, endpoint, organization: an identity policy has no business there. What is none of AWS's may do anything.
  return type.startsWith('aws_')
    ? [{ takes: 'document', by: { kind: 'other' } }]
    : [{ takes: 'any', by: { kind: 'unknown' } }];
}

function principalConsumers(type: 'aws_iam_role' | 'aws_iam_user', name: string, key: string): Consumer[] {
  const kind = type === 'aws_iam_role' ? 'role' : 'user';
  const principal: PrincipalReference = { kind, address: `${type}.${name}` };
  if (key === 'inline_policy.policy') return [toPrincipal('document', principal, SIZE_QUOTAS[kind])];
  if (key === 'managed_policy_arns') return [toPrincipal('arn', principal, SIZE_QUOTAS.managed)];
  // Whoever limits a principal by a policy grants nothing by it.
  if (key === 'permissions_boundary') return [{ takes: 'arn', by: { kind: 'other' } }];
  return [{ takes: 'document', by: { kind: 'other' } }];
}

function toPrincipal(takes: Consumer['takes'], principal: PrincipalReference, quota: number, said?: string): Consumer {
  return { takes, by: { kind: 'principal', principal, quota, ...(said !== undefined && { said }) } };
}

/** The principals that a resource names. */
export function principalsOf(attributes: TerraformBlock['attributes']): PrincipalReference[] {
  return PRINCIPAL_KEYS.flatMap(([key, kind]) => {
    const value = onlyValue(attributes, key);
    return (value?.items ?? []).map((item) => toReference(item, kind));
  });
}

/** The types of resources, and of what is only looked up, that are principals. */
const PRINCIPAL_TYPES = { role: 'aws_iam_role', user: 'aws_iam_user', group: 'aws_iam_group' } as const;

function toReference({ literal, reference = [] }: TerraformValue, kind: PolicyOwner['kind']): PrincipalReference {
  if (literal !== undefined) return { kind, name: detached(literal) };
  const address = principalAddress(reference, PRINCIPAL_TYPES[kind]);
  return { kind, ...(address !== undefined && { address: detached(address) }) };
}

/** The address of a principal, or of a local value that may be its name. */
function principalAddress(reference: Reference, type: string): string | undefined {
  const [first, second, third] = reference;
  if (first === 'data' && second === type && third !== undefined) return `data.${type}.${third}`;
  if (first === type && second !== undefined) return `${type}.${second}`;
  return first === 'local' && reference.length === 2 ? `local.${second}` : undefined;
}
