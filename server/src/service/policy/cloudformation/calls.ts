import { quote } from '../../text.ts';
import type { ComputedText } from '../../whose/computedText.ts';
import { HOLE, literalOf } from '../../whose/computedText.ts';
import type { CallFact } from '../../whose/facts.ts';
import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { amountOf, type Resource } from './resources.ts';

const NESTED = 'AWS::CloudFormation::Stack';
const APPLICATION = 'AWS::Serverless::Application';
const STACK_SET = 'AWS::CloudFormation::StackSet';

/** Whether a resource of this type is made of another template. */
export function isCall(type: string): boolean {
  return type === NESTED || type === APPLICATION || type === STACK_SET;
}

/** The address of a nested stack: its outputs are `Child.Outputs.Arn`. */
export function callAddress(logicalId: string): string {
  return `${logicalId}.Outputs`;
}

/** The nested stacks and stack sets of a file. */
export function callsOf(tree: FileTree): CallFact[] {
  return [...tree.resources.all].filter(({ type }) => isCall(type)).map((resource) => callOf(resource, tree));
}

function callOf(resource: Resource, tree: FileTree): CallFact {
  const { id, type, properties } = resource;
  const isSet = type === STACK_SET;
  const base = { address: callAddress(id), kind: 'file' as const, target: targetOf(resource, tree) };
  const given = properties?.type === 'object' ? propertyNode(properties, 'Parameters') : undefined;
  const call = { ...base, arguments: argumentsOf(given, tree) };
  if (!isSet) {
    const what = type === APPLICATION ? 'the application' : 'the nested stack';
    return { ...call, label: `${what} ${quote(id)}`, amount: amountOf(resource) };
  }
  const accounts = accountsOf(properties, tree);
  const name = properties && propertyNode(properties, 'StackSetName');
  const text = (name && tree.said.common(name)) ?? [HOLE];
  return {
    ...call,
    label: `the stack set ${quote(id)}`,
    amount: accounts ? amountOf(resource) : 'several',
    ...(accounts && { accounts }),
    stackName: ['StackSet-', ...text, '-', HOLE],
  };
}

/** The template that a call is made of, as it is written. */
function targetOf({ type, node, properties }: Resource, tree: FileTree): ComputedText | undefined {
  const metadata = propertyNode(node, 'Metadata');
  const asset = metadata?.type === 'object' ? stringProperty(metadata, 'aws:asset:path') : undefined;
  if (asset !== undefined) return [asset];
  const key = type === APPLICATION ? 'Location' : 'TemplateURL';
  const value = properties?.type === 'object' ? propertyNode(properties, key) : undefined;
  // What an application of the repository of applications is made of, nobody sees.
  if (
    !value ||
    (type === APPLICATION &&
      value.type === 'object' &&
      !value.children?.[0]?.children?.[0]?.value?.toString().startsWith('Fn::'))
  )
    return undefined;
  return tree.said.common(value);
}

function argumentsOf(given: ValueNode | undefined, tree: FileTree): CallFact['arguments'] {
  const pairs = (given?.children ?? []).flatMap((child): [string, ValueNode][] => {
    if (child.type === 'property') {
      const [key, value] = child.children ?? [];
      return value ? [[String(key?.value), value]] : [];
    }
    const name = stringProperty(child, 'ParameterKey');
    const value = child.type === 'object' ? propertyNode(child, 'ParameterValue') : undefined;
    return name !== undefined && value ? [[name, value]] : [];
  });
  return pairs.flatMap(([name, value]) => {
    const text = tree.said.common(value);
    return text ? [{ name, text }] : [];
  });
}

/** The accounts of a stack set, where all of them are written out, and each has it once. */
function accountsOf(properties: ValueNode | undefined, tree: FileTree): string[] | undefined {
  const groups = properties?.type === 'object' ? propertyNode(properties, 'StackInstancesGroup') : undefined;
  if (groups?.type !== 'array') return undefined;
  const accounts: string[] = [];
  for (const group of groups.children ?? []) {
    const targets = group.type === 'object' ? propertyNode(group, 'DeploymentTargets') : undefined;
    const regions = group.type === 'object' ? propertyNode(group, 'Regions') : undefined;
    const listed = targets?.type === 'object' ? propertyNode(targets, 'Accounts') : undefined;
    const ids = listed?.type === 'array' ? (listed.children ?? []).map((item) => literalIn(item, tree)) : [];
    if (ids.length === 0 || !ids.every((id) => /^\d{12}$/.test(id ?? '')) || (regions?.children ?? []).length > 1)
      return undefined;
    if (targets && propertyNode(targets, 'OrganizationalUnitIds')) return undefined;
    accounts.push(...(ids as string[]));
  }
  return accounts.length > 0 && new Set(accounts).size === accounts.length ? accounts : undefined;
}

function literalIn(item: ValueNode, tree: FileTree): string | undefined {
  const text = tree.said.common(item);
  return text && literalOf(text);
}
