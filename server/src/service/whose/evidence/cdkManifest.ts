import type { DeploymentFact } from '../facts.ts';
import { accountIn } from './accounts.ts';
import type { SomeFacts } from './collector.ts';
import { parseJson, tableOf, textAt } from './data.ts';
import { shownName } from './names.ts';

/** What the CDK has synthesized: which stacks its templates become. */
export function readCdkManifest(path: string, text: string): SomeFacts {
  const artifacts = tableOf(tableOf(parseJson(text)).artifacts);
  const deployments = Object.entries(artifacts).flatMap(([id, value]): DeploymentFact[] => {
    const artifact = tableOf(value);
    const properties = tableOf(artifact.properties);
    const template = textAt(properties, 'templateFile');
    if (artifact.type !== 'aws:cloudformation:stack' || template === undefined) return [];
    const stack = textAt(properties, 'stackName') ?? id;
    const environment = textAt(artifact, 'environment');
    const account = accountIn(environment);
    const where = account === undefined ? '' : ` in the account ${account}`;
    return [
      {
        of: template,
        kind: 'file',
        stack: [stack],
        ...(account !== undefined && { account }),
        why: `'${shownName(path)}' deploys it as '${stack}'${where}`,
      },
    ];
  });
  return { deployments };
}
