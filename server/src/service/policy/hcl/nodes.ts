import type { HclNode } from './tree.ts';

/** The text of a node. */
export function textOf(text: string, { start, end }: HclNode): string {
  return text.slice(start, end);
}

/** What a plain string stands for; `undefined` for what is none, or has escapes in it, which no name and no action needs. */
export function literalText(node: HclNode | undefined, text: string): string | undefined {
  if (node?.type !== 'string_lit') return undefined;
  const inside = text.slice(node.start + 1, node.end - 1);
  return /^(?:[^\\$%]|[$%](?!\{))*$/.test(inside) ? inside : undefined;
}

/** The type of a block (`resource`) and its labels (`aws_iam_role`, `app`). */
export function headerOf(block: HclNode, text: string): { readonly type: string; readonly labels: readonly string[] } {
  const [type, ...labels] = block.children
    .filter((child) => child.type === 'identifier' || child.type === 'string_lit')
    .map((child) => (child.type === 'identifier' ? textOf(text, child) : (literalText(child, text) ?? '')));
  return { type: type ?? '', labels };
}

/** The attributes and blocks directly inside a block, in order. */
export function membersOf(block: HclNode): readonly HclNode[] {
  return block.children.find(({ type }) => type === 'body')?.children ?? [];
}

/** An attribute of a block, or an element of an object. */
export interface Member {
  readonly key: string;
  readonly node: HclNode;
  readonly value: HclNode;
}

/** The attributes directly inside a block. */
export function attributesOf(block: HclNode, text: string): Member[] {
  return membersOf(block).flatMap((node): Member[] => {
    const [name, value] = node.children;
    return node.type === 'attribute' && name && value ? [{ key: textOf(text, name), node, value }] : [];
  });
}

/** The elements of an object whose keys are written out, bare or quoted. */
export function elementsOf(object: HclNode, text: string): Member[] {
  return object.children.flatMap((node): Member[] => {
    const [name, value] = node.children;
    const key = name && keyText(name, text);
    return node.type === 'object_elem' && value && key !== undefined ? [{ key, node, value }] : [];
  });
}

function keyText(name: HclNode, text: string): string | undefined {
  const written = textOf(text, name);
  // What stands in parentheses is computed.
  if (name.type === 'variable_expr') return /^[\p{ID_Continue}-]+$/u.test(written) ? written : undefined;
  return literalText(name, text);
}
