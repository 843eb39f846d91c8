import { quote } from '../../text.ts';
import { type PolicyFact, type Taker, WHOLE_FILE } from '../../whose/facts.ts';
import type { PolicyDocument } from '../model.ts';
import type { ValueNode } from '../values/nodes.ts';
import { policyVersionOf } from './accountDetails.ts';
import { contextOf } from './context.ts';
import type { FileTree } from './fileTree.ts';
import { takersAt } from './policyTakers.ts';
import { takersBySelf } from './selfReferences.ts';
import { unseenName } from './unseen.ts';

/** A policy of a file, and where it stands. */
export interface PlacedPolicy {
  readonly node: ValueNode;
  readonly document: PolicyDocument;
}

/** The facts of a file's policies, in their order. */
export function policyFactsOf(policies: readonly PlacedPolicy[], tree: FileTree): PolicyFact[] {
  return policies.map((policy) => factOf(policy, tree));
}

function factOf({ node, document }: PlacedPolicy, tree: FileTree): PolicyFact {
  const { pointer, address } = document;
  const { quota } = contextOf(node);
  const { takers, managed, isOther, isLoose } = takersAt(node, tree);
  const kind = isOther ? 'other' : 'identity';
  const fact = { pointer, kind, ...(address !== undefined && { name: address }) } as const;
  if (managed) return { ...fact, quota, address: managed.id, takers: [...takers, ...unseenTakers(tree)] };
  if (!isLoose) return { ...fact, quota, takers };
  const isWhole = tree.roots.length === 1 && node === tree.roots[0];
  if (isWhole) return { ...fact, quota: Number.POSITIVE_INFINITY, takers, address: WHOLE_FILE, isLoose };
  const version = policyVersionOf(node, tree);
  if (version) {
    const { arn, leftAlone } = version;
    return {
      ...fact,
      quota,
      takers: version.takers,
      ...(arn === undefined ? { isLoose } : { address: arn }),
      ...(leftAlone !== undefined && { leftAlone }),
    };
  }
  const elsewhere = takersBySelf(node, tree);
  return { ...fact, quota: Number.POSITIVE_INFINITY, takers: elsewhere, ...(elsewhere.length === 0 && { isLoose }) };
}

/** What brings in something that nobody sees may hold the managed policies of its file. */
function unseenTakers({ unseen }: FileTree): Taker[] {
  if (!unseen) return [];
  return [
    {
      takes: 'any',
      by: { kind: 'unknown', why: `${quote(unseenName(unseen))} may bring in others that hold this policy` },
    },
  ];
}
