import type { PolicySyntax } from '../model.ts';
import { readJson } from './read.ts';
import { writeJson } from './write.ts';

/** JSON and JSONC: plain policies, CloudFormation templates in JSON, answers of AWS commands. */
export const json: PolicySyntax = { read: readJson, write: writeJson };
