import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { IncludeFact, Taker } from '../../whose/facts.ts';
import { hasProperty, keyOf, propertyNode, type ValueNode } from '../values/nodes.ts';
import { joined } from './computedTexts.ts';
import type { FileTree } from './fileTree.ts';
import { splitHoles } from './holes.ts';
import { takersAt } from './policyTakers.ts';

/** Where a policy stands, or the statements of one. */
const POLICY_KEYS: ReadonlySet<string | undefined> = new Set([
  'PolicyDocument',
  'AssumeRolePolicyDocument',
  'InlinePolicy',
  'Statement',
  'statements',
  'iamRoleStatements',
  'Policies',
  'resourcePolicy',
]);

/** The files that are put in where policies, or statements of one, stand: by transforms, by tags of other tools, and by variables of the Serverless Framework. */
export function includesOf(tree: FileTree): IncludeFact[] {
  return tree.inclusions.filter(isPolicyPlace).flatMap((node) => {
    const path = pathOf(node, tree);
    if (!path || /^[a-z]\w*:/i.test(typeof path[0] === 'string' ? path[0] : '')) return [];
    const { takers, isOther } = takersAt(node, tree);
    const all: readonly Taker[] = isOther
      ? [{ takes: 'document', by: { kind: 'other', why: 'it is put in where another kind of policy stands' } }]
      : takers;
    return all.map((to) => ({ path, to }));
  });
}

/** Whether a policy, or statements of one, are wanted where a value stands. */
export function isPolicyPlace(node: ValueNode): boolean {
  return POLICY_KEYS.has(keyOf(node.parent?.type === 'array' ? node.parent : node));
}

/** Whether a value stands for what another file holds. */
export function isInclusion(node: ValueNode): boolean {
  if (typeof node.value === 'string') return /^\$\{file\(/.test(node.value);
  return (
    node.type === 'object' && (hasProperty(node, 'Fn::Transform') || INCLUDE_TAGS.some((tag) => hasProperty(node, tag)))
  );
}

/** What tools call a file that is put in, as the long forms of their tags. */
const INCLUDE_TAGS = ['Fn::Include', 'Fn::include', 'Fn::File', 'Fn::file'];

/** The path that is put in, as it is written. */
function pathOf(node: ValueNode, tree: FileTree): ComputedText | undefined {
  if (typeof node.value === 'string') return pathOfVariable(node.value, tree);
  const transform = propertyNode(node, 'Fn::Transform');
  if (transform?.type === 'object') {
    const parameters = propertyNode(transform, 'Parameters');
    const location = parameters?.type === 'object' ? propertyNode(parameters, 'Location') : undefined;
    return location && tree.said.common(location);
  }
  const tag = INCLUDE_TAGS.map((key) => propertyNode(node, key)).find(Boolean);
  return tag && tree.said.common(tag);
}

/** `${file(policies/${sls:stage}.json)}`, also with a key behind it. */
function pathOfVariable(text: string, { variables }: FileTree): ComputedText | undefined {
  const [only, ...others] = splitHoles(text);
  if (others.length > 0 || typeof only !== 'object') return undefined;
  const end = closing(only.hole);
  if (end === undefined) return undefined;
  const path = only.hole.slice('file('.length, end);
  return joined(variables?.read(path) ?? splitHoles(path).map((part) => (typeof part === 'string' ? part : HOLE)));
}

/** Where the bracket of `file(` closes. */
function closing(hole: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === '(') depth++;
    if (hole[at] === ')' && --depth === 0) return at;
  }
  return undefined;
}
