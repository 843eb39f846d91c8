import { hasProperty, propertyNode, type ValueNode } from '../values/nodes.ts';
import type { StatementNames } from '../values/statement.ts';
import { membersOf } from './blocks.ts';
import { JsonValue } from './expression.ts';

/** The names of a `statement` block of an `aws_iam_policy_document`. It allows unless it says otherwise. */
export const BLOCK_NAMES: StatementNames = {
  elements: new Map([
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
  ]),
  effectOf(statement) {
    if (!hasProperty(statement, 'effect')) return 'Allow';
    const effect = propertyNode(statement, 'effect');
    // What is computed is called what nothing is: such a statement may be a `Deny`.
    return effect && (new JsonValue(effect).literal ?? '');
  },
  hasPrincipal: (statement) =>
    membersOf(statement, '').some(({ key, value }) => isPrincipal(key) || (key === 'dynamic' && mayBePrincipal(value))),
};

function isPrincipal(key: string): boolean {
  return key === 'principals' || key === 'not_principals';
}

/** A `dynamic` block gives as many blocks as it likes of the type that is its key. */
function mayBePrincipal(dynamic: ValueNode): boolean {
  return dynamic.type === 'string' || membersOf(dynamic, '').some(({ key }) => isPrincipal(key));
}
