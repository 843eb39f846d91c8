import { detached } from '../../json/detached.ts';
import { SIZE_QUOTAS } from '../model.ts';
import {
  addressOf,
  onlyValue,
  type PlacedValue,
  type Reference,
  type TerraformBlock,
  type TerraformValue,
} from './block.ts';
import { type Consumer, consumersOf, type PrincipalReference, principalsOf } from './consumers.ts';

/** A policy, or something that leads to one, and who takes it. */
interface Use {
  /** The address of what is taken, such as `data.aws_iam_policy_document.app`. */
  readonly of: string;
  readonly consumer: Consumer;
}

/** A name that is written out, or the address of the local value that gives it. */
export type NameSource = { readonly name: string } | { readonly local: string } | undefined;

/** What one file of a module says that matters to the policies of all its files. Nothing of it keeps the file's text alive. */
export interface ModuleFacts {
  readonly uses: readonly Use[];
  /** What names the principals, by their addresses. */
  readonly principals: readonly (readonly [address: string, name: NameSource])[];
  /** The addresses of IAM's resources, each as often as it is there: an override file repeats it. */
  readonly resources: readonly string[];
  /** Local values that are plain strings. */
  readonly locals: readonly (readonly [address: string, value: string])[];
  /** AWS managed policies that are attached, by what follows `policy/` in their ARNs. */
  readonly managed: readonly { readonly principal: PrincipalReference; readonly policy: string }[];
}

/** An ARN of one of AWS's own policies, or its end: the partition is often put in by a reference. */
const AWS_MANAGED = /:iam::aws:policy\/([\w+=,.@/-]+)$/;

/** A block, and what stands in it. */
export interface ReadBlock {
  readonly block: TerraformBlock;
  /** Its attributes and those of the blocks inside it. What a `dynamic` block makes counts as one attribute of it, `policy`. */
  readonly values: Iterable<PlacedValue>;
}

/**
 * Collects the facts of a file.
 * @param unread stretches of the file's text of which nobody can say what they mean
 */
export function collectFacts(blocks: Iterable<ReadBlock>, unread: Iterable<string>): ModuleFacts {
  const facts: Mutable = { uses: [], principals: [], resources: [], locals: [], managed: [] };
  for (const block of blocks) readBlock(block, facts);
  for (const stretch of unread) readUnread(stretch, facts);
  return facts;
}

type Mutable = { -readonly [K in keyof ModuleFacts]: ModuleFacts[K][number][] };

/** What a broken stretch mentions is taken by somebody there, of whom nobody can say who it is. */
function readUnread(stretch: string, { uses }: Mutable): void {
  const by = { kind: 'principal', principal: { kind: 'role' }, quota: SIZE_QUOTAS.managed } as const;
  for (const [of] of stretch.matchAll(
    /\b(?:data\.aws_iam_policy_document|aws_iam_policy|local)\.[\p{ID_Continue}-]+/gu,
  ))
    uses.push({ of: detached(of), consumer: { takes: 'any', by } });
}

function readBlock({ block, values }: ReadBlock, facts: Mutable): void {
  const each = onlyValue(block.attributes, 'for_each')?.references() ?? [];
  for (const { path, value } of values) {
    const consumers = consumersOf(block, path);
    if (consumers.length === 0) continue;
    for (const of of addressesIn(value, each)) for (const consumer of consumers) facts.uses.push({ of, consumer });
  }
  const [resource = ''] = block.labels;
  if (block.type === 'locals') readLocals(block, facts);
  if (block.type === 'resource' && resource.startsWith('aws_iam_')) facts.resources.push(detached(addressOf(block)));
  if (/^aws_iam_(?:role|user|group)$/.test(resource)) readPrincipal(block, facts);
  readManaged(block, facts);
}

/** The addresses of policies, and of local values, that an expression refers to. */
function addressesIn(value: TerraformValue, each: readonly Reference[]): Set<string> {
  const references = value.references().flatMap((reference) => (reference[0] === 'each' ? each : [reference]));
  return new Set(references.flatMap((reference) => policyAddress(reference) ?? []).map(detached));
}

function policyAddress([first, second, third]: Reference): string | undefined {
  if (second === undefined) return undefined;
  if (first === 'data')
    return second === 'aws_iam_policy_document' && third !== undefined ? `data.${second}.${third}` : undefined;
  return first === 'aws_iam_policy' || first === 'local' ? `${first}.${second}` : undefined;
}

function readLocals({ attributes }: TerraformBlock, { locals }: Mutable): void {
  for (const { key, value } of attributes)
    if (value.literal !== undefined) locals.push([detached(`local.${key}`), detached(value.literal)]);
}

function readPrincipal(block: TerraformBlock, { principals }: Mutable): void {
  const isRepeated = block.attributes.some(({ key }) => key === 'count' || key === 'for_each');
  const value = isRepeated ? undefined : onlyValue(block.attributes, 'name');
  principals.push([detached(addressOf(block)), value && nameSource(value)]);
}

function nameSource({ literal, reference = [] }: TerraformValue): NameSource {
  if (literal !== undefined) return { name: detached(literal) };
  return reference[0] === 'local' && reference.length === 2 ? { local: detached(reference.join('.')) } : undefined;
}

function readManaged({ labels, attributes }: TerraformBlock, { managed }: Mutable): void {
  const [type, name] = labels;
  const self: PrincipalReference[] = type === 'aws_iam_role' ? [{ kind: 'role', address: `${type}.${name}` }] : [];
  for (const { key, value } of attributes) {
    if (key !== 'managed_policy_arns' && key !== 'policy_arn' && key !== 'policy_arns') continue;
    const principals = key === 'managed_policy_arns' ? self : principalsOf(attributes);
    for (const { text } of value.items) {
      const policy = AWS_MANAGED.exec(text)?.[1];
      if (policy !== undefined)
        for (const principal of principals) managed.push({ principal, policy: detached(policy) });
    }
  }
}
