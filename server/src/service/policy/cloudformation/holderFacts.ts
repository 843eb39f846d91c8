import type { ComputedText } from '../../whose/computedText.ts';
import type { HolderFact, HolderKind, HolderName, HolderReference } from '../../whose/facts.ts';
import { hasProperty, isMerged, propertyNode, type ValueNode } from '../values/nodes.ts';
import { isNothing, joined, mayBeNothing } from './computedTexts.ts';
import { branchesOf } from './condition.ts';
import type { FileTree } from './fileTree.ts';
import { NAME_KEYS } from './namedPrincipals.ts';
import { amountOf, conditionOf, PRINCIPAL_TYPES, type Resource, ROLE_MAKERS } from './resources.ts';

/** The roles, users and groups that the templates of a file declare. */
export function holdersOf(tree: FileTree): HolderFact[] {
  const declared = [...tree.resources.all].flatMap((resource) => holderOf(resource, tree) ?? []);
  return [...declared, ...(tree.serverless?.holders ?? [])];
}

function holderOf(resource: Resource, tree: FileTree): HolderFact | undefined {
  const kind = PRINCIPAL_TYPES.get(resource.type);
  const address = kind ? resource.id : madeRoleOf(resource, tree);
  if (address === undefined) return undefined;
  const condition = conditionOf(resource.node);
  return {
    address,
    kind: kind ?? 'role',
    name: kind ? nameOf(resource, kind, tree) : madeUp(resource, address),
    amount: amountOf(resource),
    ...(condition !== undefined && { condition }),
  };
}

function nameOf(resource: Resource, kind: HolderKind, tree: FileTree): HolderName {
  const { node, properties } = resource;
  const [key = ''] = NAME_KEYS.find(([, named]) => named === kind) ?? [];
  if (isMerged(node) || (properties && (properties.type !== 'object' || isMerged(properties))))
    return { unknown: `part of '${resource.id}' is merged in` };
  if (!properties || !hasProperty(properties, key)) return madeUp(resource, resource.id);
  const value = propertyNode(properties, key);
  if (!value) return { unknown: `'${resource.id}' has several names` };
  return givenName(value, resource, tree);
}

/** What a value makes a name of. */
function givenName(value: ValueNode, resource: Resource, tree: FileTree): HolderName {
  if (!mayBeNothing(value)) return { text: tree.said.common(value) ?? [{}] };
  if (tree.said.of(value).length === 0) return madeUp(resource, resource.id);
  return { unknown: `the name of '${resource.id}' depends on a condition` };
}

/** The name that CloudFormation makes up of a logical id. */
export function madeUp({ loop }: Resource, id: string): HolderName {
  if (!loop) return { logicalId: id };
  if (!loop.values) return { unknown: `'${loop.key}' makes several of it` };
  return {
    logicalId: id.replaceAll(`\${${loop.variable}}`, '${each.key}').replaceAll(`&{${loop.variable}}`, '${each.key}'),
  };
}

/** The address of the role that SAM makes for a resource; `undefined` where it makes none, because one is given. */
export function madeRoleOf({ id, type, properties }: Resource, tree: FileTree): string | undefined {
  if (!ROLE_MAKERS.has(type) || isGiven(properties)) return undefined;
  const globals = type === 'AWS::Serverless::Function' ? globalFunction(tree) : undefined;
  return isGiven(globals) ? undefined : `${id}Role`;
}

function isGiven(properties: ValueNode | undefined): boolean {
  if (properties?.type !== 'object' || !hasProperty(properties, 'Role')) return false;
  const role = propertyNode(properties, 'Role');
  return role === undefined || !mayBeNothing(role);
}

/** What all functions of a SAM template have. */
function globalFunction({ templates }: FileTree): ValueNode | undefined {
  for (const template of templates) {
    const globals = propertyNode(template, 'Globals');
    const shared = globals?.type === 'object' ? propertyNode(globals, 'Function') : undefined;
    if (shared) return shared;
  }
  return undefined;
}

/** Whom the items of a list of principals mean. */
export function listedHolders(kind: HolderKind, list: ValueNode, tree: FileTree): HolderReference[] {
  if (isNothing(list)) return [];
  const branches = branchesOf(list);
  if (branches) return branches.flatMap(({ node }) => listedHolders(kind, node, tree));
  if (list.type === 'array') return (list.children ?? []).flatMap((item) => holdersNamed(kind, item, tree));
  // A parameter or function that gives a whole list.
  return list.type === 'string' ? holdersNamed(kind, list, tree) : [{ kind, name: { unknown: true } }];
}

/** Whom a value means: several where conditions choose, none where it is nothing. */
export function holdersNamed(kind: HolderKind, value: ValueNode, tree: FileTree): HolderReference[] {
  return tree.said.of(value).map((text) => meantBy(kind, text, tree));
}

/** A principal by what names it: the logical id of one that the file declares, else a name. */
function meantBy(kind: HolderKind, text: ComputedText, tree: FileTree): HolderReference {
  const [part, ...others] = text;
  const ref = typeof part === 'string' || others.length > 0 ? undefined : part?.ref;
  if (ref === undefined) return { kind, name: { text: joined(text) } };
  const address = holderAddress(ref, kind, tree);
  if (address !== undefined) return { kind, address };
  return tree.resources.has(ref) ? { kind, name: { unknown: true } } : { kind, name: { text } };
}

/** The address of the holder that a logical id means. */
function holderAddress(id: string, kind: HolderKind, tree: FileTree): string | undefined {
  const found = tree.resources.named(id);
  if (found) {
    if (PRINCIPAL_TYPES.get(found.resource.type) !== kind) return undefined;
    return found.value === undefined ? found.resource.id : `${found.resource.id}[${JSON.stringify(found.value)}]`;
  }
  if (kind !== 'role') return undefined;
  const maker = id.endsWith('Role') ? tree.resources.named(id.slice(0, -'Role'.length)) : undefined;
  if (maker && maker.value === undefined && madeRoleOf(maker.resource, tree) !== undefined) return id;
  return tree.serverless?.has(id) ? id : undefined;
}
