import { isMerged, keyOf, type ValueNode } from '../values/nodes.ts';
import { OTHER_KEYS } from './otherKeys.ts';
import { resourceType } from './resources.ts';
import { serverlessPlace } from './serverlessPlaces.ts';

/**
 * What users call a policy inside its file: the logical id of the resource that holds it, `provider` or a function's name in a
 * `serverless.yml`; `undefined` for one that nothing of that kind holds.
 */
export function addressOf(policy: ValueNode): string | undefined {
  const serverless = serverlessPlace(policy);
  if (serverless) return serverless.address;
  for (let node = policy.parent; node; node = node.parent) {
    if (node.type === 'property') {
      if (OTHER_KEYS.has(String(node.children?.[0]?.value))) return undefined;
      continue;
    }
    if (isMerged(node)) return undefined;
    if (resourceType(node) !== undefined) return keyOf(node);
  }
  return undefined;
}
