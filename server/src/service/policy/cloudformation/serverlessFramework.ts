import { type PolicyOwner, SIZE_QUOTAS } from '../model.ts';
import { hasProperty, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { PolicyContext } from './context.ts';
import { mayBeInherited } from './inheritedStatements.ts';
import { serverlessPlace } from './serverlessPlaces.ts';

/**
 * What a `serverless.yml` says of a list of statements: that of the role which all functions share, or that of one function's own role.
 * `undefined` for anything else.
 */
export function serverlessFrameworkContext(list: ValueNode): PolicyContext | undefined {
  const holder = list.parent?.parent;
  const place = list.type === 'array' && holder ? serverlessPlace(list) : undefined;
  if (!place || !holder) return undefined;
  const { address, isProvider } = place;
  const context = { kind: 'identity', quota: SIZE_QUOTAS.role, address } as const;
  if (isProvider) return { ...context, ...sharedOwner(holder) };
  // A function's own `name` is that of the function.
  const name = stringProperty(holder, hasProperty(holder, 'statements') ? 'name' : 'iamRoleStatementsName');
  return { ...context, owner: namedRole(name) ?? { kind: 'role' } };
}

/**
 * The framework names the role after service, stage and region, of which only the names are known here, unless it is given one.
 * @param role what holds the statements
 */
function sharedOwner(role: ValueNode): { owner?: PolicyOwner } {
  if (mayBeInherited(role)) return { owner: { kind: 'role', whyUnknown: INHERITED } };
  if (!hasProperty(role, 'name') || hasProperty(role, 'iamRoleStatements')) return {};
  return { owner: namedRole(stringProperty(role, 'name')) ?? { kind: 'role' } };
}

const INHERITED = 'functions with roles of their own may inherit these statements';

/** A role by its name; `undefined` where the framework puts in something. */
function namedRole(name: string | undefined): PolicyOwner | undefined {
  return name === undefined || name.includes('${') ? undefined : { kind: 'role', name };
}
