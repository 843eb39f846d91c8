import type { Reference } from './block.ts';

/** An expression as far as it may tell a name, or how often something is there. Each of Terraform's syntaxes reads it from its own nodes. */
export type Expression =
  /** A text, and what is put into it. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  /** A number, `true` or `false`, as it is written. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'null' }
  /** A reference: its steps without the indexes, and with those of them that are keys of a loop: `local.names[each.key]`. */
  | { readonly kind: 'reference'; readonly steps: Reference; readonly path: string }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** `isWhole`: whether all its keys are written out. */
  | { readonly kind: 'object'; readonly members: readonly ObjectMember[]; readonly isWhole: boolean }
  /** `condition ? of[0] : of[1]` */
  | { readonly kind: 'choice'; readonly condition: Expression; readonly of: readonly [Expression, Expression] }
  /** Anything else: operators, loops; `of` is what was read of it. */
  | { readonly kind: 'other'; readonly of: readonly Expression[] };

interface ObjectMember {
  readonly key: string;
  readonly value: Expression;
}

/** An expression of which nothing is known. */
export const UNKNOWN: Expression = { kind: 'other', of: [] };

/** What a plain string says; `undefined` for all else. */
export function literalOf(expression: Expression): string | undefined {
  if (expression.kind !== 'text') return undefined;
  const [part, ...others] = expression.parts;
  if (others.length > 0) return undefined;
  return part === undefined ? '' : typeof part === 'string' ? part : undefined;
}

/** The value of a member; `undefined` where the object has none of this name, or may have several. */
export function memberOf(expression: Expression, key: string): Expression | undefined {
  if (expression.kind !== 'object') return undefined;
  const [only, ...others] = expression.members.filter((member) => member.key === key);
  return others.length === 0 ? only?.value : undefined;
}

/** All references in what was read of an expression. */
export function referencesOf(expression: Expression): Reference[] {
  switch (expression.kind) {
    case 'reference':
      return [expression.steps];
    case 'text':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : referencesOf(part)));
    case 'call':
      return expression.given.flatMap(referencesOf);
    case 'list':
      return expression.items.flatMap(referencesOf);
    case 'object':
      return expression.members.flatMap(({ value }) => referencesOf(value));
    case 'choice':
      return [expression.condition, ...expression.of].flatMap(referencesOf);
    case 'other':
      return expression.of.flatMap(referencesOf);
    default:
      return [];
  }
}

/** Functions that give what they are given, or one of it: `one(aws_iam_role.app[*].name)`. */
const PASSING: ReadonlySet<string> = new Set([
  'one',
  'element',
  'tostring',
  'tolist',
  'toset',
  'sensitive',
  'nonsensitive',
  'flatten',
  'compact',
  'distinct',
  'concat',
  'try',
  'coalesce',
  'coalescelist',
  'values',
  'trimspace',
]);

/**
 * What an expression may mean, one by one: the items of lists, the branches of conditions, what functions hand through. Nothing
 * (`null`, an empty text) is left out, and what is not understood is one of them.
 */
export function meantBy(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'list':
      return expression.items.flatMap(meantBy);
    case 'choice':
      return expression.of.flatMap(meantBy);
    case 'null':
      return [];
    case 'text': {
      const [part, ...others] = expression.parts;
      if (part === undefined) return [];
      return others.length === 0 && typeof part !== 'string' ? meantBy(part) : [expression];
    }
    case 'call': {
      const { name, given } = expression;
      const [first, second] = given;
      // Of a role with `count`, `join("", aws_iam_role.app[*].name)` gives its name, or nothing.
      if (name === 'join' && first && literalOf(first) === '' && second && given.length === 2) return meantBy(second);
      if (!PASSING.has(name)) return [expression];
      return (name === 'element' ? given.slice(0, 1) : given).flatMap(meantBy);
    }
    default:
      return [expression];
  }
}
