import { branchesOf } from '../cloudformation/condition.ts';
import { contextOf, type PolicyContext } from '../cloudformation/context.ts';
import type { PolicyDocument } from '../model.ts';
import { hasProperty, isMerged, keyOf, pointerTo, propertyNode, type ValueNode } from './nodes.ts';
import { TreePolicy } from './policy.ts';
import type { Sizes } from './sizes.ts';
import { readStatement } from './statement.ts';

/** What a syntax says about the policies that its files hold. */
export interface PolicyForms {
  readonly sizes: Sizes;
  /** Whether lists of statements are policies wherever they stand, as Serverless has them. */
  readonly bareLists: boolean;
  /** What the places around a policy say about it; CloudFormation's rules when absent. */
  readonly contextOf?: (policy: ValueNode) => PolicyContext & { readonly isMerged?: boolean };
}

/** The policies in a value: every object with a `Statement` that holds an `Effect`, wherever it stands. */
export function* findPolicies(node: ValueNode, pointer: string, forms: PolicyForms): Iterable<PolicyDocument> {
  if (node.isShared) return;
  const policy = node.type === 'object' ? readPolicy(node, pointer, forms) : readBareList(node, pointer, forms);
  if (policy) {
    yield policy;
    return;
  }
  if (node.type === 'object') {
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key && value) yield* findPolicies(value, pointerTo(pointer, String(key.value)), forms);
    }
  } else if (node.type === 'array') {
    for (const [index, item] of (node.children ?? []).entries())
      yield* findPolicies(item, pointerTo(pointer, index), forms);
  }
}

function readPolicy(node: ValueNode, pointer: string, forms: PolicyForms): PolicyDocument | undefined {
  const value = propertyNode(node, 'Statement');
  if (!value || value.isShared || isMerged(node)) return undefined;
  const found = [...findStatements(value, pointerTo(pointer, 'Statement'), false)];
  if (!found.some((place) => hasProperty(place.node, 'Effect'))) return undefined;
  return toPolicy(node, value, pointer, found, forms);
}

/** A list of statements under a key of its own; that of a `Statement` belongs to a policy, which was not understood. */
function readBareList(node: ValueNode, pointer: string, forms: PolicyForms): PolicyDocument | undefined {
  if (!forms.bareLists || node.type !== 'array' || isInStatement(node)) return undefined;
  const found = [...findStatements(node, pointer, false)];
  if (!found.some(({ node: item }) => isStatementLike(item))) return undefined;
  return toPolicy(node, node, pointer, found, forms);
}

function isInStatement(node: ValueNode): boolean {
  for (let at: ValueNode | undefined = node; at; at = at.parent) if (keyOf(at) === 'Statement') return true;
  return false;
}

function isStatementLike(node: ValueNode): boolean {
  return hasProperty(node, 'Effect') && (hasProperty(node, 'Action') || hasProperty(node, 'NotAction'));
}

interface StatementPlace {
  readonly node: ValueNode;
  readonly pointer: string;
  /** Whether a condition chooses the statement: then it cannot be taken out of its list. */
  readonly isConditional: boolean;
}

/** Where a value may hold statements: the value itself or each item of a list, and what conditions choose from in their place. */
function* findStatements(value: ValueNode, pointer: string, isConditional: boolean): Iterable<StatementPlace> {
  if (value.isShared) return;
  if (value.type !== 'array') yield* findChoices(value, pointer, isConditional);
  else
    for (const [index, item] of (value.children ?? []).entries())
      yield* findChoices(item, pointerTo(pointer, index), isConditional);
}

function* findChoices(node: ValueNode, pointer: string, isConditional: boolean): Iterable<StatementPlace> {
  const branches = node.isShared ? [] : branchesOf(node);
  if (!branches && node.type === 'object') yield { node, pointer, isConditional };
  for (const branch of branches ?? [])
    yield* findStatements(branch.node, branch.steps.reduce<string>(pointerTo, pointer), true);
}

function toPolicy(
  node: ValueNode,
  value: ValueNode,
  pointer: string,
  places: readonly StatementPlace[],
  forms: PolicyForms,
): PolicyDocument {
  const { sizes } = forms;
  const context = forms.contextOf?.(node) ?? contextOf(node);
  // What is put together with other policies may stand in the place of a statement that would come back without it.
  const mustStay = 'isMerged' in context && context.isMerged === true;
  const statements = places.flatMap(
    ({ node: statement, pointer: at, isConditional }) =>
      readStatement(statement, at, sizes, isConditional || mustStay) ?? [],
  );
  return new TreePolicy(node, value, pointer, statements, context, sizes);
}
