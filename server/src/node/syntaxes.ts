import type { PolicySyntax } from '../service/policy/model.ts';
import { Syntaxes } from '../service/policy/syntaxes.ts';

/** The syntaxes of policy files. Those that are seldom needed stand in files of their own beside the bundle, and are loaded by need. */
export const syntaxes = new Syntaxes(new Map([['yaml', loadYaml]]));

async function loadYaml(): Promise<PolicySyntax> {
  return (await import('../service/policy/yaml/index.ts')).yaml;
}
