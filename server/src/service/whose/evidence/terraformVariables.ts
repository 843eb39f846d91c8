import { environmentIn } from '../environments.ts';
import type { DeploymentFact } from '../facts.ts';
import type { SomeFacts } from './collector.ts';
import { parseJson, tableOf, textOf } from './data.ts';
import { readHclLiterals } from './hclLiterals.ts';
import { baseName, environmentOfFile, shownName } from './names.ts';

/** The longest file of variables that is read, in UTF-16 units. */
const MAX_LENGTH = 1_000_000;

/** Values that Terraform takes by itself: they hold for the module whose folder they lie in. */
const TAKEN_BY_ITSELF = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/i;

/** The values of Terraform's variables, and of backends, that tell a deployment: `prod.tfvars`, `prod.tfbackend`. */
export function readTerraformVariables(path: string, text: string): SomeFacts {
  if (text.length > MAX_LENGTH) return { unread: 'it is too long' };
  const name = baseName(path);
  const isBackend = !/\.tfvars(?:\.json)?$/i.test(name);
  const literals = isBackend ? [] : readLiterals(name, text);
  const isTakenByItself = TAKEN_BY_ITSELF.test(name);
  const environment = environmentOfFile(path);
  const isDeployment = environment !== undefined && (!isTakenByItself || environmentIn(environment) !== undefined);
  return {
    ...(isTakenByItself && {
      scope: 'folder' as const,
      values: literals.map(([variable, value]) => ({ ref: `var.${variable}`, text: [value] })),
    }),
    deployments: isDeployment ? [deploymentOf(path, environment, literals)] : [],
  };
}

function readLiterals(name: string, text: string): readonly (readonly [string, string])[] {
  if (!/\.json$/i.test(name)) return readHclLiterals(text);
  return Object.entries(tableOf(parseJson(text))).flatMap(([variable, value]) => {
    const literal = typeof value === 'boolean' ? String(value) : textOf(value);
    // In JSON, too, what stands between brackets is put in.
    return literal === undefined || /[$%]\{/.test(literal) ? [] : [[variable, literal] as const];
  });
}

function deploymentOf(
  path: string,
  environment: string,
  literals: readonly (readonly [string, string])[],
): DeploymentFact {
  const [, account] =
    literals.find(([name, value]) => /^(?:aws_)?account(?:_?id)?$/i.test(name) && /^\d{12}$/.test(value)) ?? [];
  return {
    // Where the module lies, whose variables these are, only the files around tell.
    of: '',
    kind: 'folder',
    isFromAbove: true,
    environment,
    ...(account !== undefined && { account }),
    ...(literals.length > 0 && { arguments: literals.map(([name, value]) => ({ name, text: [value] })) }),
    why: `'${shownName(path)}' deploys it`,
  };
}
