import { quote } from '../../text.ts';
import type { Taker } from '../../whose/facts.ts';
import { keyOf, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';

/** A version of a managed policy, as AWS answers it. */
export interface PolicyVersion {
  /** The policy's ARN, where the answer tells it. */
  readonly arn?: string;
  /** Why it is left alone, as a clause. */
  readonly leftAlone?: string;
  readonly takers: readonly Taker[];
}

/** The version of a managed policy of which a value is the document; `undefined` for any other value. */
export function policyVersionOf(document: ValueNode, tree: FileTree): PolicyVersion | undefined {
  const version = keyOf(document) === 'Document' ? document.parent?.parent : undefined;
  if (!version || propertyNode(version, 'VersionId') === undefined) return undefined;
  const policy = policyAround(version);
  const arn = policy && arnOf(policy);
  const takers = policy && arn !== undefined ? takersOutside(policy, arn, tree) : [];
  const leftAlone = reasonToLeave(version, arn);
  return { takers, ...(arn !== undefined && { arn }), ...(leftAlone !== undefined && { leftAlone }) };
}

function reasonToLeave(version: ValueNode, arn: string | undefined): string | undefined {
  if (arn !== undefined && /^arn:[\w-]+:iam::aws:/.test(arn)) return 'this is a policy of AWS';
  if (propertyNode(version, 'IsDefaultVersion')?.value !== false) return undefined;
  return 'this is an old version of the policy, which grants nothing';
}

function policyAround(version: ValueNode): ValueNode | undefined {
  const list = version.parent;
  return list?.type === 'array' && keyOf(list) === 'PolicyVersionList' ? list.parent?.parent : undefined;
}

function arnOf(policy: ValueNode): string | undefined {
  const arn = stringProperty(policy, 'Arn');
  return arn?.startsWith('arn:') ? arn : undefined;
}

/** The ARNs of the managed policies whose documents stand in answers of AWS. */
export function answersIn(roots: readonly ValueNode[]): ReadonlySet<string> {
  const arns = new Set<string>();
  for (const root of roots)
    for (const policy of listIn(root, 'Policies')) {
      const arn = policy.type === 'object' && propertyNode(policy, 'PolicyVersionList') ? arnOf(policy) : undefined;
      if (arn !== undefined) arns.add(arn);
    }
  return arns;
}

/** Those who have a policy and are not in the answer: AWS counts them. */
function takersOutside(policy: ValueNode, arn: string, tree: FileTree): Taker[] {
  const unknown = (why: string): Taker => ({ takes: 'any', by: { kind: 'unknown', why } });
  const boundaries = propertyNode(policy, 'PermissionsBoundaryUsageCount')?.value;
  const boundary: Taker[] =
    typeof boundaries === 'number' && boundaries > 0
      ? [{ takes: 'any', by: { kind: 'other', why: 'this policy is a permissions boundary' } }]
      : [];
  const counted = propertyNode(policy, 'AttachmentCount')?.value;
  const listed = attachmentsIn(tree).get(arn) ?? 0;
  const name = stringProperty(policy, 'PolicyName') ?? arn;
  if (typeof counted === 'number')
    return counted > listed
      ? [
          ...boundary,
          unknown(`AWS counts ${counted} attachments of ${quote(name)}, of which ${listed} are listed here`),
        ]
      : boundary;
  return tree.roots.some(isPartial)
    ? [...boundary, unknown('this answer of AWS is not whole, and more may have this policy')]
    : boundary;
}

/** Whether an answer of AWS is but one page of several. */
export function isPartial(root: ValueNode): boolean {
  if (root.type !== 'object') return false;
  if (propertyNode(root, 'IsTruncated')?.value === true) return true;
  return ['Marker', 'NextToken'].some((key) => typeof propertyNode(root, key)?.value === 'string');
}

/** By file: how often each managed policy is attached. */
const counts = new WeakMap<FileTree, ReadonlyMap<string, number>>();

function attachmentsIn(tree: FileTree): ReadonlyMap<string, number> {
  let known = counts.get(tree);
  if (!known) {
    const made = new Map<string, number>();
    for (const principal of tree.principals)
      for (const arn of attachedTo(principal)) made.set(arn, (made.get(arn) ?? 0) + 1);
    counts.set(tree, made);
    known = made;
  }
  return known;
}

/** The ARNs of the managed policies that an answer lists for a principal. */
export function attachedTo(principal: ValueNode): string[] {
  return listIn(principal, 'AttachedManagedPolicies').flatMap((item) => stringProperty(item, 'PolicyArn') ?? []);
}

/** The items of a list; none where there is no list. */
export function listIn(object: ValueNode, key: string): readonly ValueNode[] {
  const list = object.type === 'object' ? propertyNode(object, key) : undefined;
  return list?.type === 'array' ? (list.children ?? []) : [];
}
