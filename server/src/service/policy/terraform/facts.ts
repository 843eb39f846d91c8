import { detached } from '../../json/detached.ts';
import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import { isEnvironment } from '../../whose/environments.ts';
import {
  type Amount,
  type Edge,
  type FileFacts,
  type HolderKind,
  type HolderReference,
  NO_FACTS,
  type PolicyFact,
  type Taker,
} from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import {
  addressOf,
  onlyValue,
  type PlacedValue,
  type Reference,
  type TerraformBlock,
  type TerraformValue,
} from './block.ts';
import { detachedText } from './computed.ts';
import { ATTACHMENT, INLINE, principalsOf, takersOf } from './consumers.ts';
import { mentionIn, mentionsInText } from './mentions.ts';
import { policiesInArns } from './names.ts';

/** An ARN of one of AWS's own policies, or its end: the partition is often put in by a reference. */
const AWS_MANAGED = /:iam::aws:policy\/([\w+=,.@/-]+)$/;

/** A block, and what stands in it. */
export interface ReadBlock {
  readonly block: TerraformBlock;
  /** Its attributes and those of the blocks inside it. What a `dynamic` block makes counts as one attribute of it, `policy`. */
  readonly values: Iterable<PlacedValue>;
}

/** What a file of a module is, as far as it was read. */
export interface ReadModuleFile {
  readonly blocks: Iterable<ReadBlock>;
  readonly policies: readonly PolicyFact[];
  /** Stretches of the file's text of which nobody can say what they mean. */
  readonly stretches: Iterable<string>;
  /** Why nothing of it could be read. */
  readonly unread?: string;
}

type Lists = Omit<FileFacts, 'scope' | 'unread'>;
type Mutable = { -readonly [K in keyof Lists]-?: NonNullable<Lists[K]>[number][] };

/** What a file of a Terraform module says. Nothing of it keeps the file's text alive. */
export function collectFacts({ blocks, policies, stretches, unread }: ReadModuleFile): FileFacts {
  const facts: Mutable = {
    policies: [...policies],
    holders: [],
    edges: [],
    managedNames: [],
    namedUses: [],
    attachments: [],
    awsManaged: [],
    values: [],
    calls: [],
    includes: [],
    deployments: [],
    inventory: [],
  };
  for (const block of blocks) readBlock(block, facts);
  for (const stretch of stretches) readUnread(stretch, facts);
  return { ...facts, scope: 'folder', ...(unread !== undefined && { unread }) };
}

/** The facts of a file of which nothing could be read. */
export function unreadFacts(unread: string): FileFacts {
  return { ...NO_FACTS, scope: 'folder', unread };
}

/** What a broken stretch mentions is taken by somebody there, of whom nobody can say who it is. */
function readUnread(stretch: string, { edges, namedUses }: Mutable): void {
  const to: Taker = {
    takes: 'any',
    by: { kind: 'unknown', why: 'something that is broken mentions it', quota: SIZE_QUOTAS.managed },
  };
  for (const { of, gives } of mentionsInText(stretch)) edges.push({ of, gives, to });
  for (const written of policiesInArns(stretch)) namedUses.push({ ...written, to });
}

function readBlock({ block, values }: ReadBlock, facts: Mutable): void {
  const each = onlyValue(block.attributes, 'for_each');
  const loop = each?.loop;
  // What a loop goes through may be what `each` hands on.
  const references = each?.references() ?? [];
  for (const { path, value } of values) {
    readValue(value, takersOf(block, path), references, facts);
    if (value.references().some(([first, second]) => first === 'terraform' && second === 'workspace'))
      sayWorkspaces(facts);
  }
  const [resource = ''] = block.labels;
  const kind = HOLDER_TYPES.get(resource);
  if (kind && (block.type === 'resource' || block.type === 'data'))
    readHolder(block, kind, loop?.isSet === true, facts);
  if (block.type === 'resource' && (INLINE.has(resource) || ATTACHMENT.test(resource)))
    facts.attachments.push(detached(addressOf(block)));
  if (resource === 'aws_iam_policy') readManagedPolicy(block, facts);
  if (block.type === 'locals') readLocals(block, facts);
  if (block.type === 'variable') readVariable(block, facts);
  if (block.type === 'output') readOutput(block, facts);
  if (block.type === 'module') readCall(block, facts);
  readAwsManaged(block, facts);
}

const HOLDER_TYPES: ReadonlyMap<string, HolderKind> = new Map([
  ['aws_iam_role', 'role'],
  ['aws_iam_user', 'user'],
  ['aws_iam_group', 'group'],
]);

function readValue(
  value: TerraformValue,
  takers: readonly Taker[],
  each: readonly Reference[],
  { edges, namedUses }: Mutable,
): void {
  if (takers.length === 0) return;
  const references = value.references().flatMap((reference) => (reference[0] === 'each' ? each : [reference]));
  const mentions = references.flatMap((reference) => mentionIn(reference) ?? []);
  const different = new Map(mentions.map((mention) => [`${mention.gives} ${mention.of}`, mention]));
  for (const { of, gives } of different.values()) {
    const edge: Omit<Edge, 'to'> = { of: detached(of), gives };
    for (const to of takers) edges.push({ ...edge, to });
  }
  for (const text of value.strings())
    for (const written of policiesInArns(text)) for (const to of takers) namedUses.push({ ...written, to });
}

function readHolder(block: TerraformBlock, kind: HolderKind, isSet: boolean, { holders, values }: Mutable): void {
  const { attributes, type } = block;
  const address = detached(addressOf(block));
  const name = onlyValue(attributes, type === 'data' ? `${kind}_name` : 'name') ?? onlyValue(attributes, 'name');
  const prefix = onlyValue(attributes, 'name_prefix');
  const text = name ? textOf(name, isSet) : prefix && [...textOf(prefix, isSet), HOLE];
  const provider = onlyValue(attributes, 'provider')?.text;
  holders.push({
    address,
    kind,
    name: text ? { text } : { unknown: true },
    amount: amountOf(block),
    ...(provider !== undefined && { provider: detached(provider) }),
    ...(type === 'data' && { isMention: true }),
  });
  // What refers to the role's name puts in the name.
  if (text) for (const attribute of ['name', 'id']) values.push({ ref: `${address}.${attribute}`, text });
}

/** How often a block is there. */
export function amountOf({ attributes }: TerraformBlock): Amount {
  const count = onlyValue(attributes, 'count');
  const each = onlyValue(attributes, 'for_each');
  if (each) return each.loop?.keys.map(detached) ?? 'several';
  if (!count) return 'one';
  const text = count.text.trim();
  if (text === '1') return 'one';
  if (text === '0') return 'optional';
  return /\?[^?:]*\b[01]\s*:\s*[01]\s*\}?\s*$|\?\s*1\s*:\s*0|\?\s*0\s*:\s*1/.test(text) ? 'optional' : 'several';
}

function readManagedPolicy(block: TerraformBlock, { managedNames, namedUses, values }: Mutable): void {
  const { attributes, type } = block;
  const address = detached(addressOf(block));
  const name = onlyValue(attributes, 'name');
  if (type === 'data') {
    const to: Taker = { takes: 'arn', by: { kind: 'address', address } };
    if (name) namedUses.push({ name: textOf(name, false), to });
    return;
  }
  if (type !== 'resource') return;
  const prefix = onlyValue(attributes, 'name_prefix');
  const text = name ? textOf(name, false) : [...(prefix ? textOf(prefix, false) : ['terraform-']), HOLE];
  managedNames.push({ address, name: { text } });
  values.push({ ref: `${address}.name`, text });
}

function readLocals({ attributes }: TerraformBlock, { values }: Mutable): void {
  for (const { key, value } of attributes) values.push({ ref: detached(`local.${key}`), text: textOf(value, false) });
}

function readVariable({ labels, attributes }: TerraformBlock, { values, deployments }: Mutable): void {
  const name = labels[0] ?? '';
  const byDefault = onlyValue(attributes, 'default');
  if (byDefault) values.push({ ref: detached(`var.${name}`), text: textOf(byDefault, false), isDefault: true });
  // A list of what it may be stands in its validation, which is a block, or in its description.
  const allowed = attributes.flatMap(({ key, value }) =>
    key === 'condition' || key === 'description' || key === 'validation' ? [...value.strings()] : [],
  );
  const environments = new Set(allowed.flatMap((text) => text.match(/[A-Za-z-]{2,20}/g) ?? []).filter(isEnvironment));
  if (environments.size > 1)
    deployments.push({
      of: { scope: true },
      isSeveral: true,
      why: `its variable '${detached(name)}' may be ${[...environments]
        .slice(0, 2)
        .map((word) => `'${detached(word)}'`)
        .join(' or ')}`,
    });
}

function readOutput({ labels, attributes }: TerraformBlock, { values }: Mutable): void {
  const value = onlyValue(attributes, 'value');
  if (value) values.push({ ref: detached(`output.${labels[0]}`), text: textOf(value, false) });
}

function readCall(block: TerraformBlock, { calls }: Mutable): void {
  const { attributes, labels } = block;
  const source = onlyValue(attributes, 'source')?.literal;
  const provider = onlyValue(attributes, 'providers')?.text;
  const name = detached(labels[0] ?? '');
  calls.push({
    address: `module.${name}`,
    label:
      source === undefined || source.startsWith('.')
        ? `the module '${name}'`
        : `the module '${name}' from '${detached(source)}'`,
    target: source?.startsWith('.') ? [detached(source)] : undefined,
    kind: 'folder',
    arguments: attributes
      .filter(({ key }) => !NO_ARGUMENTS.has(key))
      .map(({ key, value }) => ({ name: detached(key), text: textOf(value, false) })),
    amount: amountOf(block),
    ...(provider !== undefined && { provider: detached(provider.replace(/\s+/g, ' ').slice(0, 256)) }),
  });
}

const NO_ARGUMENTS: ReadonlySet<string> = new Set([
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'depends_on',
]);

function sayWorkspaces({ deployments }: Mutable): void {
  const why = "it asks for 'terraform.workspace'";
  if (!deployments.some((deployment) => deployment.why === why))
    deployments.push({ of: { scope: true }, isSeveral: true, why });
}

function readAwsManaged({ labels, attributes }: TerraformBlock, { awsManaged }: Mutable): void {
  const [type, name] = labels;
  const self: HolderReference[] =
    type === 'aws_iam_role' ? [{ kind: 'role', address: detached(`${type}.${name}`) }] : [];
  for (const { key, value } of attributes) {
    if (key !== 'managed_policy_arns' && key !== 'policy_arn' && key !== 'policy_arns') continue;
    const holders = key === 'managed_policy_arns' ? self : principalsOf(attributes);
    for (const { text } of value.items) {
      const policy = AWS_MANAGED.exec(text)?.[1];
      if (policy !== undefined) for (const holder of holders) awsManaged.push({ holder, policy: detached(policy) });
    }
  }
}

/** What a value says; `each.value` is the key in a set only. */
function textOf({ computed }: TerraformValue, isSet: boolean): ComputedText {
  return detachedText(
    isSet ? computed : computed.map((part) => (typeof part !== 'string' && part.ref === 'each.value' ? HOLE : part)),
  );
}
