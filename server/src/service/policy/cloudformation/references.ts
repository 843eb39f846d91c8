import { propertyNode, type ValueNode } from '../values/nodes.ts';

/** The end of a managed policy's ARN, as it is written or put together: the policy's name stands behind the last `/`. */
const POLICY_ARN = /(?:^|:)policy\/(?:.*\/)?([^/]+)$/;

/**
 * What a value of a template refers to, wherever in it (`Fn::If` may choose): logical ids, and the names of managed policies
 * whose ARNs are written out, as `policy/NAME`.
 */
export function referencesIn(value: ValueNode): string[] {
  if (value.type === 'string') return namedPolicy(String(value.value));
  const children = value.children ?? [];
  if (value.type !== 'property') return children.flatMap(referencesIn);
  const [key, referred] = children;
  if (!referred) return [];
  if (key?.value === 'Ref' || key?.value === 'Fn::GetAtt') {
    const [id] = textOf(referred).split('.');
    return id ? [id] : [];
  }
  if (key?.value !== 'Fn::Sub') return referencesIn(referred);
  const text = textOf(referred);
  return [...namedPolicy(text), ...[...text.matchAll(/\$\{([^.}]+)/g)].map(([, id]) => String(id))];
}

/** How a managed policy is referred to by the name that it is given, where `Fn::Sub` may put something in. */
export function policyNameReference(properties: ValueNode): string | undefined {
  const name = propertyNode(properties, 'ManagedPolicyName');
  const text = name && textOf((name.type === 'object' && propertyNode(name, 'Fn::Sub')) || name);
  return text ? `policy/${text}` : undefined;
}

function namedPolicy(arn: string): string[] {
  const name = POLICY_ARN.exec(arn)?.[1];
  return name === undefined ? [] : [`policy/${name}`];
}

/** A string, or the first one of a list. */
function textOf(value: ValueNode): string {
  const text = value.type === 'array' ? value.children?.[0] : value;
  return text?.type === 'string' ? String(text.value) : '';
}
