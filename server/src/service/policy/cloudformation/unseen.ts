import { hasProperty, keyOf, stringProperty, type ValueNode } from '../values/nodes.ts';

/** CloudFormation's functions, which work on what stands in the template. `Fn::Transform` is none of these. */
const FUNCTIONS =
  /^Fn::(?:And|Base64|Cidr|Condition|Contains|EachMemberEquals|EachMemberIn|Equals|FindInMap|ForEach::.*|GetAZs|GetAtt|If|ImportValue|Join|Length|Not|Or|RefAll|Select|Split|Sub|ToJsonString|ValueOf|ValueOfAll)$/;

/** Transforms of whole templates that add nothing which could refer to a policy. */
const TRANSFORMS = /^AWS::(?:CodeDeployBlueGreen|LanguageExtensions|SecretsManager|Serverless|ServiceCatalog)\b/;

/** Under these keys, what a tool puts in may hold who takes a policy. */
const HOLDERS =
  /^(?:iam|iam\.role|iamManagedPolicies|managedPolicies|ManagedPolicyArns|Outputs|Properties|provider|resources|Resources)$/;

/** Under these keys, nothing can attach a policy, whatever is put in. */
const HARMLESS = /^(?:AssumeRolePolicyDocument|Body|Definition|DefinitionBody|PolicyDocument|Statement|UserData)$/;

/**
 * Whether a node, by itself, stands for something that is elsewhere, and that may attach the policies of its file: an include, a
 * macro, a file that a tool puts in.
 */
export function isUnseen(node: ValueNode): boolean {
  return (isHole(node) || isFunction(node) || isTransform(node)) && !keysAbove(node).some((key) => HARMLESS.test(key));
}

/** What to call such a node: a macro by its name, else the text or function itself. */
export function unseenName(node: ValueNode): string {
  const [key, value] = node.type === 'property' ? (node.children ?? []) : [undefined, node];
  return (value && stringProperty(value, 'Name')) ?? String(key?.value ?? node.value ?? 'Transform');
}

/** `${file(roles.yml)}` and the like as a whole. */
function isHole(node: ValueNode): boolean {
  if (node.type !== 'string' || !/^(?:\$\{|\{\{|\{%|<%)/.test(String(node.value))) return false;
  const item = node.parent?.type === 'array' ? node.parent : node;
  const [key, holder] = [item, item.parent?.parent].map((at) => at && keyOf(at));
  return HOLDERS.test(key ?? '') || HOLDERS.test(`${holder}.${key}`) || holder === 'Resources' || holder === 'Outputs';
}

function isFunction(node: ValueNode): boolean {
  const key = node.type === 'property' ? String(node.children?.[0]?.value) : '';
  return key.startsWith('Fn::') && !FUNCTIONS.test(key);
}

/** Whether a node is one of the transforms of its template. */
function isTransform(node: ValueNode): boolean {
  const item = node.parent?.type === 'array' ? node.parent : node;
  if (node.type === 'array' || keyOf(item) !== 'Transform') return false;
  const template = item.parent?.parent;
  return template !== undefined && hasProperty(template, 'Resources') && !TRANSFORMS.test(String(node.value));
}

function keysAbove(node: ValueNode): string[] {
  const keys: string[] = [];
  for (let at = node.parent; at; at = at.parent) if (at.type === 'property') keys.push(String(at.children?.[0]?.value));
  return keys;
}
