import { hasProperty, propertyNode, type ValueNode } from '../values/nodes.ts';

/** Whether a tree is a service of the Serverless Framework. */
export function isServerlessService(root: ValueNode): boolean {
  const provider = root.type === 'object' ? propertyNode(root, 'provider') : undefined;
  if (!provider) return false;
  if (hasProperty(root, 'service') || hasProperty(root, 'functions')) return true;
  return provider.type === 'object' && (hasProperty(provider, 'iam') || hasProperty(provider, 'iamRoleStatements'));
}

/** The functions of a service: those that stand there, and what stands for others that are put in from elsewhere. */
export interface ServerlessFunctions {
  readonly own: readonly { readonly name: string; readonly node: ValueNode }[];
  /** Files and merged values that may be, or make, functions. */
  readonly unseen: readonly ValueNode[];
}

/** The functions of a service. */
export function functionsOf(root: ValueNode): ServerlessFunctions {
  const functions = propertyNode(root, 'functions');
  const groups = functions?.type === 'array' ? (functions.children ?? []) : functions ? [functions] : [];
  const own: { readonly name: string; readonly node: ValueNode }[] = [];
  const unseen: ValueNode[] = [];
  for (const group of groups) {
    if (group.type !== 'object') unseen.push(group);
    for (const { children = [] } of group.type === 'object' ? (group.children ?? []) : []) {
      const [key, value] = children;
      if (!key || !value) continue;
      const isPlain = value.type === 'object' && key.value !== '<<' && !hasProperty(value, '<<');
      if (isPlain) own.push({ name: String(key.value), node: value });
      else unseen.push(value);
    }
  }
  return { own, unseen };
}
