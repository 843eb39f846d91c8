import type { ValueNode } from '../values/nodes.ts';

/** By the node that holds a template's resources: each of them, by its logical id; `null` for an id that is repeated. */
const templates = new WeakMap<ValueNode, ReadonlyMap<string, ValueNode | null>>();

/**
 * The resources of the CloudFormation template to which a resource belongs, by their logical ids; `null` for an id that is
 * repeated. A template is looked through once: each of its policies may ask.
 */
export function resourcesBeside(resource: ValueNode): ReadonlyMap<string, ValueNode | null> | undefined {
  const resources = resource.parent?.type === 'property' ? resource.parent.parent : undefined;
  if (resources?.type !== 'object') return undefined;
  let byId = templates.get(resources);
  if (!byId) {
    byId = readResources(resources);
    templates.set(resources, byId);
  }
  return byId;
}

function readResources(resources: ValueNode): Map<string, ValueNode | null> {
  const byId = new Map<string, ValueNode | null>();
  for (const property of resources.children ?? []) {
    const [key, value] = property.children ?? [];
    const id = String(key?.value);
    if (byId.has(id)) byId.set(id, null);
    else if (value) byId.set(id, value);
  }
  return byId;
}
