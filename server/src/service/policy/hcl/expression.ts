import type { Reference } from '../terraform/block.ts';
import { type Expression, UNKNOWN } from '../terraform/expression.ts';
import { elementsOf, literalText, textOf } from './nodes.ts';
import type { HclNode } from './tree.ts';

/** Expressions are read no deeper. */
const MAX_DEPTH = 64;

/** What an expression means, as far as it may tell a name. */
export function expressionOf(node: HclNode, text: string, depth = 0): Expression {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const { type, children } = node;
  const all = (nodes: readonly HclNode[]) => nodes.map((child) => expressionOf(child, text, depth + 1));
  switch (type) {
    case 'string_lit':
      return stringOf(node, text);
    case 'numeric_lit':
    case 'bool_lit':
      return { kind: 'literal', text: textOf(text, node) };
    case 'null_lit':
      return { kind: 'null' };
    case 'quoted_template':
    case 'heredoc_template':
      return { kind: 'text', parts: children.map((part) => partOf(part, text, depth)) };
    case 'variable_expr':
      return { kind: 'reference', steps: [textOf(text, node)], path: textOf(text, node) };
    case 'expression':
      return traversalOf(node, text, depth);
    case 'function_call': {
      const [name, list] = children;
      const given = list?.children ?? [];
      if (!name || given.some((argument) => argument.type === 'ellipsis')) return { kind: 'other', of: all(given) };
      return { kind: 'call', name: textOf(text, name), given: all(given) };
    }
    case 'tuple':
      return { kind: 'list', items: all(children) };
    case 'object': {
      const elements = elementsOf(node, text);
      const members = elements.map(({ key, value }) => ({ key, value: expressionOf(value, text, depth + 1) }));
      return { kind: 'object', members, isWhole: elements.length === children.length };
    }
    case 'conditional': {
      const [condition, one, other, ...rest] = all(children);
      if (!condition || !one || !other || rest.length > 0) return UNKNOWN;
      return { kind: 'choice', condition, of: [one, other] };
    }
    default:
      return { kind: 'other', of: all(children) };
  }
}

/** A string without anything put in. */
function stringOf(node: HclNode, text: string): Expression {
  const literal = literalText(node, text);
  return literal === undefined ? UNKNOWN : { kind: 'text', parts: literal === '' ? [] : [literal] };
}

function partOf(part: HclNode, text: string, depth: number): string | Expression {
  if (part.type === 'template_literal') {
    const written = textOf(text, part);
    return /[\\]|[$%]\{/.test(written) ? UNKNOWN : written;
  }
  const [inside, ...others] = part.children;
  return part.type === 'template_interpolation' && inside && others.length === 0
    ? expressionOf(inside, text, depth + 1)
    : UNKNOWN;
}

/** `aws_iam_role.app[0].name`, `concat(aws_iam_role.app.*.name, [""])[0]`. */
function traversalOf({ children }: HclNode, text: string, depth: number): Expression {
  const [first, ...steps] = children;
  if (first?.type === 'variable_expr') {
    const name = textOf(text, first);
    const names = steps.map((step) => stepOf(step, text));
    return {
      kind: 'reference',
      steps: [name, ...names.flatMap((own) => own.steps)],
      path: name + names.map(({ path }) => path).join(''),
    };
  }
  const whole = first ? expressionOf(first, text, depth + 1) : UNKNOWN;
  const isItem = steps.length === 1 && steps[0]?.type === 'index' && whole.kind === 'call';
  return isItem ? { kind: 'call', name: 'element', given: [whole] } : { kind: 'other', of: [whole] };
}

/** `.name`, what stands behind a splat (`[*].name`), and an index; as it stands in a path, too. */
function stepOf(step: HclNode, text: string): { readonly steps: Reference; readonly path: string } {
  const names = attributeNames(step, text);
  if (step.type !== 'index' || names.length > 0)
    return { steps: names, path: names.map((name) => `.${name}`).join('') };
  const inside = textOf(text, step).replace(/\s/g, '');
  return { steps: [], path: /^\[each\.(?:key|value)\]$/.test(inside) ? inside : '' };
}

/** `.name`, and what stands behind a splat: `[*].name`. `local.documents["app"]` and `local.documents.app` are the same. */
export function attributeNames(step: HclNode, text: string): string[] {
  if (step.type === 'get_attr') return step.children.map((name) => textOf(text, name));
  if (step.type === 'splat')
    return step.children.flatMap((splat) => splat.children.flatMap((inner) => attributeNames(inner, text)));
  const key = step.type === 'index' ? step.children[0]?.children[0] : undefined;
  const name = key && literalText(key, text);
  return name === undefined ? [] : [name];
}
