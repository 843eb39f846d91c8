import type { HolderKind, HolderReference } from '../../whose/facts.ts';
import { hasHole } from '../values/entries.ts';
import { stringProperty, type ValueNode } from '../values/nodes.ts';

/** Properties of answers of AWS commands that name a principal, and of resources of CloudFormation. */
export const NAME_KEYS: readonly (readonly [key: string, kind: HolderKind])[] = [
  ['RoleName', 'role'],
  ['UserName', 'user'],
  ['GroupName', 'group'],
];

/** The principal that an object of an answer of AWS names. */
export function namedPrincipal(node: ValueNode): HolderReference | undefined {
  for (const [key, kind] of NAME_KEYS) {
    const name = stringProperty(node, key);
    if (name === undefined || name === '') continue;
    if (hasHole(name)) return { kind, name: { unknown: true } };
    const arn = stringProperty(node, 'Arn');
    return { kind, name: { text: [name] }, ...(arn?.startsWith('arn:') && { arn }) };
  }
  return undefined;
}
