import { detached } from '../../json/detached.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { type Consumer, consumersOf, type HeldBlock, type PrincipalReference, principalsOf } from './consumers.ts';
import { attributesOf, headerOf, literalText, membersOf, onlyValue } from './nodes.ts';
import { type Reference, referenceOf, referencesIn } from './references.ts';
import type { HclFile, HclNode } from './tree.ts';

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
  /** Local values that are plain strings. */
  readonly locals: readonly (readonly [address: string, value: string])[];
  /** AWS managed policies that are attached, by what follows `policy/` in their ARNs. */
  readonly managed: readonly { readonly principal: PrincipalReference; readonly policy: string }[];
}

/** An ARN of one of AWS's own policies, or its end: the partition is often put in by a reference. */
const AWS_MANAGED = /:iam::aws:policy\/([\w+=,.@/-]+)$/;

/** Collects the facts of a file. */
export function readFacts({ blocks, errorAt }: HclFile, text: string): ModuleFacts {
  const facts = { uses: [] as Use[], principals: [], locals: [], managed: [] } as Mutable;
  let end = 0;
  const isDoubtful = errorAt !== undefined || blocks.some(({ isBroken }) => isBroken);
  for (const block of blocks) {
    if (block.node) readBlock(block.node, text, facts);
    if (block.isBroken) continue;
    if (isDoubtful) readUnread(text.slice(end, block.start), facts);
    end = block.end;
  }
  if (isDoubtful) readUnread(text.slice(end), facts);
  return facts;
}

type Mutable = { -readonly [K in keyof ModuleFacts]: ModuleFacts[K][number][] };

/** What a broken stretch mentions is taken by somebody there, of whom nobody can say who it is. */
function readUnread(stretch: string, { uses }: Mutable): void {
  const by = { kind: 'principal', principal: { kind: 'role' }, quota: SIZE_QUOTAS.managed } as const;
  for (const [of] of stretch.matchAll(/\b(?:data\.aws_iam_policy_document|aws_iam_policy|local)\.[\w-]+/g))
    uses.push({ of: detached(of), consumer: { takes: 'any', by } });
}

function readBlock(node: HclNode, text: string, facts: Mutable): void {
  const { type, labels } = headerOf(node, text);
  const block: HeldBlock = { type, labels: labels.map(detached), attributes: attributesOf(node, text) };
  const forEach = onlyValue(block.attributes, 'for_each');
  const each = forEach ? referencesIn(forEach, text) : [];
  for (const [path, value] of valuesIn(node, text)) {
    const consumers = consumersOf(block, path, text);
    if (consumers.length === 0) continue;
    for (const of of addressesIn(value, text, each))
      for (const consumer of consumers) facts.uses.push({ of: detached(of), consumer });
  }
  const [resource = '', name = ''] = block.labels;
  if (type === 'locals') readLocals(block, text, facts);
  if (/^aws_iam_(?:role|user|group)$/.test(resource))
    readPrincipal(block, `${type === 'data' ? 'data.' : ''}${resource}.${name}`, text, facts);
  readManaged(block, text, facts);
}

/** The attributes of a block and of the blocks inside it, each with its path. A `dynamic` block is what it makes. */
export function* valuesIn(
  block: HclNode,
  text: string,
  path: readonly string[] = [],
): Iterable<[readonly string[], HclNode]> {
  for (const member of membersOf(block)) {
    if (member.type === 'attribute') {
      const [name, value] = member.children;
      if (name && value) yield [[...path, text.slice(name.start, name.end)], value];
    } else if (member.type === 'block') {
      const { type, labels } = headerOf(member, text);
      if (type !== 'dynamic') yield* valuesIn(member, text, [...path, type]);
      // Whatever such a block mentions may come to stand in any of its attributes.
      else yield [[...path, labels[0] ?? '', 'policy'], member];
    }
  }
}

/** The addresses of policies, and of local values, that an expression refers to. */
function addressesIn(value: HclNode, text: string, each: readonly Reference[]): Set<string> {
  const references = referencesIn(value, text).flatMap((reference) => (reference[0] === 'each' ? each : [reference]));
  return new Set(references.flatMap((reference) => policyAddress(reference) ?? []));
}

function policyAddress([first, second, third]: Reference): string | undefined {
  if (second === undefined) return undefined;
  if (first === 'data')
    return second === 'aws_iam_policy_document' && third !== undefined ? `data.${second}.${third}` : undefined;
  return first === 'aws_iam_policy' || first === 'local' ? `${first}.${second}` : undefined;
}

function readLocals({ attributes }: HeldBlock, text: string, { locals }: Mutable): void {
  for (const { key, value } of attributes) {
    const literal = literalText(value, text);
    if (literal !== undefined) locals.push([detached(`local.${key}`), detached(literal)]);
  }
}

function readPrincipal({ attributes }: HeldBlock, address: string, text: string, { principals }: Mutable): void {
  const isRepeated = attributes.some(({ key }) => key === 'count' || key === 'for_each');
  const value = isRepeated ? undefined : onlyValue(attributes, 'name');
  principals.push([detached(address), value && nameSource(value, text)]);
}

function nameSource(value: HclNode, text: string): NameSource {
  const name = literalText(value, text);
  if (name !== undefined) return { name: detached(name) };
  const reference = referenceOf(value, text) ?? [];
  return reference[0] === 'local' && reference.length === 2 ? { local: detached(reference.join('.')) } : undefined;
}

function readManaged(block: HeldBlock, text: string, { managed }: Mutable): void {
  const [type, name] = block.labels;
  const self: PrincipalReference[] = type === 'aws_iam_role' ? [{ kind: 'role', address: `${type}.${name}` }] : [];
  for (const { key, value } of block.attributes) {
    if (key !== 'managed_policy_arns' && key !== 'policy_arn' && key !== 'policy_arns') continue;
    const principals = key === 'managed_policy_arns' ? self : principalsOf(block.attributes, text);
    for (const item of value.type === 'tuple' ? value.children : [value]) {
      const policy = AWS_MANAGED.exec(text.slice(item.start, item.end).replace(/^"|"$/g, ''))?.[1];
      if (policy !== undefined)
        for (const principal of principals) managed.push({ principal, policy: detached(policy) });
    }
  }
}
