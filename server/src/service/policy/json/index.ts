import type { PolicySyntax } from '../model.ts';
import { outlineJson } from './outline.ts';
import { readJson } from './read.ts';
import { writeJson } from './write.ts';

/** JSON and JSONC: plain policies, CloudFormation templates in JSON, answers of AWS commands. */
export const json: PolicySyntax = {
  read: readJson,
  write: writeJson,
  outline: outlineJson,
  excerpt: (_, { start, end }) => ({ start, end, before: '' }),
};
