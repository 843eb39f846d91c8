import type { ValueNode } from './nodes.ts';

/** Counts the characters of values as IAM does, who sees JSON without white space. */
export interface Sizes {
  /** The size of a string, with its quotes. */
  ofString(node: ValueNode): number;
  /** The size of any value, counted when the result is called. The result must not hold on to the node, and so to its tree. */
  of(node: ValueNode): () => number;
}
