import type { Amount, Loop, LoopItem } from './facts.ts';
import type { Instance } from './instances.ts';
import { valueAt } from './values.ts';

/** Values that refer to each other further than this are not followed. */
const MAX_DEPTH = 8;

/** So many turns of a loop are followed one by one. */
const MAX_TURNS = 64;

/** How often something is there in an instance of its scope: each turn where its loop's items are known. */
export function turnsOf(amount: Amount, instance: Instance): 'one' | 'optional' | 'several' | readonly LoopItem[] {
  if (typeof amount === 'string') return amount;
  const items = isLoop(amount) ? itemsOf(amount, instance) : amount.map(turnOf);
  return items && items.length <= MAX_TURNS ? items : 'several';
}

function isLoop(amount: Loop | readonly string[]): amount is Loop {
  return !Array.isArray(amount);
}

function turnOf(key: string): LoopItem {
  return { key, values: [{ name: '', text: [key] }] };
}

function itemsOf(loop: Loop, instance: Instance): readonly LoopItem[] | undefined {
  if ('items' in loop) return loop.items;
  for (let depth = 0, ref = loop.of, at = instance; depth < MAX_DEPTH; depth++) {
    const value = valueAt(ref, at);
    if (!value) return undefined;
    if (value.items) return value.items;
    if (value.isNothing) return [];
    // A value that is another one.
    const [hole, ...others] = value.text;
    if (typeof hole !== 'object' || hole.ref === undefined || others.length > 0) return undefined;
    at = value.by;
    ref = hole.ref;
  }
  return undefined;
}
