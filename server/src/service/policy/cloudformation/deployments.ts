import { quote } from '../../text.ts';
import { HOLE, literalOf } from '../../whose/computedText.ts';
import { isEnvironment } from '../../whose/environments.ts';
import type { DeploymentFact } from '../../whose/facts.ts';
import { propertyNode, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { descend } from './serverlessRoles.ts';

/** What a file says of how often it is deployed. */
export function deploymentsOf(tree: FileTree): DeploymentFact[] {
  return [...tree.templates.flatMap(severalIn), ...serviceIn(tree)];
}

/** Parameters whose values are environments: the template is deployed to each of these. */
function severalIn(template: ValueNode): DeploymentFact[] {
  const parameters = propertyNode(template, 'Parameters');
  return (parameters?.children ?? []).flatMap(({ children }) => {
    const [key, parameter] = children ?? [];
    const allowed = parameter?.type === 'object' ? propertyNode(parameter, 'AllowedValues') : undefined;
    const values = (allowed?.children ?? []).flatMap(({ value }) => (typeof value === 'string' ? value : []));
    const environments = values.filter(isEnvironment);
    if (environments.length < 2) return [];
    const why = `its parameter ${quote(String(key?.value))} may be ${environments.slice(0, 3).map(quote).join(' or ')}`;
    return [{ of: { scope: true as const }, isSeveral: true as const, why }];
  });
}

/** The Serverless Framework names the stack after service and stage. */
function serviceIn({ services: [service], variables, said }: FileTree): DeploymentFact[] {
  if (!service || !variables) return [];
  const given = descend(service, 'provider', 'stackName');
  const name = literalOf(variables.service);
  const stack = given ? said.common(given) : name === undefined ? undefined : [name, '-', HOLE];
  if (!stack || stack.every((part) => typeof part !== 'string')) return [];
  const shown = stack.map((part) => (typeof part === 'string' ? part : '*')).join('');
  return [{ of: { scope: true }, stack, why: `its service is deployed as the stack ${quote(shown)}` }];
}
