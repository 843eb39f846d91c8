import { detached } from '../../json/detached.ts';
import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { Reference } from './block.ts';

/** A text whose file need not be kept for it. */
export function detachedText(text: ComputedText): ComputedText {
  return text.map((part) => {
    if (typeof part === 'string') return detached(part);
    return part.ref === undefined ? part : { ref: detached(part.ref) };
  });
}

/** What a reference puts into a text. */
export function referenceText(reference: Reference): ComputedText {
  const [first = '', second] = reference;
  // Of a resource, nobody knows what it gives but what is said of it.
  return second === undefined || first === 'count' ? [HOLE] : [{ ref: reference.join('.') }];
}

/** `format("%s-app", x)` and `join("-", [a, b])`, as far as their arguments are known; a hole for any other function. */
export function calledText(
  name: string,
  parts: readonly ComputedText[],
  items: readonly ComputedText[] | undefined,
): ComputedText {
  const [first, ...others] = parts;
  const literal = first?.length === 1 && typeof first[0] === 'string' ? first[0] : first?.length === 0 ? '' : undefined;
  if (name === 'format' && literal !== undefined) return formatted(literal, others);
  if (name === 'join' && literal !== undefined && items)
    return items.flatMap((item, index) => (index === 0 ? item : [literal, ...item]));
  // These leave alone what is in them but for its case, in which names do not differ.
  if ((name === 'lower' || name === 'upper' || name === 'tostring' || name === 'trimspace') && parts.length === 1)
    return first ?? [HOLE];
  return [HOLE];
}

function formatted(format: string, values: readonly ComputedText[]): ComputedText {
  let next = 0;
  return format.split(/(%(?:[a-z]|%))/).flatMap((part) => {
    if (part === '%%') return ['%'];
    if (/^%[sd]$/.test(part)) return values[next++] ?? [HOLE];
    return part.startsWith('%') && part.length === 2 ? [HOLE] : part === '' ? [] : [part];
  });
}
