import { detached } from '../../json/detached.ts';
import { quote } from '../../text.ts';
import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import { isEnvironment } from '../../whose/environments.ts';
import {
  type Edge,
  type FileFacts,
  type HolderKind,
  type HolderReference,
  NO_FACTS,
  type PolicyFact,
  type Taker,
  type ValueFact,
} from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { addressOf, onlyValue, type PlacedValue, type TerraformBlock, type TerraformValue } from './block.ts';
import { common, textOf } from './computed.ts';
import { ATTACHMENT, INLINE, principalsOf, takersOf } from './consumers.ts';
import { type Expression, literalOf, meantBy } from './expression.ts';
import { amountOf, itemsOf } from './loops.ts';
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
  // What a loop goes through may be what `each` hands on.
  const each = onlyValue(block.attributes, 'for_each');
  for (const { path, value } of values) {
    readValue(value, takersOf(block, path), each, facts);
    if (value.references().some(([first, second]) => first === 'terraform' && second === 'workspace'))
      sayWorkspaces(facts);
    if (block.type === 'variable' && path[0] === 'validation') readValidation(block, value, facts);
  }
  const [resource = ''] = block.labels;
  const kind = HOLDER_TYPES.get(resource);
  if (kind && (block.type === 'resource' || block.type === 'data')) readHolder(block, kind, facts);
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
  each: TerraformValue | undefined,
  { edges, namedUses }: Mutable,
): void {
  if (takers.length === 0) return;
  const own = value.references();
  // What it says of each is what the loop goes through.
  const all = each && own.some(([first]) => first === 'each') ? [value, each] : [value];
  const references = all.flatMap((one) => (one === value ? own : one.references()));
  const mentions = references.flatMap((reference) => mentionIn(reference) ?? []);
  const different = new Map(mentions.map((mention) => [`${mention.gives} ${mention.of}`, mention]));
  for (const { of, gives } of different.values()) {
    const edge: Omit<Edge, 'to'> = { of: detached(of), gives };
    for (const to of takers) edges.push({ ...edge, to });
  }
  for (const text of all.flatMap((one) => [...one.strings()]))
    for (const written of policiesInArns(text)) for (const to of takers) namedUses.push({ ...written, to });
}

function readHolder(block: TerraformBlock, kind: HolderKind, { holders, values }: Mutable): void {
  const { attributes, type } = block;
  const address = detached(addressOf(block));
  const text = type === 'data' ? lookedUpName(block, kind) : nameOf(block);
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

/** By which name something is looked up. */
function lookedUpName({ attributes }: TerraformBlock, kind: HolderKind): ComputedText | undefined {
  const value = onlyValue(attributes, 'name') ?? onlyValue(attributes, `${kind}_name`);
  return (value && textOf(value.expression)) ?? undefined;
}

/** What Terraform calls what it is told no name for. */
const MADE_UP: ComputedText = ['terraform-20', HOLE];

/**
 * What a resource is called: by its `name`, or by its `name_prefix` and what Terraform makes up. Where a condition chooses between the
 * two, as far as they are the same.
 */
function nameOf({ attributes }: TerraformBlock): ComputedText {
  const [name, prefix] = ['name', 'name_prefix'].map((key) => onlyValue(attributes, key)?.expression);
  const text = name && textOf(name);
  const start = prefix && textOf(prefix);
  const made = start ? [...unassumed(start), HOLE] : MADE_UP;
  if (!text) return attributes.filter(({ key }) => key === 'name').length > 1 ? [HOLE] : made;
  return name && prefix && mayBeNothing(name) ? common(unassumed(text), made) : text;
}

/** Whether a condition may choose nothing. */
function mayBeNothing(expression: Expression): boolean {
  return expression.kind === 'null' || (expression.kind === 'choice' && expression.of.some(mayBeNothing));
}

/** A text that is put in at best, as if it were put in for sure. */
function unassumed(text: ComputedText): ComputedText {
  return text.flatMap((part) => (typeof part === 'object' && part.ref === undefined && part.otherwise) || [part]);
}

function readManagedPolicy(block: TerraformBlock, { managedNames, namedUses, values }: Mutable): void {
  const { attributes, type } = block;
  const address = detached(addressOf(block));
  if (type === 'data') {
    const to: Taker = { takes: 'arn', by: { kind: 'address', address } };
    const name = onlyValue(attributes, 'name');
    if (name) namedUses.push({ name: textOf(name.expression) ?? [HOLE], to });
    return;
  }
  if (type !== 'resource') return;
  const text = nameOf(block);
  managedNames.push({ address, name: { text } });
  values.push({ ref: `${address}.name`, text });
}

function readLocals({ attributes }: TerraformBlock, { values }: Mutable): void {
  for (const { key, value } of attributes) values.push(...valuesIn(detached(`local.${key}`), value.expression, 0));
}

/** Objects in local values are read so deep. */
const MAX_OBJECTS = 4;

/** What a value says, and what its members do. */
function valuesIn(ref: string, expression: Expression, depth: number): ValueFact[] {
  const own = { ref, ...saidBy(expression) };
  if (expression.kind !== 'object' || depth > MAX_OBJECTS) return [own];
  const members = expression.members.flatMap(({ key, value }) => valuesIn(detached(`${ref}.${key}`), value, depth + 1));
  return [own, ...members];
}

/** What an expression says: a text, the items of a list, or nothing at all. */
function saidBy(expression: Expression): Pick<ValueFact, 'text' | 'items' | 'isNothing'> {
  const text = textOf(expression);
  if (text === null) return { text: [], isNothing: true };
  const items = itemsOf(expression);
  return { text, ...(items && (items.length > 0 ? { items } : { isNothing: true as const })) };
}

function readVariable({ labels, attributes }: TerraformBlock, facts: Mutable): void {
  const [name = ''] = labels;
  const byDefault = onlyValue(attributes, 'default');
  if (byDefault)
    for (const value of valuesIn(detached(`var.${name}`), byDefault.expression, 0))
      facts.values.push({ ...value, isDefault: true });
  // A list of what it may be stands in its validation, or in its description.
  for (const { key, value } of attributes)
    if (key === 'description') sayEnvironments(name, [...value.strings()], facts);
}

/** What a variable may be, by the condition that it is checked with. */
function readValidation({ labels: [name = ''] }: TerraformBlock, value: TerraformValue, facts: Mutable): void {
  sayEnvironments(name, [...value.strings()], facts);
}

function sayEnvironments(variable: string, texts: readonly string[], { deployments }: Mutable): void {
  const environments = new Set(texts.flatMap((text) => text.match(/[A-Za-z-]{2,20}/g) ?? []).filter(isEnvironment));
  if (environments.size < 2) return;
  const [one, other] = [...environments].map((word) => quote(detached(word)));
  const why = `its variable ${quote(detached(variable))} may be ${one} or ${other}`;
  deployments.push({ of: { scope: true }, isSeveral: true, why });
}

function readOutput({ labels, attributes }: TerraformBlock, { values }: Mutable): void {
  const value = onlyValue(attributes, 'value');
  if (value) values.push({ ref: detached(`output.${labels[0]}`), ...saidBy(value.expression) });
}

function readCall(block: TerraformBlock, { calls }: Mutable): void {
  const { attributes, labels } = block;
  const written = onlyValue(attributes, 'source');
  const source = written && literalOf(written.expression);
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
      .map(({ key, value }) => ({ name: detached(key), ...saidBy(value.expression) })),
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
    const each = onlyValue(attributes, 'for_each')?.expression;
    for (const text of arnsIn(value.expression, each)) {
      const policy = AWS_MANAGED.exec(text)?.[1];
      if (policy !== undefined) for (const holder of holders) awsManaged.push({ holder, policy: detached(policy) });
    }
  }
}

/** The texts of a list, or the one, with what is put in left out; what `each` stands for in its place. */
function arnsIn(expression: Expression, each: Expression | undefined): string[] {
  const items = meantBy(expression).flatMap((item) =>
    each && item.kind === 'reference' && item.steps[0] === 'each' ? meantBy(each) : [item],
  );
  return items.map((item) => (textOf(item) ?? []).map((part) => (typeof part === 'string' ? part : '')).join(''));
}
