import type { Taker } from '../../whose/facts.ts';
import { keyOf, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { takersAt } from './policyTakers.ts';

/** By file: who takes what, by the paths of `${self:custom.statements}`. */
const references = new WeakMap<FileTree, ReadonlyMap<string, readonly Taker[]>>();

/** Who takes statements of a `serverless.yml` that stand under a key of the user's own, and are put in elsewhere in the file. */
export function takersBySelf(statements: ValueNode, tree: FileTree): readonly Taker[] {
  if (!tree.serverless) return [];
  let byPath = references.get(tree);
  if (!byPath) {
    byPath = readReferences(tree);
    references.set(tree, byPath);
  }
  const path: string[] = [];
  for (let at = statements; at.parent?.parent; at = at.parent.parent) {
    const key = keyOf(at);
    if (key === undefined) return [];
    path.unshift(key);
  }
  return byPath.get(path.join('.')) ?? [];
}

function readReferences(tree: FileTree): ReadonlyMap<string, readonly Taker[]> {
  const byPath = new Map<string, Taker[]>();
  for (const node of tree.selfReferences) {
    const path = /^\$\{self:([\w.-]+)/.exec(String(node.value))?.[1];
    const { takers, isOther } = takersAt(node, tree);
    if (path === undefined || isOther) continue;
    const known = byPath.get(path) ?? [];
    known.push(...takers);
    byPath.set(path, known);
  }
  return byPath;
}
