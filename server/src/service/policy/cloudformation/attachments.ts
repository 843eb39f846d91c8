import type { PolicyOwner } from '../model.ts';
import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { policyNameReference, referencesIn } from './references.ts';
import { resourcesBeside } from './template.ts';

/** A resource, or an output, that refers to a managed policy of its template. */
export interface PolicyUse {
  /**
   * `boundary`: the policy limits what others grant, and grants nothing itself.
   * `exported`: other stacks can attach it to roles of theirs.
   */
  readonly as: 'attached' | 'boundary' | 'exported';
  readonly kind: PolicyOwner['kind'];
  readonly logicalId: string;
  readonly resource: ValueNode;
}

/** By a template's resources: the uses of its policies, by what refers to them. */
const templates = new WeakMap<ReadonlyMap<string, ValueNode | null>, ReadonlyMap<string, readonly PolicyUse[]>>();

/**
 * Who of its template refers to a managed policy. A policy may say in its own lists to whom it is attached; a role may say
 * it as well, in its `ManagedPolicyArns`. Each template is looked through once.
 */
export function usesOf(policy: ValueNode, logicalId: string | undefined): readonly PolicyUse[] {
  const resources = resourcesBeside(policy);
  if (!resources) return [];
  let uses = templates.get(resources);
  if (!uses) {
    uses = readUses(resources, outputsOf(policy));
    templates.set(resources, uses);
  }
  const properties = propertyNode(policy, 'Properties');
  const name = properties && policyNameReference(properties);
  const found = [logicalId, name].flatMap((reference) => (reference && uses.get(reference)) || []);
  return [...new Set(found)];
}

/** The outputs of the template to which a resource belongs. */
function outputsOf(resource: ValueNode): readonly ValueNode[] {
  const template = resource.parent?.parent?.parent?.parent;
  const outputs = template && propertyNode(template, 'Outputs');
  return outputs?.type === 'object' ? (outputs.children ?? []) : [];
}

function readUses(
  resources: ReadonlyMap<string, ValueNode | null>,
  outputs: readonly ValueNode[],
): Map<string, PolicyUse[]> {
  const uses = new Map<string, PolicyUse[]>();
  const addAll = (use: PolicyUse, value: ValueNode | undefined) => {
    for (const reference of value ? new Set(referencesIn(value)) : []) {
      const known = uses.get(reference);
      if (known) known.push(use);
      else uses.set(reference, [use]);
    }
  };
  for (const [logicalId, resource] of resources) {
    const properties = resource && propertyNode(resource, 'Properties');
    if (!properties) continue;
    const type = stringProperty(resource, 'Type');
    // What else has an execution role of its own, such as a SAM function, counts as a role.
    const kind = type === 'AWS::IAM::User' ? 'user' : type === 'AWS::IAM::Group' ? 'group' : 'role';
    const add = (as: PolicyUse['as'], value: ValueNode | undefined) => addAll({ as, kind, logicalId, resource }, value);
    add('attached', propertyNode(properties, 'ManagedPolicyArns'));
    if (type?.startsWith('AWS::Serverless::')) add('attached', propertyNode(properties, 'Policies'));
    add('boundary', propertyNode(properties, 'PermissionsBoundary'));
    if (type === 'AWS::CloudFormation::Stack') add('exported', propertyNode(properties, 'Parameters'));
  }
  for (const output of outputs) {
    const [name, resource] = output.children ?? [];
    if (resource && propertyNode(resource, 'Export'))
      addAll(
        { as: 'exported', kind: 'role', logicalId: String(name?.value), resource },
        propertyNode(resource, 'Value'),
      );
  }
  return uses;
}
