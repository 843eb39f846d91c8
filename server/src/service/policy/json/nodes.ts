import type { Span } from '../../json/span.ts';
import type { JsonNode } from '../../json/tree.ts';

/** The range of a node of jsonc-parser's tree. */
export function spanOf(node: JsonNode): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** The `property` nodes of an object that have this key: more than one in a file that repeats it. */
export function properties(object: JsonNode, key: string): JsonNode[] {
  if (object.type !== 'object') return [];
  return (object.children ?? []).filter((property) => property.children?.[0]?.value === key);
}

/** Whether an object has a property, whatever its value. */
export function hasProperty(object: JsonNode, key: string): boolean {
  return properties(object, key).length > 0;
}

/** The value of an object's property; `undefined` when it is missing, half typed or repeated (who knows which counts). */
export function propertyNode(object: JsonNode, key: string): JsonNode | undefined {
  const [property, ...repeated] = properties(object, key);
  return repeated.length === 0 ? property?.children?.[1] : undefined;
}

/** The value of an object's property if it is a string. */
export function stringProperty(object: JsonNode, key: string): string | undefined {
  const value = propertyNode(object, key);
  return value?.type === 'string' ? (value.value as string) : undefined;
}

/** A JSON pointer (RFC 6901) one step below `pointer`. */
export function pointerTo(pointer: string, step: string | number): string {
  const key = String(step);
  return `${pointer}/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`;
}
