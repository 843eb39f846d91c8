import { type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import { hasProperty, keyOf, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { PolicyContext } from './context.ts';
import { mayBeInherited } from './inheritedStatements.ts';

/**
 * What a `serverless.yml` says of a list of statements: that of the role which all functions share (`provider.iam.role.statements`,
 * formerly `provider.iamRoleStatements`), or that of one function's own role (`iamRoleStatements`, of the plugin
 * serverless-iam-roles-per-function). `undefined` for anything else.
 */
export function serverlessFrameworkContext(list: ValueNode): PolicyContext | undefined {
  const holder = list.parent?.parent;
  if (list.type !== 'array' || !holder) return undefined;
  const key = keyOf(list);
  if (key === 'statements' && isRoleOfProvider(holder))
    return { kind: 'identity', quota: SIZE_QUOTAS.role, address: 'provider', ...sharedOwner(holder) };
  if (key !== 'iamRoleStatements') return undefined;
  const address = keyOf(holder);
  if (address === 'provider') return { kind: 'identity', quota: SIZE_QUOTAS.role, address, ...sharedOwner(holder) };
  const owner = namedRole(stringProperty(holder, 'iamRoleStatementsName')) ?? { kind: 'role' };
  return { kind: 'identity', quota: SIZE_QUOTAS.role, owner, ...(address !== undefined && { address }) };
}

function isRoleOfProvider(role: ValueNode): boolean {
  const iam = role.parent?.parent;
  return keyOf(role) === 'role' && iam !== undefined && keyOf(iam) === 'iam';
}

/**
 * The framework names the role after service, stage and region, of which only the names are known here, unless it is given one.
 * @param role what holds the statements
 */
function sharedOwner(role: ValueNode): { owner?: PolicyOwner } {
  if (mayBeInherited(role)) return { owner: { kind: 'role', whyUnknown: INHERITED } };
  if (keyOf(role) !== 'role' || !hasProperty(role, 'name')) return {};
  return { owner: namedRole(stringProperty(role, 'name')) ?? { kind: 'role' } };
}

const INHERITED = 'functions with roles of their own may inherit these statements';

/** A role by its name; `undefined` where the framework puts in something. */
function namedRole(name: string | undefined): PolicyOwner | undefined {
  return name === undefined || name.includes('${') ? undefined : { kind: 'role', name };
}
