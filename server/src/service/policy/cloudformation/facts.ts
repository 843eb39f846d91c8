import type { FileFacts } from '../../whose/facts.ts';
import { NO_FACTS } from '../../whose/facts.ts';
import type { ValueNode } from '../values/nodes.ts';
import { arnFactsOf } from './arnFacts.ts';
import { callsOf } from './calls.ts';
import { deploymentsOf } from './deployments.ts';
import { detachedData } from './detachedData.ts';
import { FileTree } from './fileTree.ts';
import { holdersOf } from './holderFacts.ts';
import { includesOf } from './includes.ts';
import { inventoryOf, isTerraformState } from './inventory.ts';
import { type PlacedPolicy, policyFactsOf } from './policyFacts.ts';
import { valuesOf } from './valueFacts.ts';

/**
 * What a file that is a tree of values says of who holds policies: a template of CloudFormation or SAM, a service of the Serverless
 * Framework, a policy by itself, an answer of AWS.
 * @param roots its documents
 * @param policies the policies that were found in them, in their order
 */
export function factsOf(roots: readonly ValueNode[], policies: readonly PlacedPolicy[]): FileFacts {
  const inventory = roots.flatMap(inventoryOf);
  if (roots.some(isTerraformState)) return detachedData({ ...NO_FACTS, inventory });
  const tree = new FileTree(roots);
  return detachedData({
    ...NO_FACTS,
    policies: policyFactsOf(policies, tree),
    holders: holdersOf(tree),
    ...arnFactsOf(tree),
    values: valuesOf(tree),
    calls: callsOf(tree),
    includes: includesOf(tree),
    deployments: deploymentsOf(tree),
    inventory,
  });
}
