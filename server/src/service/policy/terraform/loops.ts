import { detached } from '../../json/detached.ts';
import type { Amount, Loop, LoopItem } from '../../whose/facts.ts';
import { onlyValue, type TerraformBlock } from './block.ts';
import { textOf } from './computed.ts';
import { type Expression, literalOf } from './expression.ts';

/** So many items of a list are told one by one. */
const MAX_ITEMS = 64;

/** How often a block is there. */
export function amountOf({ attributes }: TerraformBlock): Amount {
  const each = onlyValue(attributes, 'for_each')?.expression;
  if (each) return loopOf(each);
  const count = onlyValue(attributes, 'count')?.expression;
  const amounts = count ? numbersOf(count) : new Set(['1']);
  if (![...amounts].every((amount) => amount === '0' || amount === '1')) return 'several';
  return amounts.has('0') ? 'optional' : 'one';
}

/** What a number may be; something that is none for what is not known. */
function numbersOf(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'choice') return new Set(expression.of.flatMap((branch) => [...numbersOf(branch)]));
  return new Set([expression.kind === 'literal' ? expression.text : (literalOf(expression) ?? '?')]);
}

/** What a loop goes through: what is written out, or what a local value or a variable says. */
export function loopOf(expression: Expression): Loop | 'several' {
  const items = itemsOf(expression);
  if (items) return { items };
  const inner = unwrapped(expression);
  if (inner.kind !== 'reference') return 'several';
  const [first, second, ...others] = inner.steps;
  const isValue = (first === 'local' || first === 'var') && second !== undefined && others.length === 0;
  return isValue ? { of: detached(`${first}.${second}`) } : 'several';
}

/** The items of a set, a list or an object that is written out; `undefined` for what is not, and for very long ones. */
export function itemsOf(expression: Expression): readonly LoopItem[] | undefined {
  const inner = unwrapped(expression);
  if (inner.kind === 'list') {
    const keys = inner.items.map(literalOf);
    if (keys.length > MAX_ITEMS || !keys.every((key) => key !== undefined)) return undefined;
    return keys.map((key) => ({ key: detached(key), values: [{ name: '', text: [detached(key)] }] }));
  }
  // Whether something is made at all, a condition often chooses.
  if (inner.kind === 'choice') {
    const [one, other] = inner.of.map(itemsOf);
    if (!one || !other) return undefined;
    return one.length === 0 ? other : other.length === 0 ? one : undefined;
  }
  if (inner.kind !== 'object' || !inner.isWhole || inner.members.length > MAX_ITEMS) return undefined;
  return inner.members.map(({ key, value }) => ({ key: detached(key), values: valuesOf(value) }));
}

/** What `each.value` is, and its members. */
function valuesOf(value: Expression): LoopItem['values'] {
  const members = value.kind === 'object' ? value.members : [{ key: '', value }];
  return members.flatMap((member) => {
    const text = textOf(member.value);
    return text ? [{ name: detached(member.key), text }] : [];
  });
}

/** What functions that make a set, a list or a map of what they are given are given. */
function unwrapped(expression: Expression): Expression {
  if (expression.kind !== 'call' || !/^to(?:set|list|map)$/.test(expression.name)) return expression;
  const [only, ...others] = expression.given;
  return only && others.length === 0 ? unwrapped(only) : expression;
}
