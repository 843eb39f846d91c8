import { HOLE } from '../../whose/computedText.ts';
import type { HolderReference, Taker } from '../../whose/facts.ts';
import { SIZE_QUOTAS } from '../model.ts';
import { keyOf, propertyNode, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';

/** What a place in a `serverless.yml` holds statements for. */
export interface ServerlessPlace {
  /** `provider`, or the function's name. */
  readonly address: string;
  readonly isProvider: boolean;
}

/**
 * What a list of statements is for by its keys: `provider.iam.role.statements` (formerly `provider.iamRoleStatements`) for the
 * role that functions share, `functions.X.iam.role.statements` (formerly `iamRoleStatements`) for a function's own. `undefined` for
 * any other place.
 */
export function serverlessPlace(statements: ValueNode): ServerlessPlace | undefined {
  const key = keyOf(statements);
  const [role, above] = [statements.parent?.parent, statements.parent?.parent?.parent?.parent];
  if (key === 'statements' && role && keyOf(role) === 'role' && above && keyOf(above) === 'iam')
    return placeOf(above.parent?.parent);
  return key === 'iamRoleStatements' ? placeOf(role) : undefined;
}

function placeOf(holder: ValueNode | undefined): ServerlessPlace | undefined {
  const address = holder && keyOf(holder);
  if (address === undefined) return undefined;
  const isProvider = address === 'provider' && holder?.parent?.parent?.parent === undefined;
  return { address, isProvider };
}

/** Who takes statements that stand, or are put in, at a place of a `serverless.yml`; `undefined` for a place that means nothing to the framework. */
export function takersInServerless(place: ValueNode, tree: FileTree): Taker[] | undefined {
  const list = place.parent?.type === 'array' && place.type !== 'array' ? place.parent : place;
  const found = serverlessPlace(list);
  if (!found) return undefined;
  const { serverless } = tree;
  if (serverless && found.isProvider) return serverless.takersOfProvider;
  const own = serverless?.roleOf(found.address);
  // A function that is given a role has none of its own.
  if (!own && serverless?.isWhole(found.address)) return [];
  const holder = own ?? roleElsewhere(list, found, tree);
  return [{ takes: 'document', by: { kind: 'holder', holder, quota: SIZE_QUOTAS.role } }];
}

/** The role of a function of which part, or of which the service, stands elsewhere. */
function roleElsewhere(list: ValueNode, { address }: ServerlessPlace, tree: FileTree): HolderReference {
  const around = list.parent?.parent;
  // A function's own `name` is that of the function.
  const key = keyOf(list) === 'statements' ? 'name' : 'iamRoleStatementsName';
  const name = around && propertyNode(around, key);
  if (name) return { kind: 'role', name: { text: tree.said.common(name) ?? [HOLE] } };
  return { kind: 'role', name: { text: [HOLE, `-${address}-`, HOLE, '-lambdaRole'] } };
}
