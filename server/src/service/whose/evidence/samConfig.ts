import type { ComputedText } from '../computedText.ts';
import type { DeploymentFact } from '../facts.ts';
import { accountIn } from './accounts.ts';
import type { SomeFacts } from './collector.ts';
import { listOf, parseToml, parseYaml, type Table, tableOf, textAt, textOf } from './data.ts';
import { shownName } from './names.ts';
import { readParameters } from './parameters.ts';
import { DEFAULT_TEMPLATES, templateBehind } from './templates.ts';

/** Commands of SAM that name a stack, the most telling first. */
const COMMANDS = ['deploy', 'sync', 'global', 'package', 'build', 'list', 'logs', 'delete'];

/** The configuration of SAM's command line: which stacks it deploys its template as. */
export function readSamConfig(path: string, text: string): SomeFacts {
  const config = /\.toml$/i.test(path) ? parseToml(text) : parseYaml(text)[0];
  const deployments = Object.entries(tableOf(config)).flatMap(([environment, commands]) =>
    ofEnvironment(environment, tableOf(commands), shownName(path)),
  );
  return { deployments };
}

function ofEnvironment(environment: string, commands: Table, file: string): DeploymentFact[] {
  const all = COMMANDS.map((command) => tableOf(tableOf(commands[command]).parameters));
  const said = (...keys: string[]) => all.map((table) => textAt(table, ...keys)).find((value) => value !== undefined);
  const stack = said('stack_name');
  const isDefault = environment === 'default';
  // Without a name for its stack, the default environment tells of no more than there is.
  if (all.every((table) => Object.keys(table).length === 0) || (stack === undefined && isDefault)) return [];
  const template = said('template', 'template_file');
  const account = accountIn(said('role_arn'));
  const region = said('region');
  const given = all.flatMap((table) => overridesOf(table.parameter_overrides));
  const deployedAs = stack === undefined ? `for '${environment}'` : `as '${stack}'`;
  const fact = {
    ...(stack === undefined ? { environment } : { stack: [stack] }),
    ...(account !== undefined && { account }),
    ...(given.length > 0 && { arguments: given }),
    why: `'${file}' deploys it ${deployedAs}${region === undefined ? '' : ` in ${region}`}`,
  };
  return templateBehind(template, DEFAULT_TEMPLATES).map((of) => ({ of, kind: 'file' as const, ...fact }));
}

/** Parameters as a text, a list of texts, or a table. */
function overridesOf(value: unknown): { readonly name: string; readonly text: ComputedText }[] {
  if (typeof value === 'string') return readParameters([value]);
  if (Array.isArray(value)) return readParameters(listOf(value).flatMap((item) => textOf(item) ?? []));
  return Object.entries(tableOf(value)).flatMap(([name, given]) => {
    const text = textOf(given);
    return text === undefined ? [] : [{ name, text: [text] }];
  });
}
