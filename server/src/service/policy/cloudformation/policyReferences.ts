import { keyOf, type ValueNode } from '../values/nodes.ts';

/** Whether a value is the name of a policy which Identity Center attaches in each account, or has for a boundary there. */
export function isPolicyReferenceName(name: ValueNode): boolean {
  if (keyOf(name) !== 'Name') return false;
  const reference = name.parent?.parent;
  const key = reference && (keyOf(reference) ?? (reference.parent && keyOf(reference.parent)));
  return key === 'CustomerManagedPolicyReferences' || key === 'CustomerManagedPolicyReference';
}
