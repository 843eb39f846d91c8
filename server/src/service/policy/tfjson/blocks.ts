import { detached } from '../../json/detached.ts';
import type { PlacedValue } from '../terraform/block.ts';
import type { ReadBlock } from '../terraform/facts.ts';
import { pointerTo, type ValueNode } from '../values/nodes.ts';
import { JsonValue } from './expression.ts';

/** A block of a file, and where it stands. */
export interface JsonBlock extends ReadBlock {
  /** The object that is its body. */
  readonly body: ValueNode;
  /** JSON pointer to its body. */
  readonly pointer: string;
  readonly values: readonly PlacedJsonValue[];
}

/** An attribute of a block, or of one inside it, and where it stands. */
interface PlacedJsonValue extends PlacedValue {
  readonly value: JsonValue;
  readonly pointer: string;
}

/** A file as far as it is read. */
export interface JsonFile {
  readonly blocks: readonly JsonBlock[];
  /** What stands where a block should, and is none. */
  readonly unread: readonly ValueNode[];
}

/** How many labels the blocks at the top of a file have, by their types. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['module', 1],
  ['output', 1],
  ['variable', 1],
  ['provider', 1],
  ['check', 1],
  ['locals', 0],
  ['terraform', 0],
  ['import', 0],
  ['moved', 0],
  ['removed', 0],
]);

/** Whether a file's value has anything of a Terraform module. */
export function isModule(root: ValueNode): boolean {
  return membersOf(root, '').some(({ key }) => LABELS.has(key));
}

/**
 * The blocks of a file (https://developer.hashicorp.com/terraform/language/syntax/json): the type of a block is a key, each
 * label is one inside it, and at each level a list of objects means what one object with all their keys does.
 */
export function readBlocks(root: ValueNode): JsonFile {
  const blocks: JsonBlock[] = [];
  const unread: ValueNode[] = [];
  const unpack = (value: ValueNode, pointer: string, type: string, labels: readonly string[]) => {
    if (labels.length < (LABELS.get(type) ?? 0)) {
      unread.push(...strangersIn(value));
      for (const { key, value: inner, pointer: at } of membersOf(value, pointer))
        unpack(inner, at, type, [...labels, detached(key)]);
      return;
    }
    for (const [body, at] of bodiesIn(value, pointer))
      if (body.type === 'object') blocks.push(toBlock(body, at, type, labels));
      else if (body.type !== 'null') unread.push(body);
  };
  unread.push(...strangersIn(root));
  for (const { key, value, pointer } of membersOf(root, '')) unpack(value, pointer, detached(key), []);
  return { blocks, unread };
}

/** A property of an object, and where it stands. */
export interface JsonMember {
  readonly key: string;
  readonly property: ValueNode;
  readonly value: ValueNode;
  readonly pointer: string;
}

/** The members of an object, or of all objects of a list. What has `//` for its key is a comment. */
export function membersOf(value: ValueNode, pointer: string): JsonMember[] {
  if (value.type === 'array')
    return (value.children ?? []).flatMap((item, index) =>
      item.type === 'object' ? membersOf(item, pointerTo(pointer, index)) : [],
    );
  if (value.type !== 'object') return [];
  return (value.children ?? []).flatMap((property): JsonMember[] => {
    const [name, inner] = property.children ?? [];
    const key = String(name?.value);
    return inner && key !== '//' ? [{ key, property, value: inner, pointer: pointerTo(pointer, key) }] : [];
  });
}

/** The bodies of the blocks that a value stands for: itself, or each item of a list. */
export function bodiesIn(value: ValueNode, pointer: string): (readonly [body: ValueNode, pointer: string])[] {
  return value.type === 'array'
    ? (value.children ?? []).map((item, index) => [item, pointerTo(pointer, index)] as const)
    : [[value, pointer]];
}

/** What stands in the place of an object with members and is none. */
function strangersIn(value: ValueNode): ValueNode[] {
  const values = value.type === 'array' ? (value.children ?? []) : [value];
  return values.filter(({ type }) => type !== 'object' && type !== 'null');
}

function toBlock(body: ValueNode, pointer: string, type: string, labels: readonly string[]): JsonBlock {
  const members = membersOf(body, pointer);
  const attributes = members.map(({ key, value }) => ({ key, value: new JsonValue(value) }));
  return { block: { type, labels, attributes }, body, pointer, values: members.flatMap((member) => valuesOf(member)) };
}

/**
 * The attributes that a member of a body is. Nothing but their names tells blocks from objects: of those that hold others, one
 * alone matters here.
 */
function valuesOf({ key, value, pointer }: JsonMember): PlacedJsonValue[] {
  const inner = key === 'dynamic' || key === NESTED ? membersOf(value, pointer) : [];
  if (inner.length === 0) return [{ path: [key], value: new JsonValue(value), pointer }];
  return inner.map(({ key: name, value: own, pointer: at }) =>
    // Whatever a `dynamic` block mentions may come to stand in any attribute of what it makes.
    ({ path: key === 'dynamic' ? [name, 'policy'] : [key, name], value: new JsonValue(own), pointer: at }),
  );
}

const NESTED = 'inline_policy';
