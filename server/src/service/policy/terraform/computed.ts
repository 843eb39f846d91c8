import { detached } from '../../json/detached.ts';
import { type ComputedText, HOLE, type Hole } from '../../whose/computedText.ts';
import type { Reference } from './block.ts';
import { type Expression, literalOf, referencesOf } from './expression.ts';

/** Names are put together of no more than what nests so deep. */
const MAX_DEPTH = 16;

/** What is longer is no name and no ARN. */
const MAX_LENGTH = 512;

/** What an expression says as a text, its file not needed for it any more; `null` where it is nothing. */
export function textOf(expression: Expression): ComputedText | null {
  const text = computedText(expression, 0);
  return text?.map(detachedPart) ?? null;
}

function lengthOf(expression: Expression & { readonly kind: 'text' }): number {
  return expression.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}

function detachedPart(part: string | Hole): string | Hole {
  if (typeof part === 'string') return detached(part);
  return {
    ...(part.ref !== undefined && { ref: detached(part.ref) }),
    ...(part.otherwise && { otherwise: part.otherwise.map(detachedPart) }),
  };
}

function computedText(expression: Expression, depth: number): ComputedText | null {
  if (depth > MAX_DEPTH) return [HOLE];
  switch (expression.kind) {
    case 'null':
      return null;
    case 'literal':
      return [expression.text];
    case 'text':
      if (lengthOf(expression) > MAX_LENGTH) return [HOLE];
      return expression.parts.flatMap((part) =>
        typeof part === 'string' ? [part] : (computedText(part, depth + 1) ?? [HOLE]),
      );
    case 'reference':
      return referenceText(expression.steps, expression.path);
    case 'choice':
      return chosenText(expression.condition, expression.of, depth);
    case 'call':
      return calledText(expression.name, expression.given, depth);
    default:
      return [HOLE];
  }
}

/** What a reference puts into a text. */
function referenceText([first = '', second]: Reference, path: string): ComputedText {
  // Of a resource, nobody knows what it gives but what is said of it.
  return second === undefined || first === 'count' ? [HOLE] : [{ ref: path }];
}

/**
 * What a condition chooses. `var.name != "" ? var.name : "app"` is the variable's value, and where it has none the text; of two texts
 * what they have in common is known.
 */
function chosenText(condition: Expression, of: readonly [Expression, Expression], depth: number): ComputedText | null {
  const [one, other] = of.map((branch) => computedText(branch, depth + 1));
  if (!one || !other) return assumed(one ?? other ?? null);
  const asked = new Set(referencesOf(condition).map((reference) => reference.join('.')));
  const [first, second] = [one, other].map((text) => {
    const [hole, ...rest] = text;
    return typeof hole === 'object' && rest.length === 0 && asked.has(hole.ref ?? '') ? hole : undefined;
  });
  if (first) return [{ ...first, otherwise: other }];
  if (second) return [{ ...second, otherwise: one }];
  return common(one, other);
}

function assumed(text: ComputedText | null): ComputedText | null {
  return text && text.length > 0 ? [{ otherwise: text }] : text;
}

/** What two texts begin and end with, and a hole between, where they are not the same. */
export function common(one: ComputedText, other: ComputedText): ComputedText {
  const [a, b] = [one, other].map((text) =>
    text.flatMap((part): (string | Hole)[] => (typeof part === 'string' ? [...part] : [part])),
  ) as [(string | Hole)[], (string | Hole)[]];
  const isSame = (x: string | Hole | undefined, y: string | Hole | undefined) =>
    JSON.stringify(x) === JSON.stringify(y);
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && isSame(a[start], b[start])) start++;
  if (start === a.length && start === b.length) return one;
  let end = 0;
  while (end < shorter - start && isSame(a.at(-1 - end), b.at(-1 - end))) end++;
  return joined([...a.slice(0, start), HOLE, ...a.slice(a.length - end)]);
}

/** Letters side by side as one stretch. */
function joined(parts: readonly (string | Hole)[]): ComputedText {
  const text: (string | Hole)[] = [];
  for (const part of parts) {
    const last = text.at(-1);
    if (typeof part === 'string' && typeof last === 'string') text[text.length - 1] = last + part;
    else text.push(part);
  }
  return text;
}

/** Functions that leave alone what they are given but for its case, in which names do not differ. */
const SAME: ReadonlySet<string> = new Set([
  'lower',
  'upper',
  'title',
  'tostring',
  'trimspace',
  'sensitive',
  'nonsensitive',
  'one',
]);

/** What is cut to so much at least is hardly ever cut: IAM's names have 64 characters at most. */
const MIN_CUT = 32;

/** `format("%s-app", x)`, `join("-", [a, b])`, `coalesce(var.name, "app")` and their like; a hole for any other function. */
function calledText(name: string, given: readonly Expression[], depth: number): ComputedText | null {
  const [first, second, third] = given;
  if (!first) return [HOLE];
  const read = (expression: Expression) => computedText(expression, depth + 1);
  if (SAME.has(name) && given.length === 1) return read(first);
  const literal = literalOf(first);
  switch (name) {
    case 'format':
      return literal === undefined ? [HOLE] : formatted(literal, given.slice(1).map(read));
    case 'join': {
      if (literal === undefined || !second || given.length > 2) return [HOLE];
      if (second.kind === 'list')
        return second.items.flatMap((item, index) => [...(index === 0 ? [] : [literal]), ...(read(item) ?? [HOLE])]);
      // The names of a resource that is there once or not at all.
      return literal === '' && second.kind === 'reference' ? read(second) : [HOLE];
    }
    case 'coalesce':
    case 'try':
      return firstOf(given.map(read));
    case 'element':
      return first.kind === 'reference' ? read(first) : [HOLE];
    case 'substr':
      return isNumber(second, 0, 0) && isNumber(third, MIN_CUT, Infinity) ? read(first) : [HOLE];
    case 'replace':
      return replaced(read(first), second && literalOf(second), third && literalOf(third));
    default:
      return [HOLE];
  }
}

function isNumber(expression: Expression | undefined, least: number, most: number): boolean {
  if (expression?.kind !== 'literal') return false;
  const number = Number(expression.text);
  return number >= least && number <= most;
}

/** The first of some texts that is not nothing. */
function firstOf(texts: readonly (ComputedText | null)[]): ComputedText | null {
  const [first, ...others] = texts.filter((text) => text !== null && text.length > 0) as ComputedText[];
  if (!first) return null;
  const [hole, ...rest] = first;
  // A text that holds anything is not empty.
  if (typeof hole !== 'object' || rest.length > 0 || others.length === 0) return first;
  const otherwise = firstOf(others);
  return otherwise ? [{ ...hole, otherwise: [...(hole.otherwise ?? otherwise)] }] : first;
}

/** `replace(x, "_", "-")`: one letter stays apart from what is put in. */
function replaced(text: ComputedText | null, what?: string, by?: string): ComputedText {
  if (!text || what?.length !== 1 || what === '/' || by === undefined) return [HOLE];
  if (text.some((part) => typeof part !== 'string')) {
    // What is put in may hold the letter, too.
    return text.map((part) => (typeof part === 'string' ? part.replaceAll(what, by) : HOLE));
  }
  return text.map((part) => (part as string).replaceAll(what, by));
}

function formatted(format: string, values: readonly (ComputedText | null)[]): ComputedText {
  let next = 0;
  return format.split(/(%(?:[a-z]|%))/).flatMap((part): ComputedText => {
    if (part === '%%') return ['%'];
    if (/^%[sdv]$/.test(part)) return values[next++] ?? [HOLE];
    return part.includes('%') ? [HOLE] : part === '' ? [] : [part];
  });
}
