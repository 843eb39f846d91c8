import type { HolderKind, HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { isMerged, keyOf, propertyNode, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { holdersNamed, listedHolders, madeRoleOf } from './holderFacts.ts';
import { NAME_KEYS, namedPrincipal } from './namedPrincipals.ts';
import { OTHER_KEYS } from './otherKeys.ts';
import { PRINCIPAL_TYPES, type Resource, ROLE_MAKERS, resourceType } from './resources.ts';
import { takersInServerless } from './serverlessPlaces.ts';

/** Who takes a policy where it stands. */
export interface PolicyPlaceFacts {
  readonly takers: readonly Taker[];
  /** The resource that the policy is, where it is a managed policy. */
  readonly managed?: Resource;
  /** Whether it is a trust or resource policy, or one that may be. */
  readonly isOther?: true;
  /** Whether nothing around says what it is for. */
  readonly isLoose?: true;
}

const OTHER: PolicyPlaceFacts = { takers: [], isOther: true };

/** Looks from a place outwards for who has the policy that stands there, or is put in there. */
export function takersAt(place: ValueNode, tree: FileTree): PolicyPlaceFacts {
  const serverless = takersInServerless(place, tree);
  if (serverless) return { takers: serverless };
  let principal: HolderReference | undefined;
  for (let node = place.parent; node; node = node.parent) {
    if (node.type === 'property') {
      if (OTHER_KEYS.has(String(node.children?.[0]?.value))) return OTHER;
      continue;
    }
    // What is merged in may be the type of another resource.
    if (isMerged(node)) return OTHER;
    const type = resourceType(node);
    if (type !== undefined) return takersOfResource(node, type, tree);
    principal ??= node.type === 'object' ? namedPrincipal(node) : undefined;
  }
  return principal ? { takers: [takerOf(principal)] } : { takers: [], isLoose: true };
}

function takersOfResource(node: ValueNode, type: string, tree: FileTree): PolicyPlaceFacts {
  const kind = PRINCIPAL_TYPES.get(type);
  const resource = tree.resources.at(node);
  // The CDK's construct tree quotes resources, and says nothing of who they are.
  if (kind) return { takers: [takerOf(resource ? { kind, address: resource.id } : { kind, name: { unknown: true } })] };
  const properties = propertyNode(node, 'Properties');
  if (ROLE_MAKERS.has(type)) {
    const address = resource && madeRoleOf(resource, tree);
    return { takers: address === undefined ? [] : [takerOf({ kind: 'role', address })] };
  }
  if (type === 'AWS::SSO::PermissionSet') return { takers: [takerOf(permissionSetRoles(node))] };
  const isManaged = type === 'AWS::IAM::ManagedPolicy';
  const quotas = isManaged ? MANAGED_QUOTAS : SIZE_QUOTAS;
  if (isManaged || type === 'AWS::IAM::Policy') {
    const takers = LIST_KEYS.flatMap(([key, listed]) => {
      const list = properties?.type === 'object' ? propertyNode(properties, key) : undefined;
      return list ? listedHolders(listed, list, tree).map((holder) => takerOf(holder, quotas[listed])) : [];
    });
    return { takers, ...(isManaged && resource && { managed: resource }) };
  }
  const own = INLINE_TYPES.get(type);
  if (!own) return OTHER;
  const [key = ''] = NAME_KEYS.find(([, named]) => named === own) ?? [];
  const name = properties?.type === 'object' ? propertyNode(properties, key) : undefined;
  return { takers: name ? holdersNamed(own, name, tree).map((holder) => takerOf(holder)) : [] };
}

const MANAGED_QUOTAS = { role: SIZE_QUOTAS.managed, user: SIZE_QUOTAS.managed, group: SIZE_QUOTAS.managed };

/** The lists of principals of a policy that is a resource. */
const LIST_KEYS: readonly (readonly [key: string, kind: HolderKind])[] = [
  ['Roles', 'role'],
  ['Users', 'user'],
  ['Groups', 'group'],
];

/** Inline policies that are resources. */
const INLINE_TYPES: ReadonlyMap<string, HolderKind> = new Map([
  ['AWS::IAM::RolePolicy', 'role'],
  ['AWS::IAM::UserPolicy', 'user'],
  ['AWS::IAM::GroupPolicy', 'group'],
]);

/** Who has a document as a policy of its own, unless it is said to be a managed one. */
function takerOf(holder: HolderReference, quota: number = SIZE_QUOTAS[holder.kind]): Taker {
  return { takes: 'document', by: { kind: 'holder', holder, quota } };
}

/** The roles that Identity Center makes of a permission set, in many accounts. */
export function permissionSetRoles(resource: ValueNode): HolderReference {
  const id = keyOf(resource) ?? 'this permission set';
  return {
    kind: 'role',
    name: { unknown: `Identity Center makes roles of '${id}' in other accounts, and names them itself` },
  };
}
