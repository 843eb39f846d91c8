import type { PolicySyntax } from '../model.ts';
import { readYaml, readYamlFacts } from './read.ts';
import { writeYaml } from './write.ts';

export { parseYamlValues } from './values.ts';

/** YAML: CloudFormation and SAM templates, Serverless Framework files, plain policies. */
export const yaml: PolicySyntax = { read: readYaml, facts: readYamlFacts, write: writeYaml };
