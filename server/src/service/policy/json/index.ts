import type { PolicySyntax } from '../model.ts';
import { readJson, readJsonFacts } from './read.ts';
import { writeJson } from './write.ts';

/** JSON and JSONC: plain policies, CloudFormation templates in JSON, answers of AWS commands. */
export const json: PolicySyntax = { read: readJson, facts: readJsonFacts, write: writeJson };
