import type { PolicyOwner } from '../model.ts';
import { hasProperty, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { PolicyUse } from './attachments.ts';
import { managedPoliciesOf } from './managedPolicies.ts';
import { resourcesBeside } from './template.ts';

/** Properties of `aws iam get-role-policy` and its kin that name who holds the policy beside them. */
const NAME_KEYS = [
  ['RoleName', 'role'],
  ['UserName', 'user'],
  ['GroupName', 'group'],
] as const;

/** A principal that is a resource of the template itself. */
export function resourceOwner(
  kind: PolicyOwner['kind'],
  logicalId: string | undefined,
  properties: ValueNode | undefined,
): PolicyOwner {
  const name =
    properties && NAME_KEYS.map(([key]) => stringProperty(properties, key)).find((value) => value !== undefined);
  const isNamedLater = properties && name === undefined && NAME_KEYS.some(([key]) => hasProperty(properties, key));
  const managedPolicies = properties ? managedPoliciesOf(properties) : [];
  return {
    kind,
    ...(name !== undefined && { name }),
    ...(isNamedLater && { isNamedLater }),
    ...(logicalId !== undefined && { logicalId }),
    ...(managedPolicies.length > 0 && { managedPolicies }),
  };
}

/**
 * The role that SAM makes for a function or state machine, which holds the policies that are written in it. One that is given
 * a role has none.
 */
export function serverlessOwner(logicalId: string | undefined, properties: ValueNode | undefined): PolicyOwner {
  const isMade = logicalId !== undefined && !(properties && hasProperty(properties, 'Role'));
  return isMade ? resourceOwner('role', `${logicalId}Role`, undefined) : { kind: 'role' };
}

/**
 * What says to whom a policy that is a resource of its own is attached: the lists of `AWS::IAM::Policy` and
 * `AWS::IAM::ManagedPolicy`, and the names of `AWS::IAM::RolePolicy` and its kin where they are not written literally.
 */
const ATTACHMENT_KEYS = [['Roles', 'role'], ['Users', 'user'], ['Groups', 'group'], ...NAME_KEYS] as const;

/** The types of the resources that are principals. */
const PRINCIPAL_TYPES = { role: 'AWS::IAM::Role', user: 'AWS::IAM::User', group: 'AWS::IAM::Group' } as const;

/**
 * Whom a policy is attached to in its template, by its own lists and by the resources that refer to it. Of several, of what is
 * not written literally, or where something else refers to the policy as well, nobody can say who it is; the owner is then known to
 * be somebody, so that the findings of a namesake of the file, or of one of the several, do not apply.
 */
export function attachedOwner(
  resource: ValueNode,
  properties: ValueNode,
  uses: readonly PolicyUse[],
): PolicyOwner | undefined {
  const listed = ATTACHMENT_KEYS.flatMap(([key, kind]) => {
    const list = propertyNode(properties, key);
    const items = list?.type === 'array' ? (list.children ?? []) : list ? [list] : [];
    return items.map((item) => listedOwner(resource, kind, item));
  });
  const attached = uses.flatMap((use) =>
    use.as === 'attached' ? resourceAsOwner(use.kind, use.logicalId, use.resource) : [],
  );
  const [first, ...others] = [...listed, ...attached];
  const unknown = uses.find((use) => use.as === 'unknown');
  const kind = first?.kind ?? 'role';
  if (unknown) return { kind, whyUnknown: `${unknown.why}, so that nobody can say who holds it` };
  return others.length > 0 ? { kind, whyUnknown: 'this policy is attached to several roles, users or groups' } : first;
}

/** One item of such a list: a name, or a reference to a principal of the template. */
function listedOwner(resource: ValueNode, kind: PolicyOwner['kind'], item: ValueNode): PolicyOwner {
  if (item.type === 'string') return { kind, name: String(item.value) };
  const logicalId = item.type === 'object' ? stringProperty(item, 'Ref') : undefined;
  const principal = logicalId === undefined ? undefined : resourcesBeside(resource)?.get(logicalId);
  return resourceAsOwner(kind, logicalId, principal ?? undefined);
}

/**
 * What a template says of a principal. A parameter, too, is named by `Ref`: whose name it is given, nobody can say. And what
 * has a role that is made for it, such as a SAM function, does not tell its name.
 */
function resourceAsOwner(
  kind: PolicyOwner['kind'],
  logicalId: string | undefined,
  principal: ValueNode | undefined,
): PolicyOwner {
  if (!principal || stringProperty(principal, 'Type') !== PRINCIPAL_TYPES[kind]) return { kind };
  // The CDK gives a role's policies as resources of their own; what else is known of the role stands with the role.
  return resourceOwner(kind, logicalId, propertyNode(principal, 'Properties'));
}

/** The principal that an object names beside the policy. */
export function namedOwner(node: ValueNode): PolicyOwner | undefined {
  for (const [key, kind] of NAME_KEYS) {
    const name = stringProperty(node, key);
    if (name === undefined) continue;
    const arn = stringProperty(node, 'Arn');
    const managedPolicies = managedPoliciesOf(node);
    return { kind, name, ...(arn !== undefined && { arn }), ...(managedPolicies.length > 0 && { managedPolicies }) };
  }
  return undefined;
}
