import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';

/** Where a CloudFormation principal, and one in the answer of `aws iam get-account-authorization-details`, lists what is attached. */
const LIST_KEYS = ['ManagedPolicyArns', 'AttachedManagedPolicies'] as const;

/** An ARN of one of AWS's own policies, or its end: the partition is often put in when the template is deployed. */
const AWS_MANAGED = /:iam::aws:policy\/([\w+=,.@/-]+)$/;

/** By what holds the lists: a principal may hold thousands of policies, each of which asks. */
const known = new WeakMap<ValueNode, readonly string[]>();

/**
 * The AWS managed policies that are attached to a principal, by what follows `policy/` in their ARNs, such as
 * `service-role/AWSLambdaBasicExecutionRole`: they grant what no file shows.
 *
 * @param holder the resource's properties, or the object that describes the principal
 */
export function managedPoliciesOf(holder: ValueNode): readonly string[] {
  let policies = known.get(holder);
  if (!policies) {
    policies = readManagedPolicies(holder);
    known.set(holder, policies);
  }
  return policies;
}

function readManagedPolicies(holder: ValueNode): string[] {
  return LIST_KEYS.flatMap((key) => {
    const list = propertyNode(holder, key);
    const items = list?.type === 'array' ? (list.children ?? []) : [];
    return items.flatMap((item) => AWS_MANAGED.exec(endOf(item))?.[1] ?? []);
  });
}

/**
 * The last text of an item: an ARN, or the end of one that `Fn::Sub` or `Fn::Join` puts together, as the CDK writes it:
 * `{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/ReadOnlyAccess"]]}`.
 */
function endOf(item: ValueNode): string {
  const arn = item.type === 'object' ? stringProperty(item, 'PolicyArn') : undefined;
  if (arn !== undefined) return arn;
  let node: ValueNode | undefined = item;
  while (node && node.type !== 'string') node = node.children?.at(-1);
  return String(node?.value ?? '');
}
