import type { HolderKind, HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { isMerged, keyOf, propertyNode, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { holdersNamed, listedHolders, madeRoleOf } from './holderFacts.ts';
import { NAME_KEYS, namedPrincipal } from './namedPrincipals.ts';
import { OTHER_KEYS } from './otherKeys.ts';
import { PRINCIPAL_TYPES, type Resource, ROLE_MAKERS, resourceType } from './resources.ts';
import { takersInServerless } from './serverlessPlaces.ts';

/** Who takes a policy where it stands, and what it is by that. */
export interface PolicyPlace {
  readonly takers: readonly Taker[];
  /** IAM's quota for a policy that stands there. */
  readonly quota: number;
  /** The resource that the policy is, where it is a managed policy. */
  readonly managed?: Resource;
  /** Whether it is a trust or resource policy, or one that may be. */
  readonly isOther?: true;
  /** Whether nothing around says what it is for. */
  readonly isLoose?: true;
}

const OTHER: PolicyPlace = { takers: [], quota: SIZE_QUOTAS.managed, isOther: true };

/** Looks from a place outwards for who has the policy that stands there, or is put in there. */
export function placeOf(policy: ValueNode, tree: FileTree): PolicyPlace {
  const serverless = takersInServerless(policy, tree);
  if (serverless) return { takers: serverless, quota: SIZE_QUOTAS.role };
  let principal: HolderReference | undefined;
  for (let node = policy.parent; node; node = node.parent) {
    if (node.type === 'property') {
      if (OTHER_KEYS.has(String(node.children?.[0]?.value))) return OTHER;
      continue;
    }
    // What is merged in may be the type of another resource.
    if (isMerged(node)) return OTHER;
    const type = resourceType(node);
    if (type !== undefined) return placeInResource(node, type, tree);
    principal ??= node.type === 'object' ? namedPrincipal(node) : undefined;
  }
  if (principal) return { takers: [takerOf(principal)], quota: SIZE_QUOTAS[principal.kind] };
  return { takers: [], quota: SIZE_QUOTAS.managed, isLoose: true };
}

/**
 * The CloudFormation and SAM resource types whose policies are identity policies. An allow-list: a bucket, queue,
 * key, endpoint or service control policy says nothing about what a role uses.
 */
function placeInResource(node: ValueNode, type: string, tree: FileTree): PolicyPlace {
  const kind = PRINCIPAL_TYPES.get(type);
  const resource = tree.resources.at(node);
  // The CDK's construct tree quotes resources, and says nothing of who they are.
  if (kind) return heldBy([resource ? { kind, address: resource.id } : { kind, name: { unknown: true } }], kind);
  if (ROLE_MAKERS.has(type)) {
    const address = resource && madeRoleOf(resource, tree);
    return heldBy(address === undefined ? [] : [{ kind: 'role', address }], 'role');
  }
  if (type === 'AWS::SSO::PermissionSet') return heldBy([permissionSetRoles(node)], 'role');
  if (type === 'AWS::IAM::Policy') return { takers: listedTakers(node, SIZE_QUOTAS, tree), quota: SIZE_QUOTAS.role };
  if (type === 'AWS::IAM::ManagedPolicy') {
    const takers = listedTakers(node, MANAGED_QUOTAS, tree);
    return { takers, quota: SIZE_QUOTAS.managed, ...(resource && { managed: resource }) };
  }
  const own = INLINE_TYPES.get(type);
  if (!own) return OTHER;
  const [key = ''] = NAME_KEYS.find(([, named]) => named === own) ?? [];
  const name = propertyOf(node, key);
  return heldBy(name ? holdersNamed(own, name, tree) : [], own);
}

function heldBy(holders: readonly HolderReference[], kind: HolderKind): PolicyPlace {
  return { takers: holders.map((holder) => takerOf(holder)), quota: SIZE_QUOTAS[kind] };
}

/** Those whom the lists of a policy that is a resource name. */
function listedTakers(node: ValueNode, quotas: Readonly<Record<HolderKind, number>>, tree: FileTree): Taker[] {
  return LIST_KEYS.flatMap(([key, kind]) => {
    const list = propertyOf(node, key);
    return list ? listedHolders(kind, list, tree).map((holder) => takerOf(holder, quotas[kind])) : [];
  });
}

function propertyOf(resource: ValueNode, key: string): ValueNode | undefined {
  const properties = propertyNode(resource, 'Properties');
  return properties?.type === 'object' ? propertyNode(properties, key) : undefined;
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
