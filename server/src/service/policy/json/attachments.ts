import type { JsonNode } from '../../json/tree.ts';
import type { PolicyOwner } from '../model.ts';
import { propertyNode, stringProperty } from './nodes.ts';
import { policyNameReference, referencesIn } from './references.ts';
import { resourcesBeside } from './template.ts';

/** A resource that refers to a managed policy of its template. */
export interface PolicyUse {
  /** `boundary`: the policy limits what others grant, and grants nothing itself. */
  readonly as: 'attached' | 'boundary';
  readonly kind: PolicyOwner['kind'];
  readonly logicalId: string;
  readonly resource: JsonNode;
}

/** By a template's resources: the uses of its policies, by what refers to them. */
const templates = new WeakMap<ReadonlyMap<string, JsonNode | null>, ReadonlyMap<string, readonly PolicyUse[]>>();

/**
 * Who of its template refers to a managed policy. A policy may say in its own lists to whom it is attached; a role may say
 * it as well, in its `ManagedPolicyArns`. Each template is looked through once.
 */
export function usesOf(policy: JsonNode, logicalId: string | undefined): readonly PolicyUse[] {
  const resources = resourcesBeside(policy);
  if (!resources) return [];
  let uses = templates.get(resources);
  if (!uses) {
    uses = readUses(resources);
    templates.set(resources, uses);
  }
  const properties = propertyNode(policy, 'Properties');
  const name = properties && policyNameReference(properties);
  const found = [logicalId, name].flatMap((reference) => (reference && uses.get(reference)) || []);
  return [...new Set(found)];
}

function readUses(resources: ReadonlyMap<string, JsonNode | null>): Map<string, PolicyUse[]> {
  const uses = new Map<string, PolicyUse[]>();
  for (const [logicalId, resource] of resources) {
    const properties = resource && propertyNode(resource, 'Properties');
    if (!properties) continue;
    const type = stringProperty(resource, 'Type');
    // What else has an execution role of its own, such as a SAM function, counts as a role.
    const kind = type === 'AWS::IAM::User' ? 'user' : type === 'AWS::IAM::Group' ? 'group' : 'role';
    const add = (as: PolicyUse['as'], value: JsonNode | undefined) => {
      const use = { as, kind, logicalId, resource } as const;
      for (const reference of value ? new Set(referencesIn(value)) : []) {
        const known = uses.get(reference);
        if (known) known.push(use);
        else uses.set(reference, [use]);
      }
    };
    add('attached', propertyNode(properties, 'ManagedPolicyArns'));
    if (type?.startsWith('AWS::Serverless::')) add('attached', propertyNode(properties, 'Policies'));
    add('boundary', propertyNode(properties, 'PermissionsBoundary'));
  }
  return uses;
}
