import type { Reference } from '../terraform/block.ts';
import { attributeNames } from './expression.ts';
import { textOf } from './nodes.ts';
import type { HclNode } from './tree.ts';

/** The references in an expression, wherever in it. */
export function referencesIn(node: HclNode, text: string): Reference[] {
  const own = referenceOf(node, text);
  const inner = node.children.flatMap((child) =>
    own && (child.type === 'get_attr' || child.type === 'variable_expr') ? [] : referencesIn(child, text),
  );
  return own ? [own, ...inner] : inner;
}

/** The reference that an expression is; `undefined` for any other. */
function referenceOf(node: HclNode, text: string): Reference | undefined {
  if (node.type === 'variable_expr') return [textOf(text, node)];
  const [variable, ...steps] = node.children;
  if (node.type !== 'expression' || variable?.type !== 'variable_expr') return undefined;
  const names = steps.flatMap((step) => attributeNames(step, text));
  return [textOf(text, variable), ...names];
}
