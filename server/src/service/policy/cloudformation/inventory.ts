import type { HolderKind, InventoryFact } from '../../whose/facts.ts';
import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { attachedTo, isPartial, listIn } from './accountDetails.ts';

/** What a file lists of what exists, as an answer of AWS or a state of Terraform. */
export function inventoryOf(root: ValueNode): InventoryFact[] {
  if (root.type !== 'object') return [];
  return [...stacksIn(root), ...stateIn(root), ...accountIn(root)];
}

/** `describe-stack-resources` and `list-stack-resources`: what the resources of stacks are called. */
function stacksIn(root: ValueNode): InventoryFact[] {
  const lists = ['StackResources', 'StackResourceSummaries'].flatMap((key) => listIn(root, key));
  const stacks = new Map<string, Extract<InventoryFact, { kind: 'stack' }>['resources'][number][]>();
  let account: string | undefined;
  for (const item of lists) {
    const [logicalId, physicalId, type] = ['LogicalResourceId', 'PhysicalResourceId', 'ResourceType'].map((key) =>
      stringProperty(item, key),
    );
    account ??= accountOf(stringProperty(item, 'StackId')) ?? accountOf(physicalId);
    if (logicalId === undefined || physicalId === undefined || type === undefined || !KEPT.test(type)) continue;
    const stack = stringProperty(item, 'StackName') ?? '';
    addTo(stacks, stack, { logicalId, type, physicalId });
  }
  return [...stacks].map(([stack, resources]) => ({
    kind: 'stack' as const,
    ...(stack !== '' && { stack }),
    ...(account !== undefined && { account }),
    resources,
  }));
}

/** The types of the resources whose names matter. */
const KEPT = /^AWS::(?:IAM::(?:Role|User|Group|ManagedPolicy)|CloudFormation::Stack)$/;

/** Whether a file is a state or a plan of Terraform: what it says of policies is no code. */
export function isTerraformState(root: ValueNode): boolean {
  if (root.type !== 'object' || !propertyNode(root, 'terraform_version')) return false;
  return ['values', 'planned_values', 'prior_state', 'resource_changes', 'format_version'].some((key) =>
    propertyNode(root, key),
  );
}

/** `terraform show -json`: of a state, or of the one that a plan starts from. */
function stateIn(root: ValueNode): InventoryFact[] {
  if (!isTerraformState(root)) return [];
  const prior = propertyNode(root, 'prior_state');
  const values = propertyNode(root, 'values') ?? (prior && propertyNode(prior, 'values'));
  const module = values && propertyNode(values, 'root_module');
  if (!module) return [];
  const resources: { readonly address: string; readonly arn: string }[] = [];
  const modules = [module];
  for (let at = modules.pop(); at; at = modules.pop()) {
    for (const resource of listIn(at, 'resources')) {
      const [address, type, mode] = ['address', 'type', 'mode'].map((key) => stringProperty(resource, key));
      const own = propertyNode(resource, 'values');
      const arn = own && stringProperty(own, 'arn');
      if (
        address !== undefined &&
        arn !== undefined &&
        mode !== 'data' &&
        /^aws_iam_(?:role|user|group)$/.test(type ?? '')
      )
        resources.push({ address, arn });
    }
    modules.push(...listIn(at, 'child_modules'));
  }
  return [{ kind: 'state', resources }];
}

/** The lists of principals in answers of AWS. */
const LISTS: readonly (readonly [key: string, kind: HolderKind])[] = [
  ['RoleDetailList', 'role'],
  ['UserDetailList', 'user'],
  ['Roles', 'role'],
  ['Users', 'user'],
];

type Principal = Extract<InventoryFact, { kind: 'account' }>['principals'][number];

/** `get-account-authorization-details`, `list-roles` and `list-users`; and `get-group`, which lists the members of one. */
function accountIn(root: ValueNode): InventoryFact[] {
  const isWhole = !isPartial(root);
  const answered = propertyNode(root, 'Group');
  const group = answered && stringProperty(answered, 'GroupName');
  // Of a page of several, nobody knows who else is in a group.
  if (group !== undefined && !isWhole) return [];
  const lists = new Set<HolderKind>();
  const byAccount = new Map<string, Principal[]>();
  for (const [key, kind] of LISTS)
    for (const item of listIn(root, key)) {
      const arn = stringProperty(item, 'Arn');
      const account = accountOf(arn);
      if (arn === undefined || account === undefined || !arn.includes(`:${kind}/`)) continue;
      if (group === undefined) lists.add(kind);
      addTo(byAccount, account, { ...principalOf(item, arn), ...(isWhole && relationsOf(item, group)) });
    }
  return [...byAccount].map(([account, principals]) => ({
    kind: 'account',
    account,
    lists: [...lists],
    isWhole,
    principals,
  }));
}

function principalOf(item: ValueNode, arn: string): Principal {
  const created = stringProperty(item, 'CreateDate');
  return { arn, ...(created !== undefined && { created }) };
}

/** What a principal has and belongs to: only of a whole answer does this tell as well who else does. */
function relationsOf(item: ValueNode, group: string | undefined): Omit<Principal, 'arn'> {
  const listed = listIn(item, 'GroupList').flatMap(({ value }) => (typeof value === 'string' ? value : []));
  const groups = group === undefined ? listed : [group];
  return {
    ...(propertyNode(item, 'AttachedManagedPolicies') && { policies: attachedTo(item) }),
    ...(groups.length > 0 && { groups }),
  };
}

function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[\w-]+:(?:iam|cloudformation):[\w-]*:(\d{12}):/.exec(arn ?? '')?.[1];
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
