import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { functionsOf } from './serverlessFiles.ts';

/** The plugin that gives functions roles of their own, and what makes them take in the provider's statements. */
const PLUGIN = 'serverless-iam-roles-per-function';
const SWITCHES: ReadonlySet<unknown> = new Set(['iamRoleStatementsInherit', 'inheritStatements', 'defaultInherit']);

/**
 * Whether functions of a service that nobody sees here, because they are put in from elsewhere or partly merged, may take in the
 * statements of the provider, or whether nobody sees if functions do at all.
 */
export function mayInheritElsewhere(root: ValueNode, isPerFunction: boolean): boolean {
  const { unseen } = functionsOf(root);
  if (unseen.length > 0 && isPerFunction) return true;
  if (unseen.some(({ type }) => type === 'object' || type === 'null') && isSwitchedOn(root)) return true;
  return unseen.some(({ type }) => type === 'string') && mayHaveRolesPerFunction(root);
}

/** Whether a switch is on wherever it stands, as merge keys may bring it to a function, and whatever a tool puts in for it. */
function isSwitchedOn(node: ValueNode): boolean {
  if (node.type === 'property') {
    const [key, value] = node.children ?? [];
    if (SWITCHES.has(key?.value) && value?.value !== false) return true;
  }
  return (node.children ?? []).some(isSwitchedOn);
}

/** Whether functions can have roles of their own: by the plugin, or in the framework from its fourth version on. */
function mayHaveRolesPerFunction(root: ValueNode): boolean {
  const plugins = propertyNode(root, 'plugins');
  if (plugins && [...textsIn(plugins)].some((text) => text === PLUGIN || text.startsWith('${'))) return true;
  return /^\D*4/.test(stringProperty(root, 'frameworkVersion') ?? '');
}

/** Whether functions take in the provider's statements where they say nothing: also where nobody sees what the plugin's settings say. */
export function inheritsByDefault(root: ValueNode, isPerFunction: boolean): boolean {
  const custom = propertyNode(root, 'custom');
  const settings = custom?.type === 'object' ? propertyNode(custom, PLUGIN) : custom;
  if (settings?.type !== 'object') return settings ? settings.type === 'string' || isPerFunction : isPerFunction;
  const said = propertyNode(settings, 'defaultInherit');
  return said ? said.value !== false : isPerFunction;
}

function* textsIn(node: ValueNode): Iterable<string> {
  if (node.type === 'string') yield String(node.value);
  for (const child of node.children ?? []) yield* textsIn(child);
}
