import type { ValueNode } from '../values/nodes.ts';

/** A loop (`Fn::ForEach::NAME`) that makes several of what stands in it. */
export interface Loop {
  /** As its key is written: `Fn::ForEach::Workers`. */
  readonly key: string;
  readonly variable: string;
  /** What it goes through; `undefined` where that is known only when the template is deployed, or where it stands in another loop. */
  readonly values: readonly string[] | undefined;
  readonly outer: Loop | undefined;
}

/** So many are told one by one. */
const MAX_VALUES = 64;

/** The loop that a property is; `undefined` for any other property. */
export function loopOf(property: ValueNode, outer: Loop | undefined): Loop | undefined {
  const [key, value] = property.children ?? [];
  if (typeof key?.value !== 'string' || !key.value.startsWith('Fn::ForEach::') || value?.type !== 'array')
    return undefined;
  const [variable, collection] = value.children ?? [];
  if (variable?.type !== 'string') return undefined;
  const items = collection?.type === 'array' ? (collection.children ?? []) : [];
  const isLiteral = items.length > 0 && items.length <= MAX_VALUES && items.every(({ type }) => type === 'string');
  return {
    key: key.value,
    variable: String(variable.value),
    values: isLiteral && !outer ? items.map((item) => String(item.value)) : undefined,
    outer,
  };
}

/** The loop around a place whose variable has this name. */
export function loopWith(variable: string, loop: Loop | undefined): Loop | undefined {
  for (let at = loop; at; at = at.outer) if (at.variable === variable) return at;
  return undefined;
}

/** A text of a loop for one of its values: `&{N}` leaves out what no logical id may have. */
export function inTurn(text: string, { variable }: Loop, value: string): string {
  return text.replaceAll(`\${${variable}}`, value).replaceAll(`&{${variable}}`, value.replaceAll(/[^A-Za-z0-9]/g, ''));
}
