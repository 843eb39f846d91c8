import type { JsonNode } from '../../json/tree.ts';
import { propertyNode } from './nodes.ts';

/** By the node that holds a template's resources: the properties of each, by its logical id; `null` for an id that is repeated. */
const templates = new WeakMap<JsonNode, ReadonlyMap<string, JsonNode | null>>();

/**
 * The properties of another resource of the same CloudFormation template; `undefined` when it has none of that id, or several.
 * A template is looked through once: each of its policies may ask.
 */
export function propertiesOf(resource: JsonNode, logicalId: string): JsonNode | undefined {
  const resources = resource.parent?.type === 'property' ? resource.parent.parent : undefined;
  if (resources?.type !== 'object') return undefined;
  let byId = templates.get(resources);
  if (!byId) {
    byId = readResources(resources);
    templates.set(resources, byId);
  }
  return byId.get(logicalId) ?? undefined;
}

function readResources(resources: JsonNode): Map<string, JsonNode | null> {
  const byId = new Map<string, JsonNode | null>();
  for (const property of resources.children ?? []) {
    const [key, value] = property.children ?? [];
    const id = String(key?.value);
    const properties = value && propertyNode(value, 'Properties');
    if (byId.has(id)) byId.set(id, null);
    else if (properties) byId.set(id, properties);
  }
  return byId;
}
