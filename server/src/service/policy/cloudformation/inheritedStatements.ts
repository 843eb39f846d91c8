import { propertyNode, type ValueNode } from '../values/nodes.ts';

/** The plugin that gives functions roles of their own, and what makes them copy the shared role's statements. */
const PLUGIN = 'serverless-iam-roles-per-function';
const SWITCHES: ReadonlySet<unknown> = new Set(['iamRoleStatementsInherit', 'defaultInherit']);

/** By the root of a file's tree. */
const known = new WeakMap<ValueNode, boolean>();

/**
 * Whether a function of a `serverless.yml` may copy the statements of the role that all functions share into a role of its own, or
 * nobody sees whether it does. Each file is looked through once.
 */
export function mayBeInherited(statements: ValueNode): boolean {
  let root = statements;
  while (root.parent) root = root.parent;
  let isInherited = known.get(root);
  if (isInherited === undefined) {
    isInherited = isSwitchedOn(root) || (mayHavePlugin(root) && isPartlyElsewhere(root));
    known.set(root, isInherited);
  }
  return isInherited;
}

/** Whether a switch is on wherever it stands, as merge keys may bring it to a function, and whatever a tool puts in for it. */
function isSwitchedOn(node: ValueNode): boolean {
  if (node.type === 'property') {
    const [key, value] = node.children ?? [];
    if (SWITCHES.has(key?.value) && value?.value !== false) return true;
  }
  return (node.children ?? []).some(isSwitchedOn);
}

function mayHavePlugin(root: ValueNode): boolean {
  const plugins = propertyNode(root, 'plugins');
  return plugins !== undefined && [...textsIn(plugins)].some((text) => text === PLUGIN || text.startsWith('${'));
}

/** Whether functions, or the settings of the plugin, are put in from elsewhere. */
function isPartlyElsewhere(root: ValueNode): boolean {
  const [functions, custom] = ['functions', 'custom'].map((key) => propertyNode(root, key));
  const settings = custom?.type === 'object' ? propertyNode(custom, PLUGIN) : custom;
  const groups = functions?.type === 'array' ? (functions.children ?? []) : [functions];
  const each = groups.flatMap((group) => (group?.type === 'object' ? valuesOf(group) : group));
  return [...each, settings].some((node) => node?.type === 'string');
}

function valuesOf(object: ValueNode): (ValueNode | undefined)[] {
  return (object.children ?? []).map(({ children }) => children?.[1]);
}

function* textsIn(node: ValueNode): Iterable<string> {
  if (node.type === 'string') yield String(node.value);
  for (const child of node.children ?? []) yield* textsIn(child);
}
