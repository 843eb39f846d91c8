import type { PolicySyntax } from '../model.ts';
import { readYaml } from './read.ts';
import { writeYaml } from './write.ts';

/** YAML: CloudFormation and SAM templates, Serverless Framework files, plain policies. */
export const yaml: PolicySyntax = { read: readYaml, write: writeYaml };
