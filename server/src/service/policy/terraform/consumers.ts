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
  /** The provider, as it is written, of the resource that gives the name: roles of one name may be in two accounts. */
  readonly provider?: string;
}

/** What goes from place to place: the text of a policy, or what names a managed one: its ARN, id or name. */
export type Carried = 'document' | 'arn';

/** Who takes something in a place, and what of it. */
export interface Consumer {
  readonly takes: Carried | 'any';
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
    /** A trust, resource or service control policy, a boundary: to it findings do not speak. */
    | { readonly kind: 'other' }
    /** Whatever may do with it what it wants, such as another module, and somebody who has no name here, such as a permission set. */
    | { readonly kind: 'unknown'; readonly at?: string | undefined; readonly quota?: number };
}

/** The resources that hold one policy: the kind of principal, which the attribute of the same name says, and the quota. */
export const INLINE: ReadonlyMap<string, PolicyOwner['kind']> = new Map([
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

/** The resources that attach managed policies. */
export const ATTACHMENT = /^aws_iam_(?:role_|user_|group_)?policy_attachment(?:s_exclusive)?$/;

/**
 * Where nothing that is mentioned gets hold of a policy, in all blocks: how often it is there, and what it waits for. These and the
 * places below are all that is known: whoever takes a policy elsewhere may do anything.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'depends_on',
  'provider',
  'providers',
  'lifecycle',
]);

/** The same for some types of blocks. */
const HARMLESS_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['module', ['source', 'version']],
  ['output', ['description', 'precondition']],
  ['check', ['assert']],
]);

/** Blocks that only name resources, or say how Terraform is to be run. */
const SILENT: ReadonlySet<string> = new Set(['moved', 'import', 'removed', 'terraform']);

/** Of resources of AWS's providers: what is for people to read. */
const HARMLESS_TO_AWS: ReadonlySet<string> = new Set(['name', 'name_prefix', 'description', 'tags', 'tags_all']);

/**
 * Who takes what stands in an attribute of a block; none where nobody does.
 * @param path the nested blocks that hold the attribute, and its own name
 */
export function consumersOf(block: TerraformBlock, path: readonly string[]): Consumer[] {
  const { type } = block;
  const [first = ''] = path;
  // Local values are called as their author likes.
  const isHarmless = HARMLESS.has(first) || HARMLESS_IN.get(type)?.includes(first) === true;
  if (SILENT.has(type) || (type !== 'locals' && isHarmless)) return [];
  switch (type) {
    case 'locals':
      return [{ takes: 'any', by: { kind: 'address', address: detached(`local.${path.join('.')}`) } }];
    case 'variable':
      return first === 'default' ? [toAddress('any', `var.${block.labels[0]}`)] : [];
    case 'data':
      return dataConsumers(block);
    case 'resource':
      return resourceConsumers(block, path);
    default:
      return [toUnknown(block)];
  }
}

function dataConsumers(block: TerraformBlock): Consumer[] {
  const [type] = block.labels;
  // Its statements may be made of those of another one. An ARN in it is what they are about.
  if (type === 'aws_iam_policy_document') return [toAddress('document', addressOf(block))];
  return [type === 'aws_iam_policy' ? toAddress('any', addressOf(block)) : toUnknown(block)];
}

function resourceConsumers(block: TerraformBlock, path: readonly string[]): Consumer[] {
  const { labels, attributes } = block;
  const [type = ''] = labels;
  const [first = ''] = path;
  const key = path.join('.');
  const said = addressOf(block);
  if (first === 'provisioner' || first === 'connection') return [toUnknown(block)];
  const inline = INLINE.get(type);
  if (inline) {
    if (key !== 'policy') return [];
    const principals = principalsOf(attributes);
    // Somebody holds it, even where the attribute that says who is still to be typed.
    const held = (principals.length > 0 ? principals : [{ kind: inline }]).map((principal) =>
      toPrincipal('document', principal, SIZE_QUOTAS[inline], said),
    );
    return [...held, toAddress('document', said)];
  }
  if (type === 'aws_iam_policy') return key === 'policy' ? [toAddress('document', said)] : [];
  if (type === 'aws_iam_role' || type === 'aws_iam_user') return principalConsumers(type, said, path);
  if (type === 'aws_iam_group') return [];
  if (ATTACHMENT.test(type)) {
    if (key !== 'policy_arn' && key !== 'policy_arns') return [];
    const attached = principalsOf(attributes).map((principal) =>
      toPrincipal('arn', principal, SIZE_QUOTAS.managed, said),
    );
    return [...attached, toAddress('arn', said)];
  }
  return otherConsumers(block, path);
}

function principalConsumers(type: 'aws_iam_role' | 'aws_iam_user', said: string, path: readonly string[]): Consumer[] {
  const kind = type === 'aws_iam_role' ? 'role' : 'user';
  const principal: PrincipalReference = { kind, address: said };
  const [first = ''] = path;
  switch (first) {
    case 'inline_policy':
      if (path[1] === 'name') return [];
      return [toPrincipal('document', principal, SIZE_QUOTAS[kind]), toAddress('document', `${said}.inline_policy`)];
    case 'managed_policy_arns':
      return [toPrincipal('arn', principal, SIZE_QUOTAS.managed), toAddress('arn', `${said}.managed_policy_arns`)];
    // Whoever limits a principal by a policy grants nothing by it.
    case 'permissions_boundary':
      return [{ takes: 'arn', by: { kind: 'other' } }];
    default:
      return HARMLESS_TO_AWS.has(first) ? [] : [{ takes: 'document', by: { kind: 'other' } }];
  }
}

/** Keys whose value is a policy, in which an ARN is what it is about. */
const POLICY_KEY = /polic(?:y|ies)(?:_documents?|_json|_text|_body|_template)?$/;

/** Resources of whatever kind. */
function otherConsumers(block: TerraformBlock, path: readonly string[]): Consumer[] {
  const [type = ''] = block.labels;
  const [first = ''] = path;
  const last = path.at(-1) ?? '';
  const unknown = toUnknown(block);
  if (!/^aws(?:cc)?_/.test(type)) return [unknown];
  if (HARMLESS_TO_AWS.has(first)) return [];
  if (type === 'aws_ssoadmin_permission_set_inline_policy')
    return [{ takes: 'document', by: { ...unknown.by, quota: SIZE_QUOTAS.role } }];
  const isPolicy = POLICY_KEY.test(last) || (type.includes('_organizations_') && last === 'content');
  if (last === 'permissions_boundary') return [{ takes: 'arn', by: { kind: 'other' } }];
  if (!isPolicy) return [unknown];
  // What a bucket, queue, key, endpoint or organization has for a policy is none of an identity.
  const mayGrant = /^aws_ssoadmin_|^awscc_(?:iam|sso)_/.test(type) && !/assume_role|trust/.test(last);
  return [mayGrant ? { ...unknown, takes: 'document' } : { takes: 'document', by: { kind: 'other' } }];
}

function toAddress(takes: Consumer['takes'], address: string): Consumer {
  return { takes, by: { kind: 'address', address } };
}

function toUnknown(block: TerraformBlock): Consumer & { readonly by: { readonly kind: 'unknown' } } {
  return { takes: 'any', by: { kind: 'unknown', at: addressOf(block) } };
}

function toPrincipal(takes: Consumer['takes'], principal: PrincipalReference, quota: number, said?: string): Consumer {
  return { takes, by: { kind: 'principal', principal, quota, ...(said !== undefined && { said }) } };
}

/** The principals that a resource names. */
export function principalsOf(attributes: TerraformBlock['attributes']): PrincipalReference[] {
  const provider = onlyValue(attributes, 'provider')?.text;
  return PRINCIPAL_KEYS.flatMap(([key, kind]) => {
    const value = onlyValue(attributes, key);
    return (value?.items ?? []).map((item) => ({
      ...toReference(item, kind),
      ...(provider !== undefined && { provider: detached(provider) }),
    }));
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
