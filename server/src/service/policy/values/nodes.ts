import type { Span } from '../../json/span.ts';

/**
 * A value, or a property, of a file that holds policies: what JSON and YAML have in common. A JSON tree's nodes are such nodes
 * as they are; a YAML tree gives what CloudFormation makes of it, `{"Ref": "X"}` for `!Ref X`.
 */
export interface ValueNode {
  readonly type: 'object' | 'array' | 'property' | 'string' | 'number' | 'boolean' | 'null';
  /** Where it starts, and how long it is, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  /** What a string, number or other scalar says. */
  readonly value?: unknown;
  readonly parent?: ValueNode | undefined;
  /** The items of an array, the properties of an object, the key and value of a property. */
  readonly children?: readonly ValueNode[] | undefined;
  /** Where it starts as an item of a list, if that is before the value: a YAML item starts at its dash. */
  readonly itemOffset?: number | undefined;
  /** Whether other places of the file refer to it, so that an edit here would change them, too, or a template engine makes of it what it will. */
  readonly isShared?: boolean;
  /** At how many places the file has it: more than one where others refer to it. 1 when absent. */
  readonly uses?: number;
  /** Whether other places refer to it, or to something in it, or a template engine's tags stand in or beside it, so that it cannot be taken out. */
  readonly holdsShared?: boolean;
}

/** The range of a value. */
export function spanOf(node: ValueNode): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** The range of a value as an item of a list. */
export function itemSpanOf(node: ValueNode): Span {
  return { start: node.itemOffset ?? node.offset, end: node.offset + node.length };
}

/** The `property` nodes of an object that have this key: more than one in a file that repeats it. */
export function properties(object: ValueNode, key: string): readonly ValueNode[] {
  if (object.type !== 'object') return [];
  const all = object.children ?? [];
  if (all.length > MANY) return byKeyOf(object, all).get(key) ?? [];
  return all.filter((property) => property.children?.[0]?.value === key);
}

/** An object with more properties than these is sorted by its keys once: thousands of policies in it may each ask. */
const MANY = 64;

const sorted = new WeakMap<ValueNode, ReadonlyMap<unknown, readonly ValueNode[]>>();

function byKeyOf(object: ValueNode, all: readonly ValueNode[]): ReadonlyMap<unknown, readonly ValueNode[]> {
  let byKey = sorted.get(object);
  if (!byKey) {
    const made = new Map<unknown, ValueNode[]>();
    for (const property of all) {
      const key = property.children?.[0]?.value;
      const alike = made.get(key);
      if (alike) alike.push(property);
      else made.set(key, [property]);
    }
    sorted.set(object, made);
    byKey = made;
  }
  return byKey;
}

/** Whether an object has a property, whatever its value. */
export function hasProperty(object: ValueNode, key: string): boolean {
  return properties(object, key).length > 0;
}

/** Whether what an object holds stands partly elsewhere: by YAML's merge key. */
export function isMerged(object: ValueNode): boolean {
  return hasProperty(object, '<<');
}

/** The value of an object's property; `undefined` when it is missing, half typed or repeated (who knows which counts). */
export function propertyNode(object: ValueNode, key: string): ValueNode | undefined {
  const [property, ...repeated] = properties(object, key);
  return repeated.length === 0 ? property?.children?.[1] : undefined;
}

/** The value of an object's property if it is a string. */
export function stringProperty(object: ValueNode, key: string): string | undefined {
  const value = propertyNode(object, key);
  return value?.type === 'string' ? (value.value as string) : undefined;
}

/** The key under which a value stands in its object; `undefined` for an item of a list and for the root. */
export function keyOf({ parent }: ValueNode): string | undefined {
  return parent?.type === 'property' ? String(parent.children?.[0]?.value) : undefined;
}

/** A JSON pointer (RFC 6901) one step below `pointer`. */
export function pointerTo(pointer: string, step: string | number): string {
  const key = String(step);
  return `${pointer}/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`;
}
