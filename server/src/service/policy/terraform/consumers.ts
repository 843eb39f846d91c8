import { detached } from '../../json/detached.ts';
import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { HolderKind, HolderName, HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { addressOf, onlyValue, type Reference, type TerraformBlock } from './block.ts';
import { textOf } from './computed.ts';
import { type Expression, meantBy, referencesOf } from './expression.ts';
import { loopOf } from './loops.ts';

/** The resources that hold one policy: the kind of principal, which the attribute of the same name says, and the quota. */
export const INLINE: ReadonlyMap<string, HolderKind> = new Map([
  ['aws_iam_role_policy', 'role'],
  ['aws_iam_user_policy', 'user'],
  ['aws_iam_group_policy', 'group'],
]);

/** Where attachments name principals, one or several. */
const PRINCIPAL_KEYS: readonly (readonly [key: string, kind: HolderKind])[] = [
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
export function takersOf(block: TerraformBlock, path: readonly string[]): Taker[] {
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
      return dataTakers(block);
    case 'resource':
      return resourceTakers(block, path);
    case 'output':
      return [{ takes: 'any', by: { kind: 'output', name: block.labels[0] ?? '' } }];
    case 'module':
      return [{ takes: 'any', by: { kind: 'argument', call: addressOf(block), name: first } }];
    default:
      return [toUnknown(block)];
  }
}

function dataTakers(block: TerraformBlock): Taker[] {
  const [type] = block.labels;
  // Its statements may be made of those of another one. An ARN in it is what they are about.
  if (type === 'aws_iam_policy_document') return [{ ...toAddress('document', addressOf(block)), merges: true }];
  return [type === 'aws_iam_policy' ? toAddress('any', addressOf(block)) : toUnknown(block)];
}

function resourceTakers(block: TerraformBlock, path: readonly string[]): Taker[] {
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
    const held = (principals.length > 0 ? principals : [nameless(inline)]).map((principal) =>
      toPrincipal('document', principal, SIZE_QUOTAS[inline], said),
    );
    return [...held, toAddress('document', said)];
  }
  if (type === 'aws_iam_policy') return key === 'policy' ? [toAddress('document', said)] : [];
  if (type === 'aws_iam_role' || type === 'aws_iam_user') return holderTakers(type, said, path);
  if (type === 'aws_iam_group') return [];
  if (ATTACHMENT.test(type)) {
    if (key !== 'policy_arn' && key !== 'policy_arns') return [];
    const attached = principalsOf(attributes).map((principal) =>
      toPrincipal('arn', principal, SIZE_QUOTAS.managed, said),
    );
    return [...attached, toAddress('arn', said)];
  }
  return otherTakers(block, path);
}

function holderTakers(type: 'aws_iam_role' | 'aws_iam_user', said: string, path: readonly string[]): Taker[] {
  const kind = type === 'aws_iam_role' ? 'role' : 'user';
  const principal: HolderReference = { kind, address: said };
  const [first = ''] = path;
  switch (first) {
    case 'inline_policy':
      if (path[1] === 'name') return [];
      return [toPrincipal('document', principal, SIZE_QUOTAS[kind]), toAddress('document', `${said}.inline_policy`)];
    case 'managed_policy_arns':
      return [toPrincipal('arn', principal, SIZE_QUOTAS.managed), toAddress('arn', `${said}.managed_policy_arns`)];
    // Whoever limits a principal by a policy grants nothing by it.
    case 'permissions_boundary':
      return [boundary(said)];
    default:
      return HARMLESS_TO_AWS.has(first) ? [] : [otherPolicy(said)];
  }
}

/** Keys whose value is a policy, in which an ARN is what it is about. */
const POLICY_KEY = /polic(?:y|ies)(?:_documents?|_json|_text|_body|_template)?$/;

/** Resources of whatever kind. */
function otherTakers(block: TerraformBlock, path: readonly string[]): Taker[] {
  const [type = ''] = block.labels;
  const [first = ''] = path;
  const last = path.at(-1) ?? '';
  const unknown = toUnknown(block);
  const said = addressOf(block);
  if (!/^aws(?:cc)?_/.test(type)) return [unknown];
  if (HARMLESS_TO_AWS.has(first)) return [];
  if (type === 'aws_ssoadmin_permission_set_inline_policy')
    return [{ takes: 'document', by: { ...unknown.by, quota: SIZE_QUOTAS.role } }];
  const isPolicy = POLICY_KEY.test(last) || (type.includes('_organizations_') && last === 'content');
  if (last === 'permissions_boundary') return [boundary(said)];
  if (!isPolicy) return [unknown];
  // What a bucket, queue, key, endpoint or organization has for a policy is none of an identity.
  const mayGrant = /^aws_ssoadmin_|^awscc_(?:iam|sso)_/.test(type) && !/assume_role|trust/.test(last);
  return [mayGrant ? { ...unknown, takes: 'document' } : otherPolicy(said)];
}

function toAddress(takes: Taker['takes'], address: string): Taker {
  return { takes, by: { kind: 'address', address } };
}

function toUnknown(block: TerraformBlock): Taker & { readonly by: { readonly kind: 'unknown' } } {
  return { takes: 'any', by: { kind: 'unknown', why: `'${addressOf(block)}' takes it` } };
}

/** Whoever limits a principal by a policy grants nothing by it. */
function boundary(said: string): Taker {
  return { takes: 'arn', by: { kind: 'other', why: `it is a permissions boundary of '${said}'` } };
}

function otherPolicy(said: string): Taker {
  return { takes: 'document', by: { kind: 'other', why: `it is a policy of '${said}' that is no identity policy` } };
}

function nameless(kind: HolderKind): HolderReference {
  return { kind, name: { unknown: true } };
}

function toPrincipal(takes: Taker['takes'], holder: HolderReference, quota: number, said?: string): Taker {
  return { takes, by: { kind: 'holder', holder, quota, ...(said !== undefined && { said }) } };
}

/** The principals that a resource names. */
export function principalsOf(attributes: TerraformBlock['attributes']): HolderReference[] {
  const provider = onlyValue(attributes, 'provider')?.text;
  const each = onlyValue(attributes, 'for_each')?.expression;
  const loop = each && loopOf(each);
  const how: MentionParts = {
    ...(provider !== undefined && { provider: detached(provider) }),
    ...(typeof loop === 'object' && { loop }),
  };
  return PRINCIPAL_KEYS.flatMap(([key, kind]) => {
    const value = onlyValue(attributes, key);
    return (value ? meantBy(value.expression) : []).flatMap((expression) => referencesTo(expression, kind, how));
  });
}

/** The types of resources, and of what is only looked up, that are principals. */
const PRINCIPAL_TYPES = { role: 'aws_iam_role', user: 'aws_iam_user', group: 'aws_iam_group' } as const;

/** What of a principal names it, and is no key of a loop. */
const NAMES = /^(?:name|id|arn|unique_id|\*|\d+)$/;

/** What is said of whoever a resource names. */
type MentionParts = Pick<Extract<HolderReference, { readonly name: HolderName }>, 'provider' | 'loop'>;

/** Whom an expression names; of one that is not understood, all principals that it refers to, and perhaps others. */
function referencesTo(expression: Expression, kind: HolderKind, how: MentionParts): HolderReference[] {
  const named = (text: ComputedText): HolderReference => ({ kind, name: { text }, ...how });
  if (expression.kind === 'other') {
    const references = referencesOf(expression);
    const addresses = references.flatMap((reference) => principalAddress(reference, PRINCIPAL_TYPES[kind]) ?? []);
    const isAll = addresses.length > 0 && addresses.length === references.filter(([, second]) => second).length;
    return [
      ...[...new Set(addresses)].map((address): HolderReference => ({ kind, address: detached(address) })),
      ...(isAll ? [] : [named([HOLE])]),
    ];
  }
  const address =
    expression.kind === 'reference' ? principalAddress(expression.steps, PRINCIPAL_TYPES[kind]) : undefined;
  return address === undefined ? [named(textOf(expression) ?? [HOLE])] : [{ kind, address: detached(address) }];
}

/** The address of a principal of the same module. */
function principalAddress(reference: Reference, type: string): string | undefined {
  const isData = reference[0] === 'data';
  const [first, second, key] = isData ? reference.slice(1) : reference;
  if (first !== type || second === undefined) return undefined;
  const address = isData ? `data.${type}.${second}` : `${type}.${second}`;
  return key === undefined || NAMES.test(key) ? address : `${address}[${JSON.stringify(key)}]`;
}
