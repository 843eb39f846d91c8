import { propertyNode, type ValueNode } from '../values/nodes.ts';

/** One of the two values that `Fn::If` chooses from. */
export interface Branch {
  readonly node: ValueNode;
  /** The steps from the value that chooses to this one. */
  readonly steps: readonly [string, number];
}

/** The values that a CloudFormation condition chooses from; `undefined` for a value that is no `Fn::If`. */
export function branchesOf(value: ValueNode): Branch[] | undefined {
  const choice = value.children?.length === 1 ? propertyNode(value, 'Fn::If') : undefined;
  if (choice?.type !== 'array') return undefined;
  return (choice.children ?? []).slice(1).map((node, index) => ({ node, steps: ['Fn::If', index + 1] }));
}
