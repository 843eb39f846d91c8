import { propertyNode, type ValueNode } from '../values/nodes.ts';
import type { Sizes } from '../values/sizes.ts';
import { bodiesIn, membersOf } from './blocks.ts';

/** What stands around the statements of a policy. */
export const AROUND_STATEMENTS = '{"Version":"2012-10-17","Statement":[]}'.length;

/** What Terraform calls the arguments of a `statement` block, and IAM its elements. */
const ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
]);

/** Counts the statements of an `aws_iam_policy_document` as the JSON that Terraform makes of them. What is computed counts as it is written. */
export const BLOCK_SIZES: Sizes = {
  ofString: ({ length }) => length,
  of: (statement) => {
    const size = JSON.stringify(statementOf(statement)).length;
    return () => size;
  },
};

function statementOf(block: ValueNode): Record<string, unknown> {
  const statement: Record<string, unknown> = { Effect: 'Allow' };
  for (const { key, value } of membersOf(block, '')) {
    const element = ELEMENTS.get(key);
    if (element !== undefined) statement[element] = listOf(value);
    else if (key === 'condition')
      statement.Condition = Object.assign({}, statement.Condition, ...inside(value, conditionOf));
    else if (key === 'principals') statement.Principal = Object.assign({}, ...inside(value, principalOf));
    else if (key === 'not_principals') statement.NotPrincipal = Object.assign({}, ...inside(value, principalOf));
  }
  return statement;
}

function inside(value: ValueNode, read: (body: ValueNode) => object): object[] {
  return bodiesIn(value, '').map(([body]) => read(body));
}

function conditionOf(body: ValueNode): object {
  return { [textOf(body, 'test')]: { [textOf(body, 'variable')]: argument(body, 'values') } };
}

function principalOf(body: ValueNode): object {
  return { [textOf(body, 'type')]: argument(body, 'identifiers') };
}

function textOf(body: ValueNode, key: string): string {
  return String(propertyNode(body, key)?.value ?? '');
}

function argument(body: ValueNode, key: string): unknown {
  const value = propertyNode(body, key);
  return value && listOf(value);
}

/** A list of one is written without its brackets. */
function listOf(value: ValueNode): unknown {
  const items = value.children ?? [];
  const texts = items.map((item) => item.value ?? '');
  return value.type === 'array' ? (texts.length === 1 ? texts[0] : texts) : value.value;
}
