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
import { type Mention, mentionIn, mentionsInText } from './mentions.ts';
import { ANYTHING, namesInArns, type WrittenName, writtenName } from './names.ts';

/** A policy, or something that leads to one, and who takes it. */
export interface Use extends Mention {
  readonly consumer: Consumer;
}

/** A managed policy that is meant by its name, and who takes it. */
interface NamedUse {
  readonly name: WrittenName;
  readonly consumer: Consumer;
  /** The address of what says so. */
  readonly at?: string;
}

/** A name that is written out, or the address of the local value that gives it. */
export type NameSource = { readonly name: string } | { readonly local: string } | undefined;

/** What one file of a module says that matters to the policies of all its files. Nothing of it keeps the file's text alive. */
export interface ModuleFacts {
  readonly uses: readonly Use[];
  readonly namedUses: readonly NamedUse[];
  /** What the managed policies are called, by their addresses. */
  readonly policyNames: readonly (readonly [address: string, name: WrittenName | { readonly local: string }])[];
  /** What names the principals, by their addresses. */
  readonly principals: readonly (readonly [address: string, name: NameSource])[];
  /** The addresses of IAM's resources, each as often as it is there: an override file repeats it. */
  readonly resources: readonly string[];
  /** Local values, each as often as it is there, and what those that are plain strings say. */
  readonly locals: readonly (readonly [address: string, value: string | undefined])[];
  /** AWS managed policies that are attached, by what follows `policy/` in their ARNs. */
  readonly managed: readonly { readonly principal: PrincipalReference; readonly policy: string }[];
  /** Whether nothing of the file could be read, so that it may say anything. */
  readonly isUnread?: true;
}

/** The facts of a file that cannot be read. */
export const UNREAD: ModuleFacts = { ...noFacts(), isUnread: true };

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
  const facts = noFacts();
  for (const block of blocks) readBlock(block, facts);
  for (const stretch of unread) readUnread(stretch, facts);
  return facts;
}

type Lists = Omit<ModuleFacts, 'isUnread'>;

type Mutable = { -readonly [K in keyof Lists]: Lists[K][number][] };

function noFacts(): Mutable {
  return { uses: [], namedUses: [], policyNames: [], principals: [], resources: [], locals: [], managed: [] };
}

/** What a broken stretch mentions is taken by somebody there, of whom nobody can say who it is. */
function readUnread(stretch: string, { uses, namedUses }: Mutable): void {
  const consumer: Consumer = { takes: 'any', by: { kind: 'unknown', quota: SIZE_QUOTAS.managed } };
  for (const mention of mentionsInText(stretch)) uses.push({ ...mention, consumer });
  for (const name of namesInArns(stretch)) namedUses.push({ name, consumer });
}

function readBlock({ block, values }: ReadBlock, facts: Mutable): void {
  const each = onlyValue(block.attributes, 'for_each')?.references() ?? [];
  const at = detached(addressOf(block));
  for (const { path, value } of values) readValue(value, consumersOf(block, path), { at, each }, facts);
  readNamedPolicy(block, facts);
  const [resource = ''] = block.labels;
  if (block.type === 'locals') readLocals(block, facts);
  if (block.type === 'resource' && resource.startsWith('aws_iam_')) facts.resources.push(at);
  if (/^aws_iam_(?:role|user|group)$/.test(resource)) readPrincipal(block, facts);
  readManaged(block, facts);
}

function readValue(
  value: TerraformValue,
  consumers: readonly Consumer[],
  { at, each }: { readonly at: string; readonly each: readonly Reference[] },
  { uses, namedUses }: Mutable,
): void {
  if (consumers.length === 0) return;
  const references = value.references().flatMap((reference) => (reference[0] === 'each' ? each : [reference]));
  const mentions = references.flatMap((reference) => mentionIn(reference) ?? []);
  const different = new Map(mentions.map((mention) => [`${mention.gives} ${mention.of}`, mention]));
  for (const mention of different.values())
    for (const consumer of consumers) uses.push({ ...mention, of: detached(mention.of), consumer });
  for (const text of value.strings())
    for (const name of namesInArns(text)) for (const consumer of consumers) namedUses.push({ name, consumer, at });
}

/** What a managed policy is called, or one that is looked up by its name. */
function readNamedPolicy(block: TerraformBlock, { policyNames, namedUses }: Mutable): void {
  if (block.labels[0] !== 'aws_iam_policy') return;
  const value = onlyValue(block.attributes, 'name');
  const address = detached(addressOf(block));
  if (block.type === 'data') {
    const consumer: Consumer = { takes: 'arn', by: { kind: 'address', address } };
    if (value) namedUses.push({ name: writtenName(value.template), consumer, at: address });
    return;
  }
  const prefix = onlyValue(block.attributes, 'name_prefix')?.template;
  const source = value && nameSource(value);
  if (source && 'local' in source) policyNames.push([address, source]);
  else if (value) policyNames.push([address, writtenName(value.template)]);
  // Terraform puts together what is not said.
  else policyNames.push([address, writtenName(`${prefix ?? 'terraform-'}${ANYTHING}`)]);
}

function readLocals({ attributes }: TerraformBlock, { locals }: Mutable): void {
  for (const { key, value } of attributes)
    locals.push([detached(`local.${key}`), value.literal === undefined ? undefined : detached(value.literal)]);
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
